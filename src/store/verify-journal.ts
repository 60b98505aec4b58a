import type { Store } from "#app/ports/store.ts";
import { type ChainCheck, type ChainFault, verifyChain } from "#core/audit/chain.ts";
import type { Head } from "#core/audit/entry.ts";
import { err, type Result } from "#core/base/result.ts";
import { StoreError } from "./errors.ts";

const PAGE = 1000;
/** Below every place that a store gives out: an entry slipped in before the first must show. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/**
 * Verifies the journal of a store from its first entry to its head, in pages; and against `kept`, a head that the
 * caller got earlier and kept elsewhere. Appends may go on meanwhile. Answers the head up to which all is as written.
 */
export async function verifyJournal(store: Store, kept?: Head): Promise<Result<Head, ChainFault>> {
  const check = verifyChain(kept);
  // A page with an entry that cannot be read does not say which one it is: then one at a time will.
  for (const size of [PAGE, 1]) {
    try {
      return await walk(store, check, size);
    } catch (cause) {
      if (!(cause instanceof StoreError) || cause.code !== "journal-corrupt") throw cause;
      if (size === 1) return err({ position: check.position + 1, problem: cause.message });
    }
  }
  throw new Error("the last round answers");
}

async function walk(
  store: Store,
  check: ChainCheck,
  size: number,
): Promise<Result<Head, ChainFault>> {
  let head = await store.head();
  for (;;) {
    const entries = await store.readAll(check.position || BEFORE_ALL, size);
    for (const entry of entries) {
      const fault = check.add(entry);
      if (fault !== null) return err(fault);
    }
    if (entries.length === size) continue;
    // The page was read after the head: what the head counts must be in it.
    if (check.position < head.position) return check.end(head);
    head = await store.head();
    if (head.position <= check.position) return check.end(head);
  }
}
