// The policies that releases were planned by, as the journal has them, and what differs between two of them.
import { setImmediate } from "node:timers/promises";
import { type Digest, digestOf } from "#core/base/digest.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { type Instant, SECOND } from "#core/base/time.ts";
import { type Difference, differences } from "#core/policy/differences.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { Happened } from "#core/release/events.ts";
import { readEvent } from "#core/release/upcast.ts";
import type { Hindsight } from "#core/simulation/recorded/outcome.ts";
import type { Engine } from "./engine.ts";
import type { PolicyAt, ReadPolicyAt } from "./ports/policy-file.ts";
import type { Store } from "./ports/store.ts";
import type { Problem } from "./problem.ts";

/** A policy that releases were planned by. */
export interface PolicyVersion {
  /** As in the bundles of the releases. */
  readonly digest: Digest;
  /** When a release was planned by it first and last. */
  readonly first: Instant;
  readonly last: Instant;
  /** How many releases stay under it, and the latest of them. */
  readonly releases: number;
  readonly release: string;
  /** The commit of that release, whose policy file it is. */
  readonly commit: string;
}

/** Two policies compared: what differs in their files, and what the second would have made of the releases that were. */
export interface PolicyDiff {
  readonly was: Digest;
  readonly is: Digest;
  readonly changes: readonly Difference[];
  readonly releases: readonly Hindsight[];
  /** Whether there was time for all of the releases that were to be replayed. */
  readonly whole: boolean;
}

interface Parts {
  readonly store: Pick<Store, "rows" | "read">;
  readonly engine: () => Promise<Engine>;
  readonly policyAt: ReadPolicyAt;
  readonly clock: () => Instant;
}

/** So many of the latest releases are looked at for the policies that they were planned by. */
const LATEST = 100;
/** Replaying ends after so long: it is done beside rollbacks. */
const LONGEST = 5 * SECOND;

/** The policies of the latest releases, the latest planned by first. */
export async function policyVersions({ store, engine }: Parts): Promise<readonly PolicyVersion[]> {
  const { handler } = await engine();
  const versions = new Map<Digest, PolicyVersion>();
  for (const { release } of await store.rows({ limit: LATEST })) {
    const loaded = await handler.load(release);
    if (loaded === null) continue;
    const { bundle, plannedAt, commit } = loaded.release.plan;
    const known = versions.get(bundle.policy);
    versions.set(bundle.policy, {
      digest: bundle.policy,
      first: Math.min(plannedAt, known?.first ?? plannedAt),
      last: Math.max(plannedAt, known?.last ?? plannedAt),
      releases: (known?.releases ?? 0) + 1,
      // Rows come with the latest first.
      release: known?.release ?? release,
      commit: known?.commit ?? commit,
    });
    await setImmediate();
  }
  return [...versions.values()].sort((a, b) => b.last - a.last);
}

/**
 * Compares two policies of the journal. Their texts are those of the commits of their releases, and must have the digests
 * that the journal has.
 * @param replay so many ended releases, the latest first, are lived again under the second
 */
export async function policyDiff(
  parts: Parts,
  { was, is, replay }: { was: Digest; is: Digest; replay: number },
): Promise<Result<PolicyDiff, readonly Problem[]>> {
  const versions = await policyVersions(parts);
  const [before, after] = [await textOf(parts, versions, was), await textOf(parts, versions, is)];
  if (!before.ok) return before;
  if (!after.ok) return after;
  const changes = differences(before.value.data, after.value.data);
  return ok({ was, is, changes, ...(await replayed(parts, after.value.policy, replay)) });
}

async function textOf(
  { policyAt }: Parts,
  versions: readonly PolicyVersion[],
  digest: Digest,
): Promise<Result<PolicyAt, readonly Problem[]>> {
  const version = versions.find((one) => one.digest === digest);
  const short = digest.slice(0, 12);
  if (version === undefined) {
    const sentence = `None of the latest ${LATEST} releases was planned by policy ${short}.`;
    const remedy = "Take one of those that /api/policies names.";
    return err([{ code: "no-policy-version", sentence, remedy }]);
  }
  const read = await policyAt(version.commit);
  if (read !== null && digestOf(read.policy) === digest) return ok(read);
  const commit = version.commit.slice(0, 12);
  const sentence = `Commit ${commit} of ${version.release} has not the policy ${short} that it was planned by.`;
  const remedy = "Fetch the commit; a policy that was never committed cannot be compared.";
  return err([{ code: "policy-text-lost", sentence, remedy }]);
}

/** What a policy would have made of ended releases, the latest first. */
async function replayed(
  { store, clock }: Parts,
  policy: Policy,
  most: number,
): Promise<Pick<PolicyDiff, "releases" | "whole">> {
  const { hindsight } = await import("#core/simulation/recorded/hindsight.ts");
  const releases: Hindsight[] = [];
  const end = clock() + LONGEST;
  const rows = most === 0 ? [] : await store.rows({ ended: true, limit: most });
  for (const { release } of rows) {
    if (clock() > end) return { releases, whole: false };
    const happened = (await store.read(release)).map(
      (entry): Happened => ({ at: entry.at, by: entry.by, event: readEvent(entry) }),
    );
    const found = hindsight(policy, happened);
    if (found !== null) releases.push(found);
    // What else the server has to do goes in between.
    await setImmediate();
  }
  return { releases, whole: true };
}
