import { formatDuration } from "../../base/time.ts";
import { quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { opensAt, stretchOf } from "../timeline.ts";
import { sum } from "./targets.ts";

/** Every clock of a release type can be kept: what comes before its end takes no longer, each phase at its longest. */
export const clocks: Rule = (policy) =>
  Object.entries(policy.types).flatMap(([type, { clocks: all }]) =>
    Object.entries(all).flatMap(([name, clock]) => late(policy, { type, name, clock })),
  );

type Clock = Policy["types"][string]["clocks"][string];

function late(
  policy: Policy,
  { type, name, clock }: { type: string; name: string; clock: Clock },
): Found[] {
  const all = policy.types[type]?.phases ?? [];
  const phases = clock.from === "zero" ? fromZeroOn(policy, all) : all;
  const { phase, gate } = clock;
  const ends =
    phase === undefined
      ? phases.findIndex((one) => policy.phases[one]?.gates.includes(gate ?? "")) - 1
      : phases.indexOf(phase);
  if (ends < 0) return [];
  const stretch = stretchOf(policy, phases.slice(0, ends + 1));
  if (stretch.total <= clock.within) return [];
  return [
    {
      severity: "warning",
      path: ["types", type, "clocks", name, "within"],
      sentence: `the clock ${quoted(name)} runs out after ${formatDuration(clock.within)}, and what comes before may take ${formatDuration(stretch.total)}`,
      counterexample: sum(stretch),
      remedy: "Give the phases less time, or the clock more",
    },
  ];
}

/** The phases from T-0 on: from the first that opens at it or later. */
function fromZeroOn(policy: Policy, phases: readonly string[]): readonly string[] {
  const first = phases.findIndex((phase) => (opensAt(policy, phase) ?? -1) >= 0);
  return first === -1 ? [] : phases.slice(first);
}
