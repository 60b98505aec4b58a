import { useQuery } from "@tanstack/react-query";
import type { Instant } from "#core/base/time.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { useAct } from "../../data/acts.ts";
import { releaseLog, session } from "../../data/queries.ts";
import { alarmsOf } from "../../model/alarms.ts";
import { Badge } from "../../parts/badge.tsx";
import { Button } from "../../parts/button.tsx";
import { Away } from "../../parts/moment.tsx";
import { Panel } from "../../parts/panel.tsx";
import { ActTrouble } from "./act-trouble.tsx";

/** What people were alerted of and is not over. */
export function Alarms({ report, now }: { report: StatusReport; now: Instant }) {
  const { data } = useQuery(releaseLog(report.release));
  const alarms = alarmsOf(report, data ?? []);
  if (alarms.length === 0) return null;
  return (
    <Panel id="alerts" title="Alerts" tone="border-bad/50">
      <ul className="grid gap-2 text-sm">
        {alarms.map(({ cause, look, reason, since }) => (
          <li key={cause} className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <Badge look={look} />
            <strong>{cause}</strong>
            {since !== null && (
              <span className="ml-auto text-soft">
                <Away at={since} now={now} seconds />
              </span>
            )}
            {reason && <span className="w-full">{reason}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Items of the reports of the watch that wait for somebody. */
export function Unticked({ report: { release, unticked } }: { report: StatusReport }) {
  const { data: who } = useQuery(session);
  const doing = useAct(release);
  if (unticked.length === 0) return null;
  return (
    <Panel id="unticked" title="The watch waits for these">
      <ul className="grid gap-2 text-sm">
        {unticked.map(({ gate, item, text }) => (
          <li key={`${gate} ${item}`} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span aria-hidden="true" className="text-wait">
              ○
            </span>
            <span className="min-w-0 flex-1">
              {text}
              <span className="block text-soft">report {gate}</span>
            </span>
            {who?.may === "act" && (
              <Button
                kind="main"
                disabled={doing.isPending}
                aria-label={`Tick: ${text}`}
                onClick={() => doing.mutate({ name: "tick", body: { gate, item } })}
              >
                Tick
              </Button>
            )}
          </li>
        ))}
      </ul>
      {doing.error && <ActTrouble error={doing.error} />}
    </Panel>
  );
}
