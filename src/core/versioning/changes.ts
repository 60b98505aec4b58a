// What a release carries, by commit type: for freezes of changes and for types that carry only some.
import type { Instant } from "../base/time.ts";
import { listed } from "../base/words.ts";
import { readCommit } from "./commit.ts";
import { shortId } from "./text.ts";

/** A commit with the moment at which it came in. */
interface DatedCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly at: Instant;
  readonly message: string;
}

/** Commits of one type: how many, when the latest came in, and which that is. */
export interface Carried {
  readonly count: number;
  readonly last: Instant;
  readonly commit: string;
}

/** What stands for the type of a commit that names none. */
const UNTYPED = "untyped";

/** Commits by type, merges apart: what they bring is in the commits themselves. */
export function changesOf(commits: readonly DatedCommit[]): Readonly<Record<string, Carried>> {
  const changes = new Map<string, Carried>();
  for (const { id, at, message } of commits.filter(isOwn)) {
    const type = readCommit(message).type ?? UNTYPED;
    const known = changes.get(type);
    const newest = known !== undefined && known.last >= at ? known : { last: at, commit: id };
    const { last, commit } = newest;
    changes.set(type, { count: (known?.count ?? 0) + 1, last, commit });
  }
  return Object.fromEntries(changes);
}

/** Why a type may not carry these commits, in one sentence; null where it may. At most five are named. */
export function strangersAmong(
  commits: readonly DatedCommit[],
  { allows, bars }: { readonly allows: readonly string[]; readonly bars: readonly string[] },
): string | null {
  const found = commits.filter(isOwn).flatMap(({ id, message }) => {
    const { type, scope } = readCommit(message);
    const what = type ?? UNTYPED;
    if (scope !== null && bars.includes(scope)) return [`${shortId(id)} (${what}(${scope}))`];
    return allows.length > 0 && !allows.includes(what) ? [`${shortId(id)} (${what})`] : [];
  });
  if (found.length === 0) return null;
  const more = found.length > 5 ? ` and ${found.length - 5} more` : "";
  return `${listed(found.slice(0, 5))}${more}`;
}

function isOwn({ parents }: DatedCommit): boolean {
  return parents.length < 2;
}
