// Today's rules over all old tags: where they would have decided otherwise, and why.
import type { Instant } from "../base/time.ts";
import type { Bump, BumpReason } from "./bump.ts";
import { countVersion } from "./count.ts";
import { type Graph, graphOf } from "./graph.ts";
import { rulesAt } from "./periods.ts";
import type { CommitRecord } from "./reverts.ts";
import { within } from "./scope.ts";
import type { VersioningRules } from "./shape.ts";
import { bumpBetween, compareVersions, type Tagged, type TagRecord, tagged } from "./version.ts";

/** One release of the past beside what the rules say to it. */
interface Replayed {
  readonly tag: string;
  readonly version: string;
  /** The highest release that it contains. */
  readonly previous: string;
  readonly at: Instant;
  readonly commits: number;
  /** What was released, and what the rules say. */
  readonly actual: Bump;
  readonly bump: Bump;
  readonly said: string;
  /** Whether the bumps are the same; and whether the versions are. */
  readonly agrees: boolean;
  readonly exact: boolean;
  /** What decided by the rules; of a disagreement, all that there is to say. */
  readonly reasons: readonly BumpReason[];
}

export interface Replay {
  /** Oldest first, as far as the history has them in an order. */
  readonly releases: readonly Replayed[];
  /** Tags of the line that follow no release, and why. */
  readonly passedOver: readonly { readonly tag: string; readonly why: string }[];
}

export interface DatedCommit extends CommitRecord {
  readonly at: Instant;
}

/**
 * Decides every old release again. One pass finds for each tag the highest release that it contains; then only the
 * commits between the two are walked, so that the cost grows with commits + tags.
 * @param commits the whole history, children before parents; with files where the rules have paths
 */
export function replayVersions(
  { commits, tags }: { commits: readonly DatedCommit[]; tags: readonly TagRecord[] },
  rules: VersioningRules,
): Replay {
  const graph = graphOf(commits);
  const line = tagged(tags, rules)
    .filter(({ means }) => means !== "candidate")
    .toReversed();
  const tagsAt = ranksByRow(line, graph);
  const highest = new Int32Array(commits.length).fill(-1);
  const releases: Replayed[] = [];
  const passedOver: { tag: string; why: string }[] = [];
  for (let row = commits.length - 1; row >= 0; row -= 1) {
    const before = Math.max(-1, ...graph.parents(row).map((parent) => highest[parent] ?? -1));
    const here = tagsAt.get(row) ?? NO_RANKS;
    const top = here.at(-1) ?? -1;
    highest[row] = Math.max(before, top);
    const [release, previous] = [line[top], line[before]];
    if (release === undefined) continue;
    for (const rank of here.slice(0, -1))
      passedOver.push({ tag: line[rank]?.tag ?? "", why: `it stands with ${release.tag}` });
    const why = whyPassedOver(release, previous, rules.hotfix);
    if (why !== null || previous === undefined) {
      passedOver.push({ tag: release.tag, why: why ?? "" });
      continue;
    }
    const rows = graph.between([graph.row(previous.commit) ?? row], row);
    const range = rows.flatMap((at) => commits[at] ?? []);
    releases.push(decideAgain({ release, previous, range, at: commits[row]?.at ?? 0 }, rules));
  }
  return { releases, passedOver };
}

const NO_RANKS: readonly number[] = [];

/** The places in the line of the tags on each row, the lowest version first. */
function ranksByRow(line: readonly Tagged[], graph: Graph): ReadonlyMap<number, number[]> {
  const ranks = new Map<number, number[]>();
  for (const [rank, { commit }] of line.entries()) {
    const row = graph.row(commit);
    if (row === undefined) continue;
    const here = ranks.get(row);
    if (here === undefined) ranks.set(row, [rank]);
    else here.push(rank);
  }
  return ranks;
}

function whyPassedOver(release: Tagged, previous: Tagged | undefined, hotfix: string) {
  if (previous === undefined) return "it contains no release";
  if (compareVersions(release.version, previous.version, hotfix) > 0) return null;
  return `it contains ${previous.tag}, which does not come before it`;
}

function decideAgain(
  {
    release,
    previous,
    range,
    at,
  }: {
    release: Tagged;
    previous: Tagged;
    range: readonly DatedCommit[];
    at: Instant;
  },
  now: VersioningRules,
): Replayed {
  const rules = rulesAt(now, at);
  const commits = within(range, rules.paths);
  const counted = countVersion({ previous, known: [], commits, released: true }, rules);
  const actual =
    release.means === "hotfix" ? "patch" : bumpBetween(previous.version, release.version);
  return {
    tag: release.tag,
    version: release.version,
    previous: previous.tag,
    at,
    commits: range.length,
    actual,
    bump: counted.bump,
    said: counted.version,
    agrees: counted.bump === actual,
    exact: counted.version === release.version,
    reasons: counted.reasons.filter(({ bump }) => bump === counted.bump),
  };
}
