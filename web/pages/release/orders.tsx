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
      {can.settle && <Settle busy={busy} say={(body) => doing.mutate({ name: "settle", body })} />}
      {can.unfreeze !== null && (
        <WithReason
          button={`Unfreeze ${can.unfreeze} …`}
          title={`Let releases into ${can.unfreeze} again?`}
          text="A rollback took longer than the most that was allowed, so nobody may know what runs there. Say how you know that it is well."
          confirm="Unfreeze"
          busy={busy}
          done={(reason) => doing.mutate({ name: "unfreeze", body: { reason } })}
        />
      )}
      {can.revise && (
        <Button
          disabled={busy}
          title="From today's commit and policy. Only the answers that rest on what changed are void."
          onClick={() => doing.mutate({ name: "revise", body: {} })}
        >
          Plan again
        </Button>
      )}
      <TakeBack
        report={report}
        busy={busy}
        say={(name, reason) => doing.mutate({ name, body: { reason } })}
      />
      {doing.error && (
        <div className="w-full">
          <ActTrouble error={doing.error} />
        </div>
      )}
    </>
  );
}

/** The ways back: of the traffic, of the plan, of a version that is out. */
function TakeBack({
  report,
  busy,
  say,
}: {
  report: StatusReport;
  busy: boolean;
  say: (name: "rollback" | "abort" | "withdraw", reason: string) => void;
}) {
  const can = ordersFor(report);
  return (
    <>
      {can.rollback && (
        <WithReason
          button="Roll back …"
          title={`Roll back ${report.system} ${report.version}?`}
          text={can.rollback}
          confirm="Roll back"
          typed={report.version}
          severe
          busy={busy}
          done={(reason) => say("rollback", reason)}
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
          done={(reason) => say("abort", reason)}
        />
      )}
      {can.withdraw && (
        <WithReason
          button="Withdraw …"
          title={`Withdraw ${report.system} ${report.version}?`}
          text="Changelog, notes and forge will say that it is withdrawn, and its number is never used again. What runs is not touched: release a new version for that."
          confirm="Withdraw"
          typed={report.version}
          severe
          busy={busy}
          done={(reason) => say("withdraw", reason)}
        />
      )}
    </>
  );
}

/** A person's word on whether a step in doubt was done. */
function Settle({ busy, say }: { busy: boolean; say: (body: object) => void }) {
  return (
    <>
      <WithReason
        button="It was done …"
        title="Was the step in doubt done?"
        text="Say how you know. The release goes on after it."
        confirm="It was done"
        busy={busy}
        done={(reason) => say({ done: true, reason })}
      />
      <WithReason
        button="It was not done …"
        title="Was the step in doubt not done?"
        text="Say how you know. The step is tried again."
        confirm="It was not done"
        busy={busy}
        done={(reason) => say({ done: false, reason })}
      />
    </>
  );
}
