import { useQuery } from "@tanstack/react-query";
import type { Rehearsal } from "#app/rehearse.ts";
import { formatDuration, type Instant } from "#core/base/time.ts";
import type { PlanReport } from "#core/reports/plan.ts";
import { act } from "../../data/ask.ts";
import { tMinus } from "../../model/moment.ts";
import { type PlannedPhase, phasesOf } from "../../model/story.ts";
import { Moment } from "../../parts/moment.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Trouble } from "../../parts/trouble.tsx";

/** How it would go: the phases with what holds them, for how long, the work, and the point of no return. */
export function Timeline({ plan, wish }: { plan: PlanReport; wish: object }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["rehearsal", plan.release, plan.commit, plan.at],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await act<Rehearsal>("/api/rehearsal", wish)).value,
  });
  const beside = isPending ? "being rehearsed …" : data ? "rehearsed on a virtual clock" : "";
  return (
    <Panel
      id="timeline"
      title="How it would go"
      beside={
        <span role="status" className="text-sm text-soft">
          {beside}
        </span>
      }
    >
      {error && <Trouble error={error} again={() => void refetch()} />}
      <ol className="grid">
        {phasesOf(plan, data ?? null).map((phase) => (
          <Phase key={phase.name} phase={phase} zero={data?.at ?? plan.at} />
        ))}
        {data && <End lived={data} />}
      </ol>
      {data && data.moments.length > 0 && (
        <ul className="grid gap-1 border-t border-line pt-3 text-sm">
          {data.moments.map(({ at, what }) => (
            <li key={`${at} ${what}`}>
              <span className="font-mono text-soft">{tMinus(data.at, at)}</span> {what}
            </li>
          ))}
        </ul>
      )}
      {data?.whole === false && (
        <p className="text-sm text-soft">More happens in it than is looked at here.</p>
      )}
    </Panel>
  );
}

const DOT =
  "relative grid gap-1 border-l-2 border-line pb-5 pl-5 before:absolute before:top-1.5 before:-left-[7px] before:size-3 before:rounded-full before:border-2 before:border-brand before:bg-card last:border-transparent last:pb-0";

function Phase({ phase, zero }: { phase: PlannedPhase; zero: Instant }) {
  const { name, environment, openedAt, passedAt, gates, steps, bound } = phase;
  const holding = gates.filter(
    ({ held, forGood, lift }) => held !== null || forGood || lift.length,
  );
  const quiet = gates.filter((gate) => !holding.includes(gate));
  return (
    <li className={DOT}>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <strong>{name}</strong>
        {environment && <span className="text-sm text-soft">in {environment}</span>}
        {openedAt !== null && (
          <span className="ml-auto font-mono text-sm">{tMinus(zero, openedAt)}</span>
        )}
      </p>
      {openedAt !== null && (
        <p className="text-sm text-soft">
          <Moment at={openedAt} />
          {passedAt !== null && `, passed after ${spent(passedAt - openedAt)}`}
        </p>
      )}
      {holding.map(({ name: gate, held, forGood, lift }) => (
        <p key={gate} className="text-sm">
          <span className="font-medium">{gate}</span>{" "}
          <span className={forGood ? "font-semibold text-bad" : "text-wait"}>
            {forGood ? "holds it for good" : held === null ? "holds" : `holds ${spent(held)}`}
          </span>
          {lift.length > 0 && <span className="text-soft">: {lift.join("; ")}</span>}
        </p>
      ))}
      {quiet.length > 0 && (
        <p className="text-sm text-soft">
          {holding.length > 0 ? "also held by " : "held by "}
          {quiet.map((gate) => `${gate.name}${gate.owner ? ` (${gate.owner})` : ""}`).join(", ")}
        </p>
      )}
      {steps.length > 0 && <Steps steps={steps} bound={bound} />}
    </li>
  );
}

function Steps({ steps, bound }: Pick<PlannedPhase, "steps" | "bound">) {
  return (
    <div className="grid gap-1 text-sm">
      <ul className="flex flex-wrap gap-x-1.5 gap-y-1">
        {steps.map(({ kind, took, noReturn }, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a phase may do the same twice
            key={at}
            className={`rounded-md border px-2 py-0.5 ${noReturn === null ? "border-line bg-sunk" : "border-bad text-bad"}`}
          >
            {noReturn !== null && <span aria-hidden="true">⊘ </span>}
            {kind}
            {took !== null && <span className="text-soft"> {spent(took)}</span>}
          </li>
        ))}
        <li className="py-0.5 text-soft">at most {formatDuration(bound)}</li>
      </ul>
      {steps.map(
        ({ kind, noReturn }) =>
          noReturn !== null && (
            <p
              key={kind}
              className="border-t-2 border-dashed border-bad pt-1 font-semibold text-bad"
            >
              No way back from {kind} on: {noReturn}
            </p>
          ),
      )}
    </div>
  );
}

function End({ lived: { end, at } }: { lived: Rehearsal }) {
  return (
    <li className={DOT}>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <strong className={end?.how === "stable" ? "text-good" : "text-bad"}>
          {end === null ? "It would stand still" : end.how}
        </strong>
        {end !== null && <span className="ml-auto font-mono text-sm">{tMinus(at, end.at)}</span>}
      </p>
      {end !== null && (
        <p className="text-sm text-soft">
          <Moment at={end.at} />
        </p>
      )}
    </li>
  );
}

function spent(millis: number): string {
  return millis < 1000 ? "no time" : formatDuration(Math.round(millis / 1000) * 1000);
}
