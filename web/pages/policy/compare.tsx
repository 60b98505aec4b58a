import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PolicyDiff, PolicyVersion } from "#app/policy-versions.ts";
import { type Hindsight, sayOutcome } from "#core/simulation/recorded/outcome.ts";
import { policies, policyDiff } from "../../data/queries.ts";
import { comparedPair, countOutcomes, sayVersion } from "../../model/policies.ts";
import { Asked } from "../../parts/asked.tsx";
import { Row, Table } from "../../parts/table.tsx";

/** Two policies that releases were planned by: what differs, and what the second would have made of the releases. */
export function Compare() {
  const query = useQuery(policies);
  return (
    <section aria-labelledby="compare" className="grid grid-cols-1 gap-3">
      <h2 id="compare">What changed between policies</h2>
      <Asked query={query} what="The list of policies" rows={1}>
        {(versions) => <Chosen versions={versions} />}
      </Asked>
    </section>
  );
}

function Chosen({ versions }: { versions: readonly PolicyVersion[] }) {
  const [chosen, setChosen] = useState<{ was: string; is: string } | null>(null);
  const pair = comparedPair(versions, chosen);
  if (pair === null) {
    return (
      <p className="text-soft">
        {versions.length === 0
          ? "No release was planned by any policy yet."
          : "All releases were planned by the same policy so far."}
      </p>
    );
  }
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <Choice
          label="From"
          versions={versions}
          value={pair.was}
          choose={(was) => setChosen({ ...pair, was })}
        />
        <Choice
          label="To"
          versions={versions}
          value={pair.is}
          choose={(is) => setChosen({ ...pair, is })}
        />
      </div>
      <Compared was={pair.was} is={pair.is} />
    </>
  );
}

function Choice({
  label,
  versions,
  value,
  choose,
}: {
  label: string;
  versions: readonly PolicyVersion[];
  value: string;
  choose: (digest: string) => void;
}) {
  return (
    <label className="grid gap-1 text-sm font-semibold">
      {label}
      <select
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
        className="min-h-10 w-full min-w-0 rounded-md border border-soft/60 bg-card px-3 font-normal"
      >
        {versions.map((one) => (
          <option key={one.digest} value={one.digest}>
            {sayVersion(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Compared({ was, is }: { was: string; is: string }) {
  const query = useQuery(policyDiff(was, is));
  return (
    <Asked query={query} what="The comparison" rows={2}>
      {(diff) => (
        <>
          <Changes changes={diff.changes} />
          <Replayed diff={diff} />
        </>
      )}
    </Asked>
  );
}

function Changes({ changes }: Pick<PolicyDiff, "changes">) {
  if (changes.length === 0) return <p>They say the same.</p>;
  return (
    <Table label="Changes" head={["Where", "Was", "Is"]}>
      {changes.map(({ path, was, is }) => (
        <Row key={`${path} ${was} ${is}`}>
          <td className="font-mono">{path}</td>
          <td className="font-mono text-bad">{was === null ? "" : `− ${was}`}</td>
          <td className="font-mono text-good">{is === null ? "" : `+ ${is}`}</td>
        </Row>
      ))}
    </Table>
  );
}

function Replayed({ diff: { releases, whole } }: { diff: PolicyDiff }) {
  if (releases.length === 0) {
    return <p className="text-sm text-soft">No release has ended that could be lived again.</p>;
  }
  const others = releases.filter(({ outcome }) => outcome !== "same");
  return (
    <div className="grid gap-2 text-sm">
      <p>
        {releases.length} ended releases, lived again under the second: {countOutcomes(releases)}.
        {!whole && " There was no time for more."}
      </p>
      <ul className="grid gap-2">
        {others.map((one) => (
          <Other key={one.release} one={one} />
        ))}
      </ul>
    </div>
  );
}

function Other({ one }: { one: Hindsight }) {
  return (
    <li className="border-l-2 border-line pl-3">
      <Link to="/releases/$release" params={{ release: one.release }} className="font-medium">
        {one.release}
      </Link>{" "}
      {sayOutcome(one)}
      {one.because.map((why) => (
        <span key={why} className="block text-soft">
          {why}
        </span>
      ))}
    </li>
  );
}
