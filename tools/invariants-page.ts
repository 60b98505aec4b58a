import { INVARIANTS } from "#core/simulation/invariants/table.ts";
import { FAULTS } from "#core/simulation/swarm/faults.ts";
import { MUTATIONS } from "./mutations/list.ts";

/** docs/invariants.md, made from the tables of invariants, faults and planted bugs. */
export function invariantsPage(): string {
  const rules = Object.entries(INVARIANTS).map(([name, { rule }]) => `| \`${name}\` | ${rule} |`);
  const faults = Object.entries(FAULTS).map(([name, about]) => `| ${name} | ${about} |`);
  return `${[
    "# Invariants",
    "",
    "<!-- Made by `npm run generate` from src/core/simulation; do not edit. -->",
    "",
    "What holds in every life of every release, whatever goes wrong. The engine that runs releases is taken through random",
    "faults on a virtual clock (`src/core/simulation/swarm/`); every event, wish and effect of it is judged by every rule",
    "here. The rules are judged by what is true outside and by what has happened, never by the engine's own state alone.",
    "",
    "| invariant | rule |",
    "| --- | --- |",
    ...rules,
    "| `ends` | Every release comes to an end once the world is well again and people do what they are asked. |",
    "| `never throws` | No command, at whatever moment, is more than refused: the engine never breaks. |",
    "",
    "## How they are checked",
    "",
    "- `npm test` lives 2,000 lives; `npm run bench swarm` takes 100,000 releases through (see [benchmarks.md](benchmarks.md)).",
    "- A life is made from its seed alone. A failure names the seed, and `live(seed)` lives it again, event by event.",
    `- \`npm run mutations\` plants ${MUTATIONS.length} bugs into a copy of the core, one at a time, and has the swarm look for each. All must`,
    "  be found: one that is not is a hole in these rules or in the world that they are judged in.",
    "",
    "What is left out: an effect counts as done when it is begun, so work that is overtaken by a rollback while it is still",
    "under way is not modelled; leases and appends of several processes are proved by the store's own suite.",
    "",
    "## Faults",
    "",
    "Each life meets a few of these, at times none.",
    "",
    "| fault | what it is |",
    "| --- | --- |",
    ...faults,
  ].join("\n")}\n`;
}
