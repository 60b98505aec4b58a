import { nearest, quoted } from "../../base/words.ts";
import { REPORTS } from "../../evidence/table.ts";
import type { Rule } from "../finding.ts";

/** What every command tells of itself. */
const OF_COMMANDS: readonly string[] = ["exit"];

/** A check requires only figures that its report tells: what is never told is never met. */
export const figures: Rule = (policy) =>
  Object.entries(policy.gates).flatMap(([gate, { check }]) => {
    if (check === undefined) return [];
    const { report, require } = check;
    const told = report === undefined ? [] : REPORTS[report.format].figures;
    const strange = Object.keys(require).filter(
      (figure) => !told.includes(figure) && !OF_COMMANDS.includes(figure),
    );
    return strange.map((figure) => ({
      severity: "error" as const,
      path: ["gates", gate, "check", "require", figure],
      part: "key" as const,
      sentence:
        report === undefined
          ? `${quoted(gate)} requires ${quoted(figure)} of a command that leaves no report, so it can never pass`
          : `no ${report.format} report tells ${quoted(figure)}, so ${quoted(gate)} can never pass`,
      remedy: told.length === 0 ? "Say which `report` the command leaves" : remedyOf(figure, told),
    }));
  });

function remedyOf(figure: string, told: readonly string[]): string {
  const meant = nearest(figure, told);
  return meant === null ? `It tells ${told.join(", ")}` : `Did you mean \`${meant}\`?`;
}
