import { type Instant, MINUTE } from "#core/base/time.ts";
import type { DebtReport } from "#core/reports/debts.ts";
import { awayFrom } from "./moment.ts";
import type { Look } from "./tone.ts";

/** A debt as it stands at a moment: the clock alone makes it overdue. */
export interface Owed extends DebtReport {
  readonly look: Look;
  /** `due in 2 d 3 h`, `overdue since 5 min`; empty once it is settled. */
  readonly countdown: string;
}

/** What is owed, the most urgent first, what is settled last. */
export function owed(debts: readonly DebtReport[], now: Instant): readonly Owed[] {
  return debts
    .map((debt) => ({ ...debt, ...standing(debt, now) }))
    .toSorted(
      (a, b) => Number(a.state === "settled") - Number(b.state === "settled") || a.due - b.due,
    );
}

function standing({ state, due }: DebtReport, now: Instant): Pick<Owed, "look" | "countdown"> {
  if (state === "settled")
    return { look: { tone: "good", mark: "✓", word: "settled" }, countdown: "" };
  // In its last hour the seconds count.
  const away = awayFrom(due, now, Math.abs(due - now) < 60 * MINUTE);
  if (now >= due)
    return { look: { tone: "bad", mark: "!", word: "overdue" }, countdown: `was due ${away}` };
  return { look: { tone: "wait", mark: "◷", word: "open" }, countdown: `due ${away}` };
}
