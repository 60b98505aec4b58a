import type { Instant } from "../base/time.ts";
import { isOverdue } from "../release/debts.ts";
import type { Release } from "../release/state.ts";

/** One thing that a release owes. */
export interface DebtReport {
  readonly release: string;
  readonly debt: string;
  readonly what: string;
  /** Who can settle it. */
  readonly roles: readonly string[];
  readonly due: Instant;
  readonly state: "open" | "overdue" | "settled";
  /** Where it can be seen that it is settled. */
  readonly link: string | null;
}

/** What a release owes, in the order in which it came to. */
export function debtReports({ plan, debts }: Release, now: Instant): readonly DebtReport[] {
  return debts.map((debt) => {
    const { id, what, roles, due, settled } = debt;
    const open = isOverdue(debt, now) ? "overdue" : "open";
    const state = settled === null ? open : "settled";
    return {
      release: plan.release,
      debt: id,
      what,
      roles,
      due,
      state,
      link: settled?.link ?? null,
    };
  });
}

/** What all these releases owe and is not settled, the earliest due first. */
export function openDebts(releases: readonly Release[], now: Instant): readonly DebtReport[] {
  return releases
    .flatMap((release) => debtReports(release, now))
    .filter(({ state }) => state !== "settled")
    .sort((a, b) => a.due - b.due);
}
