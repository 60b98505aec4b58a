import type { Instant } from "#core/base/time.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { rollbackClock } from "../../model/rollout.ts";
import { toneClass } from "../../parts/badge.tsx";

/** The derived way back: its bound against the promise, or the clock while it runs. */
export function WayBack({ report, now }: { report: StatusReport; now: Instant }) {
  const clock = rollbackClock(report, now);
  if (clock === null) return null;
  const { steps, reason } = report.rollback;
  return (
    <section
      aria-labelledby="way-back"
      className="grid gap-2 rounded-lg border border-line bg-card p-4"
    >
      <h2 id="way-back">Way back</h2>
      <p className={`font-semibold ${toneClass(clock.tone)}`}>{clock.text}</p>
      <progress
        value={clock.used}
        max={1}
        aria-label="Share of the promised time"
        className="h-2 w-full"
      />
      {reason && <p className="text-sm">{reason}</p>}
      {steps.length > 0 && <p className="text-sm text-soft">{steps.join(" → ")}</p>}
    </section>
  );
}
