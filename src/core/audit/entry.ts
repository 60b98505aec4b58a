import type { Json } from "../base/canonical.ts";
import type { Digest } from "../base/digest.ts";
import type { Instant } from "../base/time.ts";

/** An event on its way into the journal. `version` is the version of its type's shape. */
export interface NewEvent {
  readonly type: string;
  readonly version: number;
  readonly at: Instant;
  /** Who or what caused it: a person, or `holdpoint`. */
  readonly by: string;
  readonly data: Json;
}

/**
 * An entry of the journal. Entries form one chain: `hash` is the SHA-256 of the canonical encoding of all other fields,
 * and `prev` is the hash of the entry at the position before (64 zeros for the first).
 */
export interface Entry extends NewEvent {
  /** Place in the whole journal: 1, 2, 3 ... without a gap. */
  readonly position: number;
  readonly stream: string;
  /** Place in the stream: 1, 2, 3 ... without a gap. */
  readonly seq: number;
  readonly prev: Digest;
  readonly hash: Digest;
}

/** The last entry of a journal, by its place and its hash: whoever keeps one elsewhere can tell later what was changed. */
export interface Head {
  readonly position: number;
  readonly hash: Digest;
}

/** The head of an empty journal. */
export const EMPTY_HEAD: Head = { position: 0, hash: "0".repeat(64) };
