import { type ComponentProps, lazy, Suspense } from "react";

const Drawn = lazy(async () => ({ default: (await import("../../parts/chart.tsx")).Chart }));

/** A chart, whose program is loaded only where one is shown. */
export function Chart(props: ComponentProps<typeof Drawn>) {
  return (
    <Suspense fallback={<div className="h-42" />}>
      <Drawn {...props} />
    </Suspense>
  );
}
