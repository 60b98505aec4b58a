import { useQuery } from "@tanstack/react-query";
import type { Instant } from "#core/base/time.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { useAct } from "../../data/acts.ts";
import { session } from "../../data/queries.ts";
import { type Owed as Debt, owed } from "../../model/debts.ts";
import { Badge } from "../../parts/badge.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { Panel } from "../../parts/panel.tsx";
import { SaidLink } from "../../parts/said-link.tsx";
import { ActTrouble } from "./act-trouble.tsx";

/** What the release owes, by when and who settles it; also after it has ended. */
export function Owed({ report: { release, debts }, now }: { report: StatusReport; now: Instant }) {
  const { data: who } = useQuery(session);
  const doing = useAct(release);
  if (debts.length === 0) return null;
  return (
    <Panel id="owed" title="Owed">
      <ul className="grid gap-3 text-sm">
        {owed(debts, now).map((debt) => (
          <li
            key={debt.debt}
            className="grid gap-1 border-t border-line pt-3 first:border-t-0 first:pt-0"
          >
            <One debt={debt} />
            {who?.may === "act" && debt.state !== "settled" && (
              <div>
                <FormDialog
                  button="Settle …"
                  kind="plain"
                  title={`Settle ${debt.debt}?`}
                  text={debt.what}
                  confirm="Settle"
                  busy={doing.isPending}
                  fields={[
                    { name: "link", label: "Where it can be seen", kind: "line", hint: "https://" },
                    { name: "note", label: "Note", kind: "text", optional: true },
                  ]}
                  done={(said) =>
                    doing.mutate({ name: "discharge", body: { debt: debt.debt, ...said } })
                  }
                />
              </div>
            )}
          </li>
        ))}
      </ul>
      {doing.error && <ActTrouble error={doing.error} />}
    </Panel>
  );
}

function One({ debt: { what, roles, look, countdown, due, link } }: { debt: Debt }) {
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 font-medium">{what}</span>
        <Badge look={look} />
      </div>
      <p className="text-soft">
        {countdown && (
          <time dateTime={new Date(due).toISOString()} className="text-ink">
            {countdown}
          </time>
        )}
        {countdown && ", "}
        {link === null ? `settled by ${roles.join(" or ")}` : <SaidLink text={link} />}
      </p>
    </>
  );
}
