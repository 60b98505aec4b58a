import type { MinuteTally } from "#app/ports/measures.ts";
import type { BoardRow, Store } from "#app/ports/store.ts";
import type { Entry, Head } from "#core/audit/entry.ts";
import type { Changes, StreamState } from "./decide-append.ts";

/** One thing that a store keeps. All pieces of a store, the entries first and in order, the head last, are all of it. */
export type Piece =
  | { readonly kind: "entry"; readonly entry: Entry }
  | ({ readonly kind: "stream"; readonly stream: string } & Omit<StreamState, "owner">)
  | { readonly kind: "row"; readonly row: BoardRow }
  | { readonly kind: "request"; readonly request: string }
  | { readonly kind: "hold"; readonly name: string; readonly holder: string }
  | { readonly kind: "minute"; readonly minute: MinuteTally }
  /** The last piece: what the store itself records as its last entry. */
  | { readonly kind: "head"; readonly head: Head };

/** What stores of ours can beyond the port: be written out whole and be filled. */
export interface Portable {
  /** Everything at one moment, whatever is appended meanwhile. Running leases stay behind, their tokens go along. */
  pieces(): AsyncIterable<Piece>;
  /**
   * Fills an empty store, all or nothing: when `pieces` throws, the store stays empty and the error comes out again.
   * @throws {StoreError} `not-empty` for a store that has an entry.
   */
  fill(pieces: AsyncIterable<Piece>): Promise<void>;
}

export type PortableStore = Store & Portable;

/** Pieces as the changes that they make behind `head`, so that a store fills itself by what it appends with. */
export function changesOf(
  pieces: readonly Piece[],
  head: Head,
): Changes & { holds: ReadonlyMap<string, string>; minutes: readonly MinuteTally[] } {
  const entries: Entry[] = [];
  const streams = new Map<string, StreamState>();
  const rows = new Map<string, BoardRow>();
  const requests = new Set<string>();
  const holds = new Map<string, string>();
  const minutes: MinuteTally[] = [];
  for (const piece of pieces) {
    if (piece.kind === "entry") entries.push(piece.entry);
    else if (piece.kind === "stream") streams.set(piece.stream, { ...piece, owner: null });
    else if (piece.kind === "row") rows.set(piece.row.release, piece.row);
    else if (piece.kind === "request") requests.add(piece.request);
    else if (piece.kind === "hold") holds.set(piece.name, piece.holder);
    else if (piece.kind === "minute") minutes.push(piece.minute);
  }
  const { position, hash } = entries.at(-1) ?? head;
  return { head: { position, hash }, entries, streams, rows, requests, holds, minutes };
}

/** Gathers pieces into lots, so that a store can write many at once. */
export async function* inLots<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let lot: T[] = [];
  for await (const item of items) {
    lot.push(item);
    if (lot.length < size) continue;
    yield lot;
    lot = [];
  }
  if (lot.length > 0) yield lot;
}
