import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { Instant } from "#core/base/time.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { releaseStatus } from "../data/queries.ts";
import { tMinus } from "../model/moment.ts";
import { statusLook } from "../model/tone.ts";
import { Asked } from "../parts/asked.tsx";
import { Badge } from "../parts/badge.tsx";
import { Moment, useNow } from "../parts/moment.tsx";
import { Alarms, Unticked } from "./release/alarms.tsx";
import { Bundle } from "./release/bundle.tsx";
import { Orders } from "./release/orders.tsx";
import { Owed } from "./release/owed.tsx";
import { Rollout } from "./release/rollout.tsx";
import { Timeline } from "./release/timeline.tsx";
import { Track } from "./release/track.tsx";
import { WayBack } from "./release/way-back.tsx";

export function Release() {
  const { release } = useParams({ from: "/releases/$release" });
  const query = useQuery(releaseStatus(release));
  return (
    <Asked query={query} what="The release" rows={6}>
      {({ value }) => <Known report={value} />}
    </Asked>
  );
}

function Known({ report }: { report: StatusReport }) {
  const now = useNow();
  return (
    <article className="grid grid-cols-1 gap-8">
      <title>{`${report.system} ${report.version} · Holdpoint`}</title>
      <Head report={report} now={now} />
      <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:grid-rows-[auto_1fr]">
        <div className="grid gap-8">
          <Alarms report={report} now={now} />
          <WhyNot report={report} />
          <Unticked report={report} />
          <Track report={report} now={now} />
        </div>
        <div className="grid min-w-0 gap-8 lg:row-span-2">
          <Rollout report={report} />
          <WayBack report={report} now={now} />
          <Owed report={report} now={now} />
          <Bundle report={report} now={now} />
        </div>
        <Timeline release={report.release} />
      </div>
    </article>
  );
}

function Head({ report, now }: { report: StatusReport; now: Instant }) {
  const { system, version, previous, type, status, at, requester, commit, tag, components } =
    report;
  return (
    <header className="grid gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <h1>
          {system} {version}
        </h1>
        <Badge look={statusLook(status)} />
        <span className="rounded-md bg-sunk px-2 py-0.5 font-mono text-sm" title="from T-0">
          {tMinus(at, now)}
        </span>
        <div className="ml-auto flex flex-wrap gap-2">
          <Orders report={report} />
        </div>
      </div>
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm [&_dt]:text-soft [&>div]:flex [&>div]:gap-2">
        <div>
          <dt>Type</dt>
          <dd>{type}</dd>
        </div>
        <div>
          <dt>T-0</dt>
          <dd>
            <Moment at={at} />
          </dd>
        </div>
        <div>
          <dt>After</dt>
          <dd>{previous ?? "nothing: the first"}</dd>
        </div>
        <div>
          <dt>Tag</dt>
          <dd className="font-mono">{tag}</dd>
        </div>
        {components.length > 0 && (
          <div>
            <dt>With</dt>
            <dd className="font-mono">{components.map((part) => part.tag).join(", ")}</dd>
          </div>
        )}
        <div>
          <dt>Commit</dt>
          <dd className="font-mono">{commit.slice(0, 12)}</dd>
        </div>
        <div>
          <dt>Asked for by</dt>
          <dd>{requester}</dd>
        </div>
      </dl>
    </header>
  );
}

function WhyNot({ report }: { report: StatusReport }) {
  const { why, holds, end } = report;
  if (end !== null) {
    return (
      <p className="rounded-lg border border-line bg-card p-4">
        <strong>Ended {end.how}.</strong> {end.reason}
      </p>
    );
  }
  if (why === "" && holds.length === 0) return null;
  return (
    <section aria-labelledby="why-not" className="rounded-lg border border-wait/50 bg-card p-4">
      <h2 id="why-not">Why not now</h2>
      {holds.length === 0 ? (
        <p>{why}</p>
      ) : (
        <ul className="mt-2 grid gap-2">
          {holds.map(({ name, reason, lift }) => (
            <li key={name}>
              <a href={`#gate-${name}`} className="font-semibold">
                {name}
              </a>
              : {reason}
              {lift.map((way) => (
                <span key={way} className="block text-sm text-soft">
                  {way}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
