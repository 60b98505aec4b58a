import type { Instant } from "../base/time.ts";
import type { Evidence } from "../gates/gate.ts";

/** Something that a gate asks of people, and who has said yes to it. */
export interface AskReport {
  readonly name: string;
  readonly text: string;
  readonly wanted: number;
  readonly given: readonly { readonly by: string; readonly at: Instant; readonly note: string }[];
}

export interface GateReport {
  readonly name: string;
  readonly kind: string;
  readonly level: string;
  readonly owner: string | null;
  readonly verdict: string;
  readonly reason: string;
  readonly lift: readonly string[];
  readonly until: Instant | null;
  /** What the verdict rests on: counts, names, figures. */
  readonly evidence: Evidence;
  /** When its question was answered last; null where it has none, or no answer yet. */
  readonly answeredAt: Instant | null;
  readonly asks: readonly AskReport[];
}
