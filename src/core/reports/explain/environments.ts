// Where the system runs, and in which order a release passes these places.
import { listed } from "../../base/words.ts";
import { type Section, text } from "./page.ts";
import type { Told } from "./told.ts";

export function environmentSection({ policy }: Told): Section {
  const all = Object.keys(policy.services);
  const rows = Object.entries(policy.environments).map(([name, environment]) => {
    const { description = "", after = "", services, promotion, branches = [] } = environment;
    const how = [
      ...(promotion === undefined ? [] : [`promotion is ${promotion}`]),
      ...(branches.length > 0 ? [`takes ${listed(branches, "or")}`] : []),
    ];
    return [
      `**${text(name)}**`,
      text(description),
      text(after),
      text(listed(services.length > 0 ? services : all)),
      text(how.join("; ")),
    ];
  });
  const head = ["environment", "for", "after", "what runs there", "how it is reached"];
  return { title: "Where it runs", blocks: [{ head, rows }] };
}
