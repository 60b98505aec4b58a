import { useQuery } from "@tanstack/react-query";
import type { Instant } from "#core/base/time.ts";
import type { AskReport, GateReport } from "#core/reports/gate-report.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { type Act, useAct } from "../../data/acts.ts";
import { session } from "../../data/queries.ts";
import { gateLook } from "../../model/tone.ts";
import { Badge } from "../../parts/badge.tsx";
import { Button } from "../../parts/button.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { Away } from "../../parts/moment.tsx";
import { SaidLink } from "../../parts/said-link.tsx";
import { ActTrouble } from "./act-trouble.tsx";
import { WithReason } from "./with-reason.tsx";

/** One gate: what it says, what that rests on, how old it is, who answers for it, and what can be done. */
export function Gate({
  gate,
  report,
  open,
  now,
}: {
  gate: GateReport;
  report: StatusReport;
  /** Whether the release stands at it now: only then can it be lifted. */
  open: boolean;
  now: Instant;
}) {
  const { name, kind, owner, reason, verdict, until, answeredAt, asks } = gate;
  const doing = useAct(report.release);
  const { data: who } = useQuery(session);
  const mayAct = open && who?.may === "act" && verdict !== "pass" && verdict !== "waived";
  const say = (act: Act, body: object) =>
    doing.mutate({ name: act, body: { gate: name, ...body } });
  return (
    <section
      id={`gate-${name}`}
      aria-label={`Gate ${name}`}
      className="grid scroll-mt-4 gap-2 rounded-lg border border-line bg-card p-3"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-semibold">{name}</h3>
        <span className="text-sm text-soft">
          {kind}
          {owner && `, ${owner}`}
        </span>
        <Badge look={gateLook(gate)} className="ml-auto" />
      </div>
      <p className="text-sm">{reason}</p>
      <Facts gate={gate} />
      {answeredAt !== null && (
        <p className="text-sm text-soft">
          Answered <Away at={answeredAt} now={now} />
        </p>
      )}
      {until !== null && open && (
        <p className="text-sm text-soft">
          The clock may change this <Away at={until} now={now} seconds />
        </p>
      )}
      {asks.map((ask) => (
        <Ask
          key={ask.name}
          ask={ask}
          kind={kind}
          may={mayAct && !doing.isPending}
          say={say}
          now={now}
        />
      ))}
      {mayAct && (
        <div className="flex flex-wrap gap-2">
          {(verdict === "fail" || verdict === "error") && (
            <Button disabled={doing.isPending} onClick={() => say("retry", {})}>
              Ask again
            </Button>
          )}
          {kind === "evidence" && <AddRecord name={name} busy={doing.isPending} say={say} />}
          <WithReason
            button="Waive …"
            title={`Waive ${name}?`}
            text="The release may then pass without it. The journal keeps who waived it and why. It makes a debt: that the waiver is reviewed, in the time that the policy gives."
            confirm="Waive"
            busy={doing.isPending}
            done={(why) => say("waive", { reason: why })}
          />
        </div>
      )}
      {doing.error && <ActTrouble error={doing.error} />}
    </section>
  );
}

/** Somebody's word that something was done, and where it can be seen. */
function AddRecord({
  name,
  busy,
  say,
}: {
  name: string;
  busy: boolean;
  say: (act: Act, body: object) => void;
}) {
  return (
    <FormDialog
      button="Add a record …"
      kind="main"
      title={`Add a record for ${name}`}
      text="The journal keeps that you said it, when it was done, and where it can be seen."
      confirm="Add the record"
      busy={busy}
      fields={[
        { name: "link", label: "Where it can be seen", kind: "line", hint: "https://" },
        { name: "when", label: "When it was done, if not now", kind: "moment", optional: true },
      ]}
      done={({ link, when }) =>
        say("prove", { link, ...(when !== undefined && { when: Date.parse(when) }) })
      }
    />
  );
}

function Facts({ gate: { evidence } }: { gate: GateReport }) {
  const facts = Object.entries(evidence);
  if (facts.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="flex gap-1.5">
          <dt className="text-soft">{name}</dt>
          <dd className="font-mono">
            <SaidLink text={String(value)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Ask({
  ask: { name, text, wanted, given },
  kind,
  may,
  say,
  now,
}: {
  ask: AskReport;
  kind: string;
  may: boolean;
  say: (act: Act, body: object) => void;
  now: Instant;
}) {
  const met = given.length >= wanted;
  const isItem = kind === "checklist";
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line pt-2 text-sm">
      <span aria-hidden="true" className={met ? "text-good" : "text-wait"}>
        {met ? "✓" : "○"}
      </span>
      <span className="min-w-0 flex-1">
        {text === "" ? `${wanted} of ${name}` : text}
        {given.map(({ by, at, note }) => (
          <span key={`${by} ${at}`} className="block text-soft">
            {by} <Away at={at} now={now} />
            {note && `: “${note}”`}
          </span>
        ))}
        {given.length === 0 && <span className="sr-only"> (open)</span>}
      </span>
      {may && !met && (
        <Button
          kind="main"
          aria-label={isItem ? `Tick: ${text}` : `Approve as ${name}`}
          onClick={() => (isItem ? say("tick", { item: name }) : say("approve", { role: name }))}
        >
          {isItem ? "Tick" : "Approve"}
        </Button>
      )}
    </div>
  );
}
