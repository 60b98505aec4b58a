// Which changes of a range still stand at its end: a merge repeats what it brings, a revert takes its target away.
import { SECOND } from "../base/time.ts";
import { type CommitMessage, readCommit } from "./commit.ts";
import { DEFAULTS, type VersionRules } from "./rules.ts";
import { partsOf } from "./squash.ts";

/** What a plan needs to know of a commit. */
export interface CommitRecord {
  readonly id: string;
  readonly parents: readonly string[];
  /** E-mail address, lower case. */
  readonly author: string;
  readonly message: string;
  /** When it was written, in ms since 1970; a cherry-picked commit keeps it. */
  readonly authoredAt?: number;
  /** Paths that it touches, for a merge those that it brings; left out where nobody asked for them. */
  readonly files?: readonly string[];
}

/** A change that is in the tree at the end of the range: a commit, or one of those that a squashed commit holds. */
export interface Change {
  readonly commit: CommitRecord;
  readonly message: CommitMessage;
}

/**
 * The changes of a range that stand at its end, newest first.
 * - Merge commits are left out, since what they bring is in the range itself. Only a merge that somebody gave a
 *   conventional header which no commit of the range has counts as written: there the header is where the change is told.
 * - A revert whose targets all lie in the range vanishes together with them. The newest is looked at first, so that a
 *   revert that was itself reverted takes nothing away.
 * - A revert of a merge takes away what the merge brought.
 * - A revert of something outside the range stands, as a change of type `revert`.
 * - A commit that came over two branches (same author, moment and message under two ids) stands once.
 * - A squashed commit stands as the changes that its bullets name, where `squash` says so.
 *
 * Targets are found by id (`This reverts commit ...`; `Refs:` under the type `revert`), else by the number of the pull
 * request, else by the quoted header.
 * @param commits newest first, children before parents
 */
export function standing(
  commits: readonly CommitRecord[],
  { reverts = DEFAULTS.reverts, squash = DEFAULTS.squash }: Standing = {},
): readonly Change[] {
  const range = new Range(commits);
  const gone = reverts === "cancel" ? cancelled(range) : NOBODY;
  const left: Change[] = [];
  for (const change of once(range.changes)) {
    if (gone.has(change.commit.id)) continue;
    if (!isMerge(change)) putParts(change, squash, left);
    else if (isToldHere(change, range)) left.push(change);
  }
  return left;
}

function putParts(change: Change, squash: NonNullable<Standing["squash"]>, left: Change[]): void {
  const { commit, message } = change;
  const parts = partsOf(message, commit.message, squash);
  if (parts.length === 1 && parts[0] === message) left.push(change);
  else for (const part of parts) left.push({ commit, message: part });
}

const NOBODY: ReadonlySet<string> = new Set();

type Standing = Pick<VersionRules, "reverts" | "squash">;

/** The ids of reverts that find all their targets in the range, and of what any revert takes away. */
function cancelled(range: Range): ReadonlySet<string> {
  const gone = new Set<string>();
  for (const change of range.changes) {
    const { commit } = change;
    if (gone.has(commit.id)) continue;
    const sought = soughtBy(change);
    if (sought === null) continue;
    const found = targetsOf(change, sought, { range, gone });
    for (const id of found.ids) gone.add(id);
    if (found.all) gone.add(commit.id);
  }
  return gone;
}

/** Without the copies of cherry-picked commits; of each the newest is kept. Few commits share a moment with another. */
function once(changes: readonly Change[]): readonly Change[] {
  const seen = new Map<number, Change | Change[]>();
  const copies = new Set<Change>();
  for (const change of changes) {
    const { authoredAt } = change.commit;
    if (authoredAt === undefined) continue;
    // Git knows seconds; a number as small as that is found several times as fast.
    const second = Math.floor(authoredAt / SECOND);
    const same = seen.get(second);
    if (same === undefined) seen.set(second, change);
    else if ([same].flat().some((other) => isCopy(change, other))) copies.add(change);
    else seen.set(second, [same, change].flat());
  }
  return copies.size === 0 ? changes : changes.filter((change) => !copies.has(change));
}

function isCopy({ commit: a }: Change, { commit: b }: Change): boolean {
  return a.authoredAt === b.authoredAt && a.author === b.author && written(a) === written(b);
}

const written = ({ message }: CommitRecord) => message.replace(PICKED, "").trimEnd();
const PICKED = /\n\(cherry picked from commit [0-9a-f]{7,64}\)\s*$/;

const isMerge = ({ commit }: Change) => commit.parents.length > 1;

function isToldHere({ message }: Change, { byHeader, changes }: Range): boolean {
  if (!message.conventional) return false;
  const same = [message.header, message.header.replace(PULL, "")].flatMap(
    (header) => byHeader.get(header) ?? [],
  );
  return same.every((place) => {
    const other = changes[place];
    return other !== undefined && isMerge(other);
  });
}

