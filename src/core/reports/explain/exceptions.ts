// What may be let be, by whom, and what is owed for it.
import { formatDuration } from "../../base/time.ts";
import { listed } from "../../base/words.ts";
import { type Section, text } from "./page.ts";
import type { Told } from "./told.ts";

export function exceptionSection({ policy: { waivers } }: Told): Section {
  const said =
    waivers === undefined
      ? "Nobody may waive a gate."
      : `${text(listed(waivers.roles, "or"))} may waive a gate, with a reason. Each waiver is owed a review within ${formatDuration(waivers.review)}; a blackout is waived by nobody.`;
  return { title: "Exceptions", blocks: [said] };
}
