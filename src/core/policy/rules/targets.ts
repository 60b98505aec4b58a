import { formatDuration } from "../../base/time.ts";
import { quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { type Stretch, stretchOf } from "../timeline.ts";
import { acrossTypes } from "./across-types.ts";

/** What was promised of time can be kept: the phases, each at its longest, add up to no more than the target allows. */
export const targets: Rule = (policy) =>
  Object.entries(policy.targets).flatMap(([name, target]) =>
    acrossTypes(policy, (type) => late(policy, type, { name, ...target })),
  );

type Target = Policy["targets"][string] & { readonly name: string };

function late(policy: Policy, type: string, { name, types, phases, within }: Target): Found[] {
  const own = policy.types[type]?.phases ?? [];
  const asked = types.length > 0 ? types.includes(type) : phases.every((one) => own.includes(one));
  const places = phases.map((phase) => own.indexOf(phase)).filter((at) => at !== -1);
  if (!asked || places.length === 0) return [];
  const stretch = stretchOf(policy, own.slice(Math.min(...places), Math.max(...places) + 1));
  if (stretch.total <= within) return [];
  return [
    {
      severity: "error",
      path: ["targets", name, "within"],
      sentence: `${quoted(name)} is promised within ${formatDuration(within)}, and may take ${formatDuration(stretch.total)}`,
      counterexample: sum(stretch),
      remedy: "Give its phases less time, or promise more",
    },
  ];
}

/** `a 15 min, b 20 min: 35 min in all`; where a phase opens later than the one before ends, when it ends. */
export function sum({ parts, total }: Stretch): string {
  const told = parts.filter(({ takes, ends }, index) => {
    return takes > 0 || ends > (parts[index - 1]?.ends ?? 0);
  });
  const said = told.map(({ phase, takes, ends }) => {
    const before = parts[parts.findIndex((part) => part.phase === phase) - 1]?.ends ?? 0;
    const waits = ends - takes - before;
    const opens = waits > 0 ? ` (which opens ${formatDuration(waits)} after the one before)` : "";
    return `${phase}${takes > 0 ? ` ${formatDuration(takes)}` : ""}${opens}`;
  });
  return `${said.join(", ")}: ${formatDuration(total)} in all`;
}
