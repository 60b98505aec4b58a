// Which release brought which commit, found in one pass over a history of any length.
import type { CommitRecord } from "../versioning/reverts.ts";
import type { LineRules } from "../versioning/rules.ts";
import { baseOf, type TagRecord, tagged } from "../versioning/version.ts";

/** A tag with its moment, in seconds since 1970: when it was made, or its commit where it is a bare name. */
export interface DatedTag extends TagRecord {
  readonly at: number;
}

/** A release of the history; null stands for what is not released yet. */
export interface PastRelease extends DatedTag {
  readonly version: string;
  /** Whether it is only announced: a candidate. */
  readonly isCandidate: boolean;
  /** Its place among all releases, from 0 for the lowest version. */
  readonly order: number;
}

/** The commits that a release was the first to contain, newest first. */
export interface Brought {
  readonly release: PastRelease | null;
  readonly commits: readonly CommitRecord[];
}

/**
 * The releases among the tags of a line, the lowest version first. A candidate counts as long as nothing has the version
 * that it announces: `1.3.0-rc.1`, or `rc-v1.3.0`, goes into 1.3.0 when that is released.
 */
export function pastReleases(
  tags: readonly DatedTag[],
  line: string | LineRules,
): readonly PastRelease[] {
  const dates = new Map(tags.map(({ name, at }) => [name, at]));
  const known = tagged(tags, line).toReversed();
  const released = new Set(
    known.filter(({ means }) => means !== "candidate").map(({ version }) => version),
  );
  return known
    .filter(({ version, means }) => means !== "candidate" || !released.has(baseOf(version)))
    .filter(({ version }, at, all) => all[at - 1]?.version !== version)
    .map(({ tag, version, commit, means }, order) => {
      const isCandidate = means === "candidate";
      return { name: tag, version, commit, at: dates.get(tag) ?? 0, order, isCandidate };
    });
}

/** Takes a history commit by commit and hands out each release as soon as all of it was seen. */
export interface History {
  /** @param commit children come before their parents */
  take(commit: CommitRecord): void;
  /** No commit comes any more: what is still open is handed out. */
  end(): void;
}

/**
 * A history to be told apart by releases. Every commit belongs to the lowest of the releases that contain it, which goes
 * from child to parent: nothing is walked twice, and the cost grows with commits + tags. Only releases whose tag the
 * history reaches are handed out, in no order; a release whose commits all stand elsewhere has none.
 * @param releases the lowest version first
 */
export function historyOf(
  releases: readonly PastRelease[],
  done: (brought: Brought) => void,
): History {
  const unreleased = groupOf(null, releases.length);
  const groups = [...releases.map(groupOf), unreleased];
  const heads = headsOf(groups);
  /** For commits that a child has named and that are still to come: what they go to. */
  const awaited = new Map<string, Group>();
  const close = (group: Group) => {
    if (!group.isOpen || group.awaited > 0) return;
    const { release, commits } = group;
    group.isOpen = false;
    group.commits = [];
    done({ release, commits });
  };
  const name = (parent: string, group: Group) => {
    const before = awaited.get(parent);
    if (before !== undefined && before.rank <= group.rank) return;
    awaited.set(parent, group);
    group.awaited += 1;
    if (before === undefined) return;
    before.awaited -= 1;
    close(before);
  };
  unreleased.isOpen = true;
  return {
    take(commit) {
      const inherited = awaited.get(commit.id);
      awaited.delete(commit.id);
      if (inherited !== undefined) inherited.awaited -= 1;
      const own = heads.get(commit.id) ?? NONE;
      const group = own.reduce(lower, inherited ?? unreleased);
      for (const other of own) other.isOpen = true;
      group.isOpen = true;
      group.commits.push(commit);
      for (const parent of commit.parents) name(parent, group);
      if (inherited !== undefined) close(inherited);
      for (const other of own) close(other);
      close(group);
    },
    end() {
      for (const group of groups) {
        group.awaited = 0;
        close(group);
      }
    },
  };
}

/** A release with what it has so far; open from its first commit on until none is awaited any more. */
interface Group {
  readonly release: PastRelease | null;
  /** The lowest has what several contain. */
  readonly rank: number;
  isOpen: boolean;
  /** How many commits go to it that were named and are still to come. */
  awaited: number;
  commits: CommitRecord[];
}

function lower(a: Group, b: Group): Group {
  return b.rank < a.rank ? b : a;
}

function groupOf(release: PastRelease | null, rank: number): Group {
  return { release, rank, isOpen: false, awaited: 0, commits: [] };
}

const NONE: readonly Group[] = [];

function headsOf(groups: readonly Group[]): ReadonlyMap<string, readonly Group[]> {
  const heads = new Map<string, Group[]>();
  for (const group of groups) {
    if (group.release === null) continue;
    const there = heads.get(group.release.commit);
    if (there === undefined) heads.set(group.release.commit, [group]);
    else there.push(group);
  }
  return heads;
}
