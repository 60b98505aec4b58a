import { formatDuration, type Instant } from "#core/base/time.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { backMoments, rollbackClock } from "../../model/way-back.ts";
import { toneClass } from "../../parts/badge.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Figures } from "../../parts/table.tsx";

/** The derived way back: its bound against the promise, the clock while it runs, and what each moment of it took. */
export function WayBack({ report, now }: { report: StatusReport; now: Instant }) {
  const clock = rollbackClock(report, now);
  if (clock === null) return null;
  const { steps, reason, frozen } = report.rollback;
  const moments = backMoments(report);
  return (
    <Panel id="way-back" title="Way back">
      <p className={`${clock.tone === "quiet" ? "" : "font-semibold"} ${toneClass(clock.tone)}`}>
        {clock.text}
      </p>
      {clock.tone !== "quiet" && (
        <progress
          value={clock.used}
          max={1}
          aria-label="Share of the promised time"
          className="h-2 w-full"
        />
      )}
      {moments.length > 0 && (
        <Figures
          caption="Moments of the way back"
          head={["Moment", "After the decision", "Clock"]}
          rows={moments.map(({ name, meaning, took, word }) => ({
            key: name,
            name: (
              <>
                {name}
                <span className="block font-normal text-soft">{meaning}</span>
              </>
            ),
            cells: [
              took === null ? "" : formatDuration(took),
              <span key="word" className={word === "reached late" ? "text-bad" : ""}>
                {word}
              </span>,
            ],
          }))}
        />
      )}
      {reason && <p className="text-sm">{reason}</p>}
      {frozen !== null && (
        <p className="text-sm font-semibold text-bad">
          {frozen} is frozen: no release may enter it until a person lifts that.
        </p>
      )}
      {moments.length === 0 && steps.length > 0 && (
        <p className="text-sm text-soft">{steps.join(" → ")}</p>
      )}
    </Panel>
  );
}