/** A range with its indices; most ranges revert nothing, so each is made when something is first looked for in it. */
class Range {
  readonly changes: readonly Change[];
  #byId: ReadonlyMap<string, number> | undefined;
  #ids: readonly string[] | undefined;
  #byHeader: ReadonlyMap<string, readonly number[]> | undefined;
  #byPull: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(commits: readonly CommitRecord[]) {
    this.changes = commits.map((commit) => ({ commit, message: readCommit(commit.message) }));
  }

  get byId(): ReadonlyMap<string, number> {
    this.#byId ??= new Map(this.changes.map(({ commit }, place) => [commit.id, place]));
    return this.#byId;
  }

  /** Ids in order, to find one by its first digits. */
  get ids(): readonly string[] {
    this.#ids ??= [...this.byId.keys()].sort();
    return this.#ids;
  }

  get byHeader(): ReadonlyMap<string, readonly number[]> {
    this.#byHeader ??= placesOf(this.changes, ({ header }) => header);
    return this.#byHeader;
  }

  get byPull(): ReadonlyMap<string, readonly number[]> {
    this.#byPull ??= placesOf(
      this.changes,
      ({ header }) => (PULL.exec(header) ?? MERGED_PULL.exec(header))?.[1],
    );
    return this.#byPull;
  }
}

function placesOf(
  changes: readonly Change[],
  keyOf: (message: CommitMessage) => string | undefined,
): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  changes.forEach(({ message }, place) => {
    const key = keyOf(message);
    if (key === undefined) return;
    const there = places.get(key);
    if (there === undefined) places.set(key, [place]);
    else there.push(place);
  });
  return places;
}

const PULL = / \(#(\d{1,9})\)$/;
const MERGED_PULL = /^Merge pull request #(\d{1,9}) from /;
const REVERTED_ID = /\bThis reverts commits? ([0-9a-f]{7,64})\b/g;
const REVERTED_PULL = /^Reverts (?:[\w.-]{1,100}\/[\w.-]{1,100})?#(\d{1,9})\s*$/m;

interface Sought {
  readonly ids: readonly string[];
  readonly pull?: string | undefined;
  readonly header?: string | undefined;
}

/** What a revert says of its targets; null for a commit that is none. */
function soughtBy({ commit, message }: Change): Sought | null {
  const { header, type } = message;
  if (type !== "revert" && !header.startsWith("Re")) return null;
  const [, quoted] = /^(?:Revert|Reapply) "(.+)"(?: \(#\d{1,9}\))?$/.exec(header) ?? [];
  if (type !== "revert" && quoted === undefined) return null;
  const refs =
    type === "revert" ? message.footers.filter(({ token }) => /^refs$/i.test(token)) : [];
  const named = refs.flatMap(({ value }) => value.match(/\b[0-9a-f]{7,64}\b/g) ?? []);
  const ids = [...commit.message.matchAll(REVERTED_ID)].map(([, id = ""]) => id).concat(named);
  const again = header.startsWith("Reapply") ? `Revert "${quoted}"` : quoted;
  return {
    ids: [...new Set(ids)],
    pull: REVERTED_PULL.exec(commit.message)?.[1],
    header: again ?? message.description.replace(PULL, ""),
  };
}

/** The targets in the range, and whether those are all. */
function targetsOf(
  change: Change,
  sought: Sought,
  { range, gone }: { range: Range; gone: ReadonlySet<string> },
): { ids: readonly string[]; all: boolean } {
  const after = range.byId.get(change.commit.id) ?? 0;
  if (sought.ids.length > 0) {
    const found = sought.ids.map((id) => resolve(id, range));
    const ids = found.flatMap((id) => (id === null ? [] : brought(id, range)));
    return { ids, all: found.every((id) => id !== null) };
  }
  const places =
    (sought.pull === undefined ? undefined : range.byPull.get(sought.pull)) ??
    range.byHeader.get(sought.header ?? "") ??
    [];
  const place = places.find((at) => at > after && !gone.has(range.changes[at]?.commit.id ?? ""));
  const target = place === undefined ? undefined : range.changes[place]?.commit.id;
  return { ids: target === undefined ? [] : brought(target, range), all: target !== undefined };
}

/** The one id of the range that begins so; null where there is none, or more than one. */
function resolve(start: string, { ids, byId }: Range): string | null {
  if (byId.has(start)) return start;
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? "") < start) low = middle + 1;
    else high = middle;
  }
  const [one, two] = [ids[low], ids[low + 1]];
  return one?.startsWith(start) && !two?.startsWith(start) ? one : null;
}

/** What a commit brought: itself; for a merge, what was not there by its first parent, as far as the range goes. */
function brought(id: string, range: Range): readonly string[] {
  const [first, ...others] = parentsOf(id, range);
  if (first === undefined || others.length === 0) return [id];
  const before = reachable([first], range);
  return [id, ...[...reachable(others, range)].filter((one) => !before.has(one))];
}

function reachable(from: readonly string[], range: Range): Set<string> {
  const seen = new Set<string>();
  const open = from.filter((id) => range.byId.has(id));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...parentsOf(id, range).filter((parent) => range.byId.has(parent)));
  }
  return seen;
}

function parentsOf(id: string, { byId, changes }: Range): readonly string[] {
  return changes[byId.get(id) ?? -1]?.commit.parents ?? [];
}
