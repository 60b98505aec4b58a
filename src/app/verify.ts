import type { ChainFault } from "#core/audit/chain.ts";
import type { Head } from "#core/audit/entry.ts";
import type { Result } from "#core/base/result.ts";

/** What was proved of the whole journal. */
export interface VerifyReport {
  readonly sound: boolean;
  /** How many entries are proved; all of them in a sound journal. */
  readonly entries: number;
  /** Note it down outside: `verify --head` proves later that nothing before it was rewritten. */
  readonly head: Head | null;
  /** The first thing that is wrong, with the position it was found at; null when the journal is sound. */
  readonly wrong: { readonly position: number; readonly sentence: string } | null;
}

/** Proves a journal, against a head that was noted down elsewhere if one is given. */
export type Verify = (noted?: Head) => Promise<Result<Head, ChainFault>>;

export function verifyReport(proved: Result<Head, ChainFault>): VerifyReport {
  if (proved.ok) {
    return { sound: true, entries: proved.value.position, head: proved.value, wrong: null };
  }
  const { position, problem } = proved.error;
  return {
    sound: false,
    entries: Math.max(0, position - 1),
    head: null,
    wrong: { position, sentence: problem },
  };
}
