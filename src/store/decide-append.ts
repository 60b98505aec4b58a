import type { Append, Appended, AppendRefusal, BoardRow, StoredIntent } from "#app/ports/store.ts";
import { chain } from "#core/audit/chain.ts";
import type { Entry, Head } from "#core/audit/entry.ts";
import type { Instant } from "#core/base/time.ts";

/** What a store knows of a stream apart from its entries. */
export interface StreamState {
  /** `seq` of the last entry; 0 for a stream that is not there. */
  readonly seq: number;
  /** Token of the latest lease; 0 before the first. */
  readonly token: number;
  /** Whose the latest lease is; null when there is none or it was given back. */
  readonly owner: string | null;
  readonly wakeAt: Instant | null;
  readonly intents: readonly StoredIntent[];
}

/** As much of it as a decision looks at: the bodies of intents stay in the database. */
export interface KnownStream extends Omit<StreamState, "intents"> {
  readonly intents: readonly Omit<StoredIntent, "body">[];
}

const NEW_STREAM: StreamState = {
  seq: 0,
  token: 0,
  owner: null,
  wakeAt: null,
  intents: [],
};

/** All that deciding a batch of appends looks at. Streams that are not named are new. */
export interface Before {
  readonly head: Head;
  readonly streams: ReadonlyMap<string, KnownStream>;
  /** Those of the batch's request keys that were seen before. */
  readonly requests: ReadonlySet<string>;
}

/** All that a batch changes; a store writes it in one transaction. */
export interface Changes {
  readonly head: Head;
  readonly entries: readonly Entry[];
  readonly streams: ReadonlyMap<string, StreamState>;
  readonly rows: ReadonlyMap<string, BoardRow>;
  readonly requests: ReadonlySet<string>;
}

/**
 * Decides appends that share a transaction, each on its own: one sees what those before it have changed, and a refused
 * one leaves nothing behind. The answers stand in the order of the appends.
 */
export function decideAppends(
  before: Before,
  appends: readonly Append[],
): { answers: readonly Appended[]; changes: Changes } {
  let head = before.head;
  const entries: Entry[] = [];
  const streams = new Map<string, StreamState>();
  const rows = new Map<string, BoardRow>();
  const requests = new Set<string>();
  const answers = appends.map((append): Appended => {
    const { stream, request } = append;
    const state = streams.get(stream) ?? before.streams.get(stream) ?? NEW_STREAM;
    const seen = request !== undefined && (before.requests.has(request) || requests.has(request));
    const error = refusal(append, state, seen);
    if (error !== null) return { ok: false, error };
    const added = entriesOf(append, head);
    head = added.at(-1) ?? head;
    for (const entry of added) entries.push(entry);
    streams.set(stream, afterwards(append, state));
    if (append.row !== null) rows.set(append.row.release, append.row);
    if (request !== undefined) requests.add(request);
    return { ok: true, entries: added };
  });
  const { position, hash } = head;
  const changes = { head: { position, hash }, entries, streams, rows, requests };
  return { answers, changes };
}

/** A repeated request comes first: whoever asks again must hear that it was done, whatever has happened since. */
function refusal(append: Append, state: KnownStream, seen: boolean): AppendRefusal | null {
  if (seen) return "repeated";
  if (append.lease !== undefined) {
    const { owner, token } = append.lease;
    if (token !== state.token || owner !== state.owner) return "fenced";
  }
  return append.expected === state.seq ? null : "conflict";
}

function entriesOf(append: Append, head: Head): readonly Entry[] {
  const entries: Entry[] = [];
  let last = head;
  for (const event of append.events) {
    const entry = chain(last, append.stream, append.expected + entries.length + 1, event);
    entries.push(entry);
    last = entry;
  }
  return entries;
}

function afterwards(append: Append, state: KnownStream): StreamState {
  const known = new Map(state.intents.map((intent) => [intent.id, intent]));
  const intents = append.intents.map(({ id, due, body }): StoredIntent => {
    const old = known.get(id);
    if (old === undefined || old.attempts === 0) return { id, due, body, attempts: 0 };
    return { id, due: Math.max(due, old.due), body, attempts: old.attempts };
  });
  const seq = append.expected + append.events.length;
  const { token, owner } = state;
  return { seq, token, owner, wakeAt: append.wakeAt, intents };
}

/** When someone must look at a stream next; null: only when something is said. */
export function dueOf(state: Pick<StreamState, "wakeAt" | "intents">): Instant | null {
  const times = state.intents.map((intent) => intent.due);
  if (state.wakeAt !== null) times.push(state.wakeAt);
  return times.length === 0 ? null : Math.min(...times);
}
