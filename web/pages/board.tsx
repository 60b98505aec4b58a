import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { BoardRow } from "#app/ports/store.ts";
import type { Instant } from "#core/base/time.ts";
import { ended, underWay } from "../data/board.ts";
import { releaseStatus } from "../data/queries.ts";
import { bySystem, progressOf, whereItIs } from "../model/board.ts";
import { tMinus } from "../model/moment.ts";
import { statusLook } from "../model/tone.ts";
import { Asked } from "../parts/asked.tsx";
import { Badge } from "../parts/badge.tsx";
import { Button } from "../parts/button.tsx";
import { LongList } from "../parts/long-list.tsx";
import { Away, useNow } from "../parts/moment.tsx";
import { useSeen } from "../parts/seen.ts";
import { Nothing } from "../parts/trouble.tsx";

export function Board() {
  const now = useNow(10_000);
  return (
    <div className="grid grid-cols-1 gap-10">
      <title>Board · Holdpoint</title>
      <UnderWay now={now} />
      <Ended now={now} />
    </div>
  );
}

function UnderWay({ now }: { now: Instant }) {
  const query = useInfiniteQuery(underWay);
  return (
    <section aria-labelledby="under-way" className="grid gap-4">
      <h1 id="under-way">Under way</h1>
      <Asked query={query} what="The board">
        {({ pages }) => <Groups rows={pages.flatMap(({ releases }) => releases)} now={now} />}
      </Asked>
      {query.hasNextPage && (
        <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          More that are under way
        </Button>
      )}
    </section>
  );
}

function Groups({ rows, now }: { rows: readonly BoardRow[]; now: Instant }) {
  if (rows.length === 0) {
    return (
      <Nothing title="No release is under way.">
        Plan one with <code className="font-mono">holdpoint plan</code>, start it with{" "}
        <code className="font-mono">holdpoint release</code>; or do both on the page Plan.
      </Nothing>
    );
  }
  return bySystem(rows).map(({ system, rows: those }) => (
    <div key={system} className="grid gap-3">
      <h2>{system}</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,22rem),1fr))] gap-3">
        {those.map((row) => (
          <ReleaseCard key={row.release} row={row} now={now} />
        ))}
      </ul>
    </div>
  ));
}

function ReleaseCard({ row, now }: { row: BoardRow; now: Instant }) {
  const [place, seen] = useSeen<HTMLLIElement>();
  const { data } = useQuery({ ...releaseStatus(row.release), enabled: seen });
  const report = data?.value;
  const where = report && whereItIs(report);
  const progress = report && progressOf(report);
  return (
    <li
      ref={place}
      className="grid min-h-28 content-start gap-2 rounded-lg border border-line bg-card p-4"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <Link
          to="/releases/$release"
          params={{ release: row.release }}
          className="text-lg font-semibold"
        >
          {row.version}
        </Link>
        <Badge look={statusLook(row.status)} />
      </div>
      <p className="text-sm text-soft">
        {row.type}
        {report && (
          <>
            {" · "}
            {tMinus(report.at, now)}
            {" · "}
            {row.phase}
            {where && ` in ${where}`}
          </>
        )}
      </p>
      {progress && (
        <progress
          value={progress.passed}
          max={progress.all}
          aria-label={`${progress.passed} of ${progress.all} phases passed`}
          className="h-1.5 w-full"
        />
      )}
      {report && report.holds.length > 0 && (
        <ul className="grid gap-1 border-t border-line pt-2 text-sm">
          {report.holds.slice(0, 3).map(({ name, reason, lift }) => (
            <li key={name}>
              <Link
                to="/releases/$release"
                params={{ release: row.release }}
                hash={`gate-${name}`}
                className="font-medium"
              >
                {name}
              </Link>
              <span className="text-soft"> {lift[0] ?? reason}</span>
            </li>
          ))}
          {report.holds.length > 3 && (
            <li className="text-soft">and {report.holds.length - 3} more</li>
          )}
        </ul>
      )}
      {report && report.holds.length === 0 && report.why !== "" && (
        <p className="border-t border-line pt-2 text-sm">{report.why}</p>
      )}
    </li>
  );
}

function Ended({ now }: { now: Instant }) {
  const query = useInfiniteQuery(ended);
  const { hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const more = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  return (
    <section aria-labelledby="ended" className="grid gap-4">
      <h2 id="ended">Ended</h2>
      <Asked query={query} what="The list">
        {({ pages }) => (
          <EndedList rows={pages.flatMap(({ releases }) => releases)} more={more} now={now} />
        )}
      </Asked>
    </section>
  );
}

function EndedList({
  rows,
  more,
  now,
}: {
  rows: readonly BoardRow[];
  more: () => void;
  now: Instant;
}) {
  if (rows.length === 0) return <Nothing title="No release has ended yet." />;
  return (
    <LongList
      label="Ended releases, the latest planned first"
      rows={rows}
      keyOf={({ release }) => release}
      atEnd={more}
      draw={(row) => <EndedRow row={row} now={now} />}
    />
  );
}

function EndedRow({ row, now }: { row: BoardRow; now: Instant }) {
  return (
    <div className="grid h-full grid-cols-[1fr_auto] items-center gap-x-3 px-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_8rem_8rem]">
      <Link
        to="/releases/$release"
        params={{ release: row.release }}
        className="truncate font-medium"
      >
        {row.system} {row.version}
      </Link>
      <span className="hidden truncate text-soft sm:block">{row.type}</span>
      <span>
        <Badge look={statusLook(row.status)} />
      </span>
      <span className="hidden text-right text-sm text-soft sm:block">
        <Away at={row.updatedAt} now={now} />
      </span>
    </div>
  );
}
