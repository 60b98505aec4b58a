import { type Digest, digestOf } from "../base/digest.ts";
import { err, ok, type Result } from "../base/result.ts";
import { EMPTY_HEAD, type Entry, type Head, type NewEvent } from "./entry.ts";

/** The entry that an event becomes behind `head`, as number `seq` of its stream. */
export function chain(head: Head, stream: string, seq: number, event: NewEvent): Entry {
  const unsigned = {
    position: head.position + 1,
    stream,
    seq,
    type: event.type,
    version: event.version,
    at: event.at,
    by: event.by,
    data: event.data,
    prev: head.hash,
  };
  return { ...unsigned, hash: digestOf(unsigned) };
}

/** Where a journal is no longer what was written, and in one sentence what is wrong there. */
export interface ChainFault {
  /** The first bad position. */
  readonly position: number;
  readonly problem: string;
}

export interface ChainCheck {
  /** Takes the next entry; a fault, once found, is the answer from then on. */
  add(entry: Entry): ChainFault | null;
  /** Closes the check against the head that the journal itself records: a cut tail shows here. */
  end(recorded: Head): Result<Head, ChainFault>;
  /** The last position seen so far; 0 before the first. */
  readonly position: number;
  /** The last `seq` of every stream seen so far. */
  readonly seqs: ReadonlyMap<string, number>;
}

/**
 * Checks a journal entry by entry, in order, in memory that grows with the streams and not with the entries. Finds any
 * changed field and any entry that was dropped, inserted or swapped; `end` finds a cut tail. A rewrite of the whole
 * rest is consistent in itself: only `kept`, a head that the caller got earlier and kept elsewhere, can tell.
 */
export function verifyChain(kept?: Head): ChainCheck {
  const seqs = new Map<string, number>();
  let head = EMPTY_HEAD;
  let fault = kept?.position === 0 ? keptFault(EMPTY_HEAD, kept) : null;
  return {
    seqs,
    get position() {
      return head.position;
    },
    add(entry) {
      fault ??= entryFault(head, seqs.get(entry.stream) ?? 0, entry) ?? keptFault(entry, kept);
      head = { position: entry.position, hash: entry.hash };
      seqs.set(entry.stream, entry.seq);
      return fault;
    },
    end(recorded) {
      fault ??= tailFault(head, recorded, "the journal's own record") ?? lostFault(head, kept);
      return fault === null ? ok(head) : err(fault);
    },
  };
}

function entryFault(head: Head, seq: number, entry: Entry): ChainFault | null {
  const position = head.position + 1;
  const at = (problem: string): ChainFault => ({ position, problem });
  if (entry.position !== position) {
    return at(`Entry ${position} is not there: in its place stands entry ${entry.position}.`);
  }
  if (entry.hash !== hashOf(entry)) {
    return at(`Entry ${position} was changed: its hash does not fit what it says.`);
  }
  if (entry.prev !== head.hash) {
    return at(
      `Entry ${position} does not follow the entry before it: one of the two was replaced.`,
    );
  }
  if (entry.seq !== seq + 1) {
    return at(
      `Entry ${position} is number ${entry.seq} of stream ${entry.stream}, where number ${seq + 1} comes next.`,
    );
  }
  return null;
}

function hashOf(entry: Entry): Digest {
  const before = { position: entry.position - 1, hash: entry.prev };
  return chain(before, entry.stream, entry.seq, entry).hash;
}

function keptFault(at: Head, kept: Head | undefined): ChainFault | null {
  if (kept?.position !== at.position || kept.hash === at.hash) return null;
  const problem = `Entry ${at.position} is not the one whose hash was kept elsewhere: the journal was written anew.`;
  return { position: at.position, problem };
}

function lostFault(head: Head, kept: Head | undefined): ChainFault | null {
  if (kept === undefined || kept.position <= head.position) return null;
  return tailFault(head, kept, "the head kept elsewhere");
}

function tailFault(head: Head, recorded: Head, by: string): ChainFault | null {
  if (recorded.position === head.position) {
    if (recorded.hash === head.hash) return null;
    const problem = `Entry ${head.position} is the last, but by ${by} it has another hash.`;
    return { position: head.position, problem };
  }
  const position = Math.min(head.position, recorded.position) + 1;
  const problem = `The journal ends at entry ${head.position}, but by ${by} it ends at entry ${recorded.position}.`;
  return { position, problem };
}
