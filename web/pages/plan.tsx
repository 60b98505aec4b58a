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
import { Markdown } from "../parts/markdown.tsx";
import { Moment } from "../parts/moment.tsx";
import { Panel } from "../parts/panel.tsx";
import { Row, Table } from "../parts/table.tsx";
import { Nothing, Trouble } from "../parts/trouble.tsx";
import { Wide } from "../parts/wide.tsx";
import { Timeline } from "./plan/timeline.tsx";

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
      {looking.error && (
        <Trouble error={looking.error} again={() => looking.mutate(looking.variables ?? {})} />
      )}
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
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Timeline plan={plan} wish={wish} />
        <div className="grid min-w-0 grid-cols-1 gap-6">
          <Lines id="why" title="Why this version" lines={reasons} />
          {warnings.length > 0 && <Lines id="careful" title="Careful" lines={warnings} />}
          <Panel id="slot" title="Earliest legal slot">
            <p>{earliest === null ? "None within a year." : <Moment at={earliest} />}</p>
          </Panel>
          <Panel id="way-back" title="Way back">
            <p className={rollback.bound > rollback.target ? "text-bad" : ""}>
              at most {formatDuration(rollback.bound)}, promised {formatDuration(rollback.target)}
            </p>
            {rollback.noReturn && (
              <p className="text-sm">Point of no return: {rollback.noReturn}</p>
            )}
          </Panel>
        </div>
      </div>
      {plan.components.length > 0 && <Components components={plan.components} />}
      {plan.notes.trim() !== "" && (
        <Panel id="notes" title="Notes">
          <Markdown text={plan.notes} />
        </Panel>
      )}
      {plan.files.length > 0 && <Files files={plan.files} />}
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

function Lines({ id, title, lines }: { id: string; title: string; lines: readonly string[] }) {
  return (
    <Panel id={id} title={title}>
      <ul className="grid gap-1 text-sm">
        {lines.map((line) => (
          <li key={line} className="break-words">
            {line}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The parts that have versions of their own. */
function Components({ components }: Pick<PlanReport, "components">) {
  return (
    <section aria-labelledby="components" className="grid grid-cols-1 gap-2">
      <h2 id="components">Components</h2>
      <Table label="Components" head={["Component", "Now", "Next", "Tag", "Bump", "Why"]}>
        {components.map(({ component, previous, version, tag, bump, reasons }) => (
          <Row key={component}>
            <td className="font-medium">{component}</td>
            <td className="font-mono">{previous ?? "never released"}</td>
            <td className="font-mono">{version}</td>
            <td className="font-mono">{tag}</td>
            <td>{bump}</td>
            <td>
              {reasons.length === 0 && <span className="text-soft">nothing has changed</span>}
              {reasons.map((reason) => (
                <span key={reason} className="block">
                  {reason}
                </span>
              ))}
            </td>
          </Row>
        ))}
      </Table>
    </section>
  );
}

/** What would be written into which files. */
function Files({ files }: Pick<PlanReport, "files">) {
  return (
    <section aria-labelledby="files" className="grid grid-cols-1 gap-2">
      <h2 id="files">What is written into files</h2>
      {files.map(({ path, lines }) => (
        <div key={path} className="grid grid-cols-1 gap-1">
          <h3 className="font-mono text-sm">{path}</h3>
          <Wide label={path}>
            <pre className="p-3 font-mono text-sm">{lines.join("\n")}</pre>
          </Wide>
        </div>
      ))}
    </section>
  );
}
