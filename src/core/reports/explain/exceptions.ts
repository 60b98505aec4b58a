// What may be let be, by whom, and what is owed for it.
import { formatDuration } from "../../base/time.ts";
import { listed } from "../../base/words.ts";
import { type Section, text } from "./page.ts";
import type { Told } from "./told.ts";

export function exceptionSection({ policy: { waivers, withdrawals } }: Told): Section {
  const said =
    waivers === undefined
      ? "Nobody may waive a gate."
      : `${text(listed(waivers.roles, "or"))} may waive a gate, with a reason. Each waiver is owed a review within ${formatDuration(waivers.review)}; a blackout is waived by nobody.`;
  const back =
    withdrawals === undefined
      ? "Nobody may withdraw a version that is out."
      : `${text(listed(withdrawals.roles, "or"))} may withdraw a version that is out, with a reason: what was written and published says so from then on, and its number is never used again.`;
  return { title: "Exceptions", blocks: [said, back] };
}
