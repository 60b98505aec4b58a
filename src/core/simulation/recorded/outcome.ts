// What became of a release under another policy, for people; the console loads this without the engine behind it.
import { formatDuration, type Millis } from "../../base/time.ts";

/** same: as it was; sooner, delayed: its work would have begun then; allowed: it would have got stable, and did not. */
export const OUTCOMES = ["same", "sooner", "delayed", "allowed", "blocked", "turned back"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Hindsight {
  readonly release: string;
  readonly type: string;
  readonly version: string;
  readonly outcome: Outcome;
  /** How much later its work would have begun, in ms; less than 0 is sooner; null where it did not begin on one side. */
  readonly by: Millis | null;
  /** Why, one phrase each: what holds it, who could lift that, why it turns back. */
  readonly because: readonly string[];
}

const SAY: Readonly<Record<Outcome, string>> = {
  same: "as it went",
  sooner: "would have gone sooner",
  delayed: "would have been delayed",
  allowed: "would have got stable, and did not",
  blocked: "would have been blocked",
  "turned back": "would have turned back",
};

/** `would have been delayed by 2 h`. */
export function sayOutcome({ outcome, by }: Pick<Hindsight, "outcome" | "by">): string {
  const when = by === null || Math.abs(by) < 1000 ? "" : ` by ${formatDuration(Math.abs(by))}`;
  return `${SAY[outcome]}${when}`;
}
