import type { Instant } from "#core/base/time.ts";
import type { PhaseReport, StatusReport, StepReport } from "#core/reports/status.ts";
import { phaseLook, stepLook } from "../../model/tone.ts";
import { counted } from "../../model/words.ts";
import { Badge, toneClass } from "../../parts/badge.tsx";
import { Moment } from "../../parts/moment.tsx";
import { Gate } from "./gate.tsx";

/** The phases as a line of hold points: each is a hold, then work. */
export function Track({ report, now }: { report: StatusReport; now: Instant }) {
  return (
    <section aria-labelledby="track">
      <h2 id="track" className="mb-3">
        Hold points
      </h2>
      <ol className="grid">
        {report.phases.map((phase) => (
          <Phase key={phase.name} phase={phase} report={report} now={now} />
        ))}
      </ol>
    </section>
  );
}

function Phase({ phase, report, now }: { phase: PhaseReport; report: StatusReport; now: Instant }) {
  const { name, environment, state, opensAt, gates, steps } = phase;
  const look = phaseLook(state);
  const here = state === "held" || state === "working" || state === "waiting";
  return (
    <li className="relative grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3 pb-5 before:absolute before:top-7 before:bottom-0 before:left-3.5 before:w-px before:bg-line last:before:hidden">
      <span
        aria-hidden="true"
        className={`z-1 grid size-7 place-items-center rounded-full border-2 border-current bg-paper text-sm font-bold ${toneClass(look.tone)}`}
      >
        {look.mark}
      </span>
      <details open={here} className="group min-w-0">
        <summary className="flex min-h-7 cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-semibold">{name}</span>
          {environment && <span className="text-sm text-soft">in {environment}</span>}
          <Badge look={look} />
          {state === "waiting" && opensAt !== null && (
            <span className="text-sm text-soft">
              opens <Moment at={opensAt} />
            </span>
          )}
          <span className="ml-auto text-sm text-soft">
            {counted(gates.length, "gate")}, {counted(steps.length, "step")}
            <span aria-hidden="true" className="ml-2 inline-block group-open:rotate-90">
              ›
            </span>
          </span>
        </summary>
        <div className="mt-3 grid gap-3">
          {gates.map((gate) => (
            <Gate key={gate.name} gate={gate} report={report} open={state === "held"} now={now} />
          ))}
          {steps.length > 0 && <Steps steps={steps} />}
        </div>
      </details>
    </li>
  );
}

function Steps({ steps }: { steps: readonly StepReport[] }) {
  return (
    <ol className="grid gap-1 rounded-lg border border-line bg-card p-3 text-sm">
      {steps.map(({ id, state, note }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3">
          <span className="font-mono">{id.slice(id.indexOf("/") + 1)}</span>
          <Badge look={stepLook(state)} className="ml-auto" />
          {note && <span className="w-full text-soft">{note}</span>}
        </li>
      ))}
    </ol>
  );
}
