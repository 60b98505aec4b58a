import { useQuery } from "@tanstack/react-query";
import type { StatusReport } from "#core/reports/status.ts";
import { useAct } from "../../data/acts.ts";
import { session } from "../../data/queries.ts";
import { ordersFor } from "../../model/orders.ts";
import { Button } from "../../parts/button.tsx";
import { ActTrouble } from "./act-trouble.tsx";
import { WithReason } from "./with-reason.tsx";

/** What can be ordered of the release as a whole, where it stands now. */
export function Orders({ report }: { report: StatusReport }) {
  const { data: who } = useQuery(session);
  const doing = useAct(report.release);
  if (who?.may !== "act") return null;
  const can = ordersFor(report);
  const busy = doing.isPending;
  return (
    <>
      {can.retry && (
        <Button disabled={busy} onClick={() => doing.mutate({ name: "retry", body: {} })}>
          Go on
        </Button>
      )}
      {can.settle && (
        <>
          <WithReason
            button="It was done …"
            title="Was the step in doubt done?"
            text="Say how you know. The release goes on after it."
            confirm="It was done"
            busy={busy}
            done={(reason) => doing.mutate({ name: "settle", body: { done: true, reason } })}
          />
          <WithReason
            button="It was not done …"
            title="Was the step in doubt not done?"
            text="Say how you know. The step is tried again."
            confirm="It was not done"
            busy={busy}
            done={(reason) => doing.mutate({ name: "settle", body: { done: false, reason } })}
          />
        </>
      )}
      {can.rollback && (
        <WithReason
          button="Roll back …"
          title={`Roll back ${report.system} ${report.version}?`}
          text={can.rollback}
          confirm="Roll back"
          typed={report.version}
          severe
          busy={busy}
          done={(reason) => doing.mutate({ name: "rollback", body: { reason } })}
        />
      )}
      {can.abort && (
        <WithReason
          button="Abort …"
          title={`Abort ${report.system} ${report.version}?`}
          text="It has had no effect yet, so nothing needs to be undone. It cannot be taken up again."
          confirm="Abort"
          severe
          busy={busy}
          done={(reason) => doing.mutate({ name: "abort", body: { reason } })}
        />
      )}
      {doing.error && (
        <div className="w-full">
          <ActTrouble error={doing.error} />
        </div>
      )}
    </>
  );
}
