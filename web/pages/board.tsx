import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { BoardRow } from "#app/ports/store.ts";
import type { Instant } from "#core/base/time.ts";
import { useLiveBoard } from "../data/live.ts";
import { ended, releaseStatus, underWay } from "../data/queries.ts";
import { bySystem, progressOf, whereItIs } from "../model/board.ts";
import { tMinus } from "../model/moment.ts";
import { statusLook } from "../model/tone.ts";
import { Badge } from "../parts/badge.tsx";
import { LongList } from "../parts/long-list.tsx";
import { Away, useNow } from "../parts/moment.tsx";
import { Loading, Nothing, Trouble } from "../parts/trouble.tsx";

export function Board() {
  useLiveBoard();
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
  const { data, error, isPending, refetch } = useQuery(underWay);
  return (
    <section aria-labelledby="under-way" className="grid gap-4">
      <h1 id="under-way">Under way</h1>
      {isPending && !error && <Loading what="The board" />}
      {error && <Trouble error={error} again={() => void refetch()} />}
      {data?.length === 0 && (
        <Nothing title="No release is under way.">
          Plan one with <code className="font-mono">holdpoint plan</code>, start it with{" "}
          <code className="font-mono">holdpoint release</code>.
        </Nothing>
      )}
      {bySystem(data ?? []).map(({ system, rows }) => (
        <div key={system} className="grid gap-3">
          <h2>{system}</h2>
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,22rem),1fr))] gap-3">
            {rows.map((row) => (
              <ReleaseCard key={row.release} row={row} now={now} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function ReleaseCard({ row, now }: { row: BoardRow; now: Instant }) {
  const { data } = useQuery(releaseStatus(row.release));
  const report = data?.value;
  const where = report && whereItIs(report);
  const progress = report && progressOf(report);
  return (
    <li className="grid content-start gap-2 rounded-lg border border-line bg-card p-4">
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
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useInfiniteQuery(ended);
  const rows = data?.pages.flatMap(({ releases }) => releases) ?? [];
  const more = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  return (
    <section aria-labelledby="ended" className="grid gap-4">
      <h2 id="ended">Ended</h2>
      {isPending && !error && <Loading what="The list" />}
      {error && <Trouble error={error} again={() => void refetch()} />}
      {data && rows.length === 0 && <Nothing title="No release has ended yet." />}
      {rows.length > 0 && (
        <LongList
          label="Ended releases, the latest planned first"
          rows={rows}
          keyOf={({ release }) => release}
          atEnd={more}
          draw={(row) => <EndedRow row={row} now={now} />}
        />
      )}
    </section>
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
