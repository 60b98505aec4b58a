import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Entry } from "#core/audit/entry.ts";
import { journal, proof } from "../data/queries.ts";
import { provedOf } from "../model/proof.ts";
import { matching, type Told, tell } from "../model/timeline.ts";
import { Asked } from "../parts/asked.tsx";
import { Button } from "../parts/button.tsx";
import { Moment } from "../parts/moment.tsx";
import { Row, Table } from "../parts/table.tsx";
import { Nothing, Trouble } from "../parts/trouble.tsx";

export function Journal() {
  const query = useInfiniteQuery(journal);
  const { hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const [typed, setTyped] = useState("");
  return (
    <section className="grid grid-cols-1 gap-4">
      <title>Journal · Holdpoint</title>
      <div className="flex flex-wrap items-center gap-3">
        <h1>Journal</h1>
        <label className="ml-auto flex items-center gap-2 text-sm">
          Find
          <input
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            placeholder="words, a person, a release, a hash"
            className="min-h-9 w-64 max-w-full rounded-md border border-soft/60 bg-card px-3"
          />
        </label>
      </div>
      <Proof />
      <Asked query={query} what="The journal" rows={8}>
        {({ pages }) => <Found entries={pages.flatMap(backwards)} typed={typed} />}
      </Asked>
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? "Reading back …" : "Read further back"}
        </Button>
      )}
    </section>
  );
}

/** The latest first. */
function backwards({ entries }: { readonly entries: readonly Entry[] }): readonly Entry[] {
  return entries.toReversed();
}

function Found({ entries, typed }: { entries: readonly Entry[]; typed: string }) {
  const shown = matching(entries.map(tell), typed);
  if (shown.length > 0) return <Entries told={shown} />;
  return (
    <Nothing title={entries.length === 0 ? "Nothing has happened yet." : "Nothing matches."} />
  );
}

function Proof() {
  const { data, error, isFetching, refetch } = useQuery(proof);
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-card p-3 text-sm">
      {error && <Trouble error={error} />}
      {data && (
        <p className={data.sound ? "text-good" : "font-semibold text-bad"}>
          {data.sound
            ? `✓ Proved: all ${data.entries} entries are as they were written.`
            : `✗ Entry ${data.wrong?.position} is not as it was written: ${data.wrong?.sentence}.`}
        </p>
      )}
      {data?.head && (
        <p className="min-w-0 truncate font-mono text-soft" title={data.head.hash}>
          head {data.head.position} {data.head.hash}
        </p>
      )}
      <Button className="ml-auto" disabled={isFetching} onClick={() => void refetch()}>
        {isFetching ? "Proving …" : "Prove again"}
      </Button>
    </div>
  );
}

const TONES = { good: "text-good", bad: "font-semibold text-bad", soft: "text-soft" } as const;

function Entries({ told }: { told: readonly Told[] }) {
  const { data } = useQuery(proof);
  return (
    <Table label="Entries" head={["Position", "When", "Release", "Who", "What", "Hash", "Proof"]}>
      {told.map(({ position, at, by, release, text, hash }) => (
        <Row key={position}>
          <td className="tabular-nums">{position}</td>
          <td>
            <Moment at={at} seconds />
          </td>
          <td className="whitespace-nowrap">
            <Link to="/releases/$release" params={{ release }}>
              {release}
            </Link>
          </td>
          <td>{by || "Holdpoint"}</td>
          <td>{text}</td>
          <td className="font-mono" title={hash}>
            {hash.slice(0, 12)}
          </td>
          <td className={`whitespace-nowrap ${TONES[provedOf(position, data).tone]}`}>
            {provedOf(position, data).text}
          </td>
        </Row>
      ))}
    </Table>
  );
}
