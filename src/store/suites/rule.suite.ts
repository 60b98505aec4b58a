// What the rules of the store's suite have in common.
import assert from "node:assert/strict";
import type { Append, Store } from "#app/ports/store.ts";
import type { Piece, PortableStore } from "../transfer.ts";

export interface Fixture {
  /** A fresh store. */
  readonly store: PortableStore;
  /** Another connection to the same store, as another process would have it. */
  again(): Promise<PortableStore>;
}

/** Proves a rule on a fresh store. */
export type Rule = (title: string, body: (fixture: Fixture) => Promise<void>) => void;

export async function ok(store: Store, asked: Append) {
  const answer = await store.append(asked);
  assert.equal(answer.ok, true, answer.ok ? "" : answer.error);
  return answer.ok ? answer.entries : [];
}

export async function refused(store: Store, asked: Append): Promise<string> {
  const answer = await store.append(asked);
  return answer.ok ? "appended" : answer.error;
}

export async function everything(store: PortableStore): Promise<Piece[]> {
  return Array.fromAsync(store.pieces());
}

/** Pieces in an order that does not depend on how a store sorts what has no order. */
export function sorted(pieces: readonly Piece[]): string[] {
  return pieces.map((piece) => JSON.stringify(piece)).sort();
}
