import {
  type Append,
  type Appended,
  type BoardRow,
  inRowOrder,
  type Lease,
  type RowFilter,
  type Store,
  type StoredIntent,
} from "#app/ports/store.ts";
import { EMPTY_HEAD, type Entry, type Head } from "#core/audit/entry.ts";
import type { Instant } from "#core/base/time.ts";
import { type Bell, bell } from "./bell.ts";
import { checkAppend } from "./check-append.ts";
import { type Changes, decideAppends, dueOf, type StreamState } from "./decide-append.ts";
import { StoreError } from "./errors.ts";
import { MemoryMeasures } from "./memory-measures.ts";
import type { Piece, PortableStore } from "./transfer.ts";

type Claim = Parameters<Store["claim"]>[0];

interface Kept extends StreamState {
  readonly entries: Entry[];
  readonly until: Instant;
  readonly due: Instant | null;
}

const NOTHING: Kept = {
  seq: 0,
  token: 0,
  owner: null,
  wakeAt: null,
  intents: [],
  entries: [],
  until: 0,
  due: null,
};

/** A store that ends with the process: for simulations and tests. What it is given must not be changed afterwards. */
export class MemoryStore implements PortableStore {
  #head: Head = EMPTY_HEAD;
  readonly #journal: Entry[] = [];
  readonly #streams = new Map<string, Kept>();
  readonly #rows = new Map<string, BoardRow>();
  readonly #requests = new Set<string>();
  readonly #holds = new Map<string, string>();
  readonly #bell: Bell = bell();
  readonly measures = new MemoryMeasures();

