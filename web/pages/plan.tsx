import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { formatDuration } from "#core/base/time.ts";
import type { PlanReport } from "#core/reports/plan.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { act } from "../data/ask.ts";
import { session } from "../data/queries.ts";
import { wishOf } from "../model/wish.ts";
import { Button } from "../parts/button.tsx";
import { Moment } from "../parts/moment.tsx";
import { Nothing, Trouble } from "../parts/trouble.tsx";

/** What a release would be now: version and why, notes, when, and the way back. Nothing is recorded before it is started. */
export function Plan() {
  const { data: who } = useQuery(session);
  const [wish, setWish] = useState<object>({});
  const looking = useMutation({
    mutationFn: async (wanted: object) => (await act<PlanReport>("/api/plan", wanted)).value,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = wishOf(new FormData(event.currentTarget));
    setWish(wanted);
    looking.mutate(wanted);
  };
  const field = "min-h-10 w-full rounded-md border border-soft/60 bg-card px-3 font-normal";
  if (who?.may !== "act") {
    return (
      <section className="grid grid-cols-1 gap-6">
        <title>Plan · Holdpoint</title>
        <h1>Plan</h1>
        <Nothing title="Planning costs the server work, so it takes a token that may act." />
      </section>
    );
  }
  return (
    <section className="grid grid-cols-1 gap-6">
      <title>Plan · Holdpoint</title>
      <h1>Plan</h1>
      <form onSubmit={submit} className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_1fr_auto]">
        <label className="grid gap-1 text-sm font-semibold">
          Release type
          <input name="type" placeholder="what the commits ask for" className={field} />
        </label>
        <label className="grid gap-1 text-sm font-semibold">
          Branch, tag or commit
          <input name="ref" placeholder="HEAD" className={field} />
        </label>
        <label className="grid gap-1 text-sm font-semibold">
          Incident
          <input name="incident" placeholder="where one is needed" className={field} />
        </label>
        <Button type="submit" kind="main" disabled={looking.isPending}>
          {looking.isPending ? "Looking …" : "Look"}
        </Button>
      </form>
      {looking.error && <Trouble error={looking.error} />}
      {looking.data && <Planned plan={looking.data} wish={wish} />}
    </section>
  );
}

function Planned({ plan, wish }: { plan: PlanReport; wish: object }) {
  const { system, version, type, previous, bump, reasons, warnings, earliest, rollback } = plan;
  return (
    <article className="grid grid-cols-1 gap-6" aria-live="polite">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-xl">
          {system} {version}
        </h2>
        <span className="text-soft">
          {type}, a {bump} bump after {previous ?? "nothing"}
        </span>
        <Start wish={wish} />
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Box title="Why this version" lines={reasons} />
        {warnings.length > 0 && <Box title="Careful" lines={warnings} />}
        <section className="rounded-lg border border-line bg-card p-4">
          <h3 className="font-semibold">Earliest legal slot</h3>
          <p>{earliest === null ? "None within a year." : <Moment at={earliest} />}</p>
          <h3 className="mt-3 font-semibold">Way back</h3>
          <p className={rollback.bound > rollback.target ? "text-bad" : ""}>
            at most {formatDuration(rollback.bound)}, promised {formatDuration(rollback.target)}
          </p>
          {rollback.noReturn && <p>Point of no return: {rollback.noReturn}</p>}
        </section>
        <section className="min-w-0 rounded-lg border border-line bg-card p-4">
          <h3 className="font-semibold">Notes</h3>
          <pre className="mt-2 font-sans text-sm whitespace-pre-wrap">{plan.notes}</pre>
        </section>
      </div>
      <Timeline plan={plan} />
    </article>
  );
}

function Start({ wish }: { wish: object }) {
  const navigate = useNavigate();
  const starting = useMutation({
    mutationFn: async () => (await act<StatusReport>("/api/releases", wish)).value,
    onSuccess: ({ release }) => void navigate({ to: "/releases/$release", params: { release } }),
  });
  return (
    <>
      <Button kind="main" disabled={starting.isPending} onClick={() => starting.mutate()}>
        {starting.isPending ? "Starting …" : "Start this release"}
      </Button>
      {starting.error && <Trouble error={starting.error} />}
    </>
  );
}

function Box({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <section className="min-w-0 rounded-lg border border-line bg-card p-4">
      <h3 className="font-semibold">{title}</h3>
      <ul className="mt-2 grid gap-1 text-sm">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function Timeline({ plan: { phases, rollback } }: { plan: PlanReport }) {
  return (
    <section aria-labelledby="phases" className="grid grid-cols-1 gap-2">
      <h3 id="phases" className="font-semibold">
        Phases
      </h3>
      <ol className="grid gap-2">
        {phases.map(({ name, environment, opensAt, gates, steps, bound }) => (
          <li key={name} className="rounded-lg border border-line bg-card p-3 text-sm">
            <p>
              <strong>{name}</strong>
              {environment && <span className="text-soft"> in {environment}</span>}
              {opensAt !== null && (
                <span className="text-soft">
                  {" "}
                  opens <Moment at={opensAt} />
                </span>
              )}
            </p>
            {gates.length > 0 && (
              <p>
                held by{" "}
                {gates
                  .map((gate) => `${gate.name}${gate.owner ? ` (${gate.owner})` : ""}`)
                  .join(", ")}
              </p>
            )}
            {steps.length > 0 && (
              <p>
                {steps.join(" → ")}, at most {formatDuration(bound)}
              </p>
            )}
            {rollback.noReturn?.startsWith(`${name}/`) && (
              <p className="font-semibold text-bad">After this there is no way back.</p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
