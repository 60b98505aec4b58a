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
  const unreleased = releases.length;
  const heads = headsOf(releases);
  /** For commits that a child has named and that are still to come: the release that they go to. */
  const awaited = new Map<string, number>();
  /** How many of them go to each release, and what it has so far. */
  const open = new Map<number, { awaited: number; commits: CommitRecord[] }>();
  const openAt = (at: number) => {
    const there = open.get(at) ?? { awaited: 0, commits: [] };
    open.set(at, there);
    return there;
  };
  const close = (at: number) => {
    const there = open.get(at);
    if (there === undefined || there.awaited > 0) return;
    open.delete(at);
    done({ release: releases[at] ?? null, commits: there.commits });
  };
  const name = (parent: string, at: number) => {
    const before = awaited.get(parent);
    if (before !== undefined && before <= at) return;
    awaited.set(parent, at);
    openAt(at).awaited += 1;
    if (before === undefined) return;
    openAt(before).awaited -= 1;
    close(before);
  };
  openAt(unreleased);
  return {
    take(commit) {
      const inherited = awaited.get(commit.id);
      awaited.delete(commit.id);
      const own = heads.get(commit.id) ?? [];
      const at = Math.min(inherited ?? unreleased, ...own);
      if (inherited !== undefined) openAt(inherited).awaited -= 1;
      openAt(at).commits.push(commit);
      for (const parent of commit.parents) name(parent, at);
      if (inherited !== undefined && inherited !== at) close(inherited);
      for (const other of own) {
        openAt(other);
        if (other !== at) close(other);
      }
      close(at);
    },
    end() {
      for (const [at, there] of open) {
        there.awaited = 0;
        close(at);
      }
    },
  };
}

function headsOf(releases: readonly PastRelease[]): ReadonlyMap<string, readonly number[]> {
  const heads = new Map<string, number[]>();
  for (const [at, { commit }] of releases.entries()) {
    const there = heads.get(commit);
    if (there === undefined) heads.set(commit, [at]);
    else there.push(at);
  }
  return heads;
}
