// The text of a changelog in the form of Keep a Changelog 1.1.0.
import type { Change } from "../versioning/reverts.ts";
import { standing } from "../versioning/reverts.ts";
import { entryOf, sectionText } from "./entry.ts";
import type { Brought, PastRelease } from "./history.ts";
import { type Linker, type Links, linkerOf } from "./links.ts";
import { type Section, sorterOf } from "./sections.ts";

/** What a policy says of changelogs, as far as their text goes. */
export interface PageRules {
  readonly sections: readonly Section[];
  readonly links: Links;
  /** How reverts and squashed commits count, the same as for versions. */
  readonly counting?: Parameters<typeof standing>[1];
  /** Versions that were withdrawn: their headings say so. */
  readonly withdrawn?: ReadonlySet<string>;
}

/** What stands below the heading of a release: its sections that are not empty, or nothing. */
export function changesText(
  changes: readonly Change[],
  sorted: ReturnType<typeof sorterOf>,
  linker: Linker,
): string {
  const parts = sorted(changes).flatMap(([{ title }, there]) =>
    there.length === 0
      ? []
      : [sectionText(title, there.map((change) => entryOf(change, linker)).join("\n"))],
  );
  return parts.join("\n\n");
}

/** `2026-11-21`: a moment's day in UTC. */
function dayOf(seconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
    .toString()
    .slice(0, 10);
}

const HEAD = "# Changelog\n";
const NONE: ReadonlySet<string> = new Set();

/**
 * The changelog of a whole history, piece by piece in the order of the page: what is not released yet, then every release,
 * the highest version first, at last the addresses behind the headings.
 */
export function wholePage({ sections, links, counting, withdrawn = NONE }: PageRules): {
  add(brought: Brought): void;
  pieces(): Generator<string>;
} {
  const linker = linkerOf(links);
  const sorted = sorterOf(sections);
  const texts = new Map<PastRelease | null, string>();
  return {
    add: ({ release, commits }) => {
      texts.set(release, changesText(standing(commits, counting), sorted, linker));
    },
    *pieces() {
      yield HEAD;
      const unreleased = texts.get(null) ?? "";
      yield piece("[Unreleased]", unreleased);
      const releases = [...texts.keys()].filter((release) => release !== null);
      releases.sort((a, b) => b.order - a.order);
      for (const release of releases) {
        const mark = withdrawn.has(release.version) ? " [YANKED]" : "";
        yield piece(`[${release.version}] - ${dayOf(release.at)}${mark}`, texts.get(release) ?? "");
      }
      yield* addresses(releases, linker);
    },
  };
}

function piece(heading: string, text: string): string {
  return `\n## ${heading}\n${text === "" ? "" : `\n${text}\n`}`;
}

function* addresses(releases: readonly PastRelease[], linker: Linker): Generator<string> {
  const [latest] = releases;
  if (latest === undefined) return;
  const unreleased = linker.compare(latest.name, "HEAD");
  if (unreleased === null) return;
  yield `\n[Unreleased]: ${unreleased}\n`;
  for (const [at, { version, name }] of releases.entries()) {
    const before = releases[at + 1];
    const to = before === undefined ? linker.release(name) : linker.compare(before.name, name);
    yield `[${version}]: ${to}\n`;
  }
}