  async append(append: Append): Promise<Appended> {
    checkAppend(append);
    const before = { head: this.#head, streams: this.#streams, requests: this.#requests };
    const { answers, changes } = decideAppends(before, [append]);
    const [answer] = answers;
    if (answer === undefined) throw new Error("one append has one answer");
    if (answer.ok) {
      this.#save(changes);
      this.#bell.ring();
    }
    return answer;
  }

  async read(stream: string, after = 0): Promise<readonly Entry[]> {
    return this.#streams.get(stream)?.entries.slice(after) ?? [];
  }

  async readAll(after: number, limit: number): Promise<readonly Entry[]> {
    const from = Math.max(after, 0);
    return this.#journal.slice(from, from + limit);
  }

  async head(): Promise<Head> {
    return this.#head;
  }

  async rows({ ended, release, before, limit }: RowFilter): Promise<readonly BoardRow[]> {
    return [...this.#rows.values()]
      .filter((row) => ended === undefined || row.ended === ended)
      .filter((row) => release === undefined || row.release === release)
      .filter((row) => before === undefined || inRowOrder(before, row) < 0)
      .sort(inRowOrder)
      .slice(0, limit);
  }

  async intents(stream: string): Promise<readonly StoredIntent[]> {
    return inOrder(this.#streams.get(stream)?.intents ?? []);
  }

  async postpone(intent: string, due: Instant): Promise<void> {
    for (const [stream, state] of this.#streams) {
      if (!state.intents.some(({ id }) => id === intent)) continue;
      const intents = state.intents.map((old) =>
        old.id === intent ? { ...old, due, attempts: old.attempts + 1 } : old,
      );
      this.#change(stream, { intents });
    }
  }

  async claim({ owner, now, lease, limit, stream }: Claim): Promise<readonly Lease[]> {
    const free: { stream: string; due: Instant; token: number }[] = [];
    for (const [name, { due, until, token, owner: holder }] of this.#streams) {
      if (stream !== undefined && name !== stream) continue;
      if (due === null || due > now || (holder !== null && until > now)) continue;
      free.push({ stream: name, due, token: token + 1 });
    }
    free.sort((a, b) => a.due - b.due || (a.stream < b.stream ? -1 : 1));
    return free.slice(0, limit).map((next) => {
      const granted = { owner, token: next.token, until: now + lease };
      this.#change(next.stream, granted);
      return { stream: next.stream, ...granted };
    });
  }

  async renew(lease: Lease, until: Instant): Promise<Lease | null> {
    if (!this.#isLatest(lease)) return null;
    this.#change(lease.stream, { until });
    return { ...lease, until };
  }

  async yield(lease: Lease): Promise<void> {
    if (this.#isLatest(lease)) this.#change(lease.stream, { owner: null, until: 0 });
  }

  async nextDue(): Promise<Instant | null> {
    let next: Instant | null = null;
    for (const { due, owner, until } of this.#streams.values()) {
      if (due === null) continue;
      const at = owner === null ? due : Math.max(due, until);
      if (next === null || at < next) next = at;
    }
    return next;
  }

  async hold(name: string, holder: string): Promise<string> {
    const known = this.#holds.get(name);
    if (known === undefined) this.#holds.set(name, holder);
    return known ?? holder;
  }

  async holder(name: string): Promise<string | null> {
    return this.#holds.get(name) ?? null;
  }

  async letGo(name: string, holder: string): Promise<void> {
    if (this.#holds.get(name) === holder) this.#holds.delete(name);
  }

  onAppend(listener: () => void): () => void {
    return this.#bell.listen(listener);
  }

  async close(): Promise<void> {}

  async *pieces(): AsyncGenerator<Piece> {
    const streams = [...this.#streams];
    const rest: Piece[] = [
      ...[...this.#rows.values()].map((row): Piece => ({ kind: "row", row })),
      ...[...this.#requests].map((request): Piece => ({ kind: "request", request })),
      ...[...this.#holds].map(([name, holder]): Piece => ({ kind: "hold", name, holder })),
      ...this.measures.minutes().map((minute): Piece => ({ kind: "minute", minute })),
      { kind: "head", head: this.#head },
    ];
    for (const entry of [...this.#journal]) yield { kind: "entry", entry };
    for (const [stream, { seq, token, wakeAt, intents }] of streams) {
      yield { kind: "stream", stream, seq, token, wakeAt, intents: inOrder(intents) };
    }
    yield* rest;
  }

  async fill(pieces: AsyncIterable<Piece>): Promise<void> {
    if (this.#journal.length > 0) throw new StoreError("not-empty", "The store has entries.");
    for (const piece of await Array.fromAsync(pieces)) this.#put(piece);
  }

  #put(piece: Piece): void {
    if (piece.kind === "entry") this.#enter(piece.entry);
    else if (piece.kind === "stream") this.#change(piece.stream, piece);
    else if (piece.kind === "row") this.#rows.set(piece.row.release, piece.row);
    else if (piece.kind === "request") this.#requests.add(piece.request);
    else if (piece.kind === "hold") this.#holds.set(piece.name, piece.holder);
    else if (piece.kind === "minute") this.measures.put(piece.minute);
  }

  #save({ entries, streams, rows, requests }: Changes): void {
    for (const entry of entries) this.#enter(entry);
    for (const [stream, state] of streams) this.#change(stream, state);
    for (const [release, row] of rows) this.#rows.set(release, row);
    for (const request of requests) this.#requests.add(request);
  }

  #enter(entry: Entry): void {
    this.#journal.push(entry);
    this.#head = { position: entry.position, hash: entry.hash };
    const known = this.#streams.get(entry.stream);
    if (known === undefined) this.#streams.set(entry.stream, { ...NOTHING, entries: [entry] });
    else known.entries.push(entry);
  }

  #change(stream: string, change: Partial<Kept>): void {
    const { entries, ...known } = this.#streams.get(stream) ?? { ...NOTHING, entries: [] };
    const { seq, token, owner, wakeAt, intents, until } = { ...known, ...change };
    const state = { seq, token, owner, wakeAt, intents, until, entries };
    this.#streams.set(stream, { ...state, due: dueOf(state) });
  }

  #isLatest(lease: Lease): boolean {
    const state = this.#streams.get(lease.stream);
    return state?.token === lease.token && state.owner === lease.owner;
  }
}

/** The order in which a store tells intents: the earliest due first. */
function inOrder(intents: readonly StoredIntent[]): readonly StoredIntent[] {
  return intents.toSorted((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1));
}
