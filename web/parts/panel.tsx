import type { ReactNode } from "react";

/** A card with a heading of its own. */
export function Panel({
  id,
  title,
  beside,
  tone = "border-line",
  children,
}: {
  id: string;
  title: string;
  /** At the right of the heading. */
  beside?: ReactNode;
  tone?: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-labelledby={id}
      className={`grid min-w-0 grid-cols-1 content-start gap-3 rounded-lg border bg-card p-4 ${tone}`}
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <h2 id={id}>{title}</h2>
        {beside}
      </div>
      {children}
    </section>
  );
}
