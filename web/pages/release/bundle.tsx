import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Instant } from "#core/base/time.ts";
import type { ApprovalReport } from "#core/reports/approvals.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { releaseLog } from "../../data/queries.ts";
import { approvals, standing } from "../../model/approvals.ts";
import { Badge } from "../../parts/badge.tsx";
import { Away } from "../../parts/moment.tsx";
import { Panel } from "../../parts/panel.tsx";

/** What approvals bind to: a digest of each part; and what has changed since each approval. */
export function Bundle({ report, now }: { report: StatusReport; now: Instant }) {
  const { bundle, release } = report;
  const { data } = useQuery(releaseLog(release));
  const given = useMemo(() => approvals(data ?? []), [data]);
  return (
    <Panel id="bundle" title="Bundle">
      <p className="text-sm text-soft">
        Approvals are for exactly this; when a part changes, those that rest on it are void.
      </p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
        {Object.entries(bundle).map(([part, digest]) => (
          <div key={part} className="contents">
            <dt className="text-soft">{part}</dt>
            <dd>
              <Digest digest={digest} />
            </dd>
          </div>
        ))}
      </dl>
      {given.length > 0 && (
        <div className="grid gap-2 border-t border-line pt-3">
          <h3 className="text-sm font-semibold">Approvals, and what has changed since</h3>
          <ul className="grid gap-3 text-sm">
            {given.map((one) => (
              <Approval key={`${one.gate} ${one.by} ${one.at}`} approval={one} now={now} />
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
}

function Approval({ approval, now }: { approval: ApprovalReport; now: Instant }) {
  const { gate, role, by, at, changed } = approval;
  const { look, text } = standing(approval);
  return (
    <li className="grid gap-1">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1">
          <span className="font-medium">{by}</span>, {gate} as {role}
        </span>
        <Badge look={look} />
      </div>
      <p className="text-soft">
        Given <Away at={at} now={now} />. {text}
      </p>
      {changed.length > 0 && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          {changed.map(({ part, was, is }) => (
            <div key={part} className="contents">
              <dt className="text-soft">{part}</dt>
              <dd className="flex flex-wrap gap-x-2">
                <Digest digest={was} /> <span className="text-soft">is now</span>{" "}
                <Digest digest={is} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

/** Its beginning tells digests apart; the whole of it is there on hovering. */
function Digest({ digest }: { digest: string }) {
  return (
    <code className="font-mono" title={digest}>
      {digest.slice(0, 16)}
    </code>
  );
}
