import { formatInstant } from "#core/base/time.ts";
import type { DebtReport } from "#core/reports/debts.ts";
import { type Paint, plain } from "../text.ts";

/** What is owed, one line each. */
export function debtLines(debts: readonly DebtReport[], paint: Paint): string[] {
  return debts.map(({ release, debt, what, roles, due, state, link }) => {
    const end = state === "settled" ? `settled, ${link}` : `${state}, due ${formatInstant(due)}`;
    const line = `owes      ${release} ${debt}: ${what} (${roles.join(" or ")}); ${end}`;
    return state === "overdue" ? paint.bad(plain(line)) : plain(line);
  });
}
