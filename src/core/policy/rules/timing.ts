import { formatDuration, type Millis } from "../../base/time.ts";
import { quoted } from "../../base/words.ts";
import type { Finding, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { boundOf } from "../rollback-plan.ts";
import { stepSpec } from "../specs.ts";

/** Clocks look at something that the release has, work fits into its limits and windows, a blackout excepts nobody. */
export const timing: Rule = (policy) => [
  ...Object.keys(policy.types).flatMap((type) => ofClocks(policy, type)),
  ...Object.keys(policy.phases).flatMap((phase) => ofPhase(policy, phase)),
  ...Object.entries(policy.calendar.windows).flatMap(([name, window]) =>
    window.longest === undefined || window.longest <= window.for
      ? []
      : [
          error(
            ["calendar", "windows", name, "longest"],
            `work in the window ${quoted(name)} may take ${formatDuration(window.longest)}, but it is open for ${formatDuration(window.for)}`,
            "Let it be open for longer, or allow less",
          ),
        ],
  ),
  ...Object.entries(policy.calendar.freezes).flatMap(([name, { kind, except }]) =>
    kind === "blackout" && except.length > 0
      ? [
          error(
            ["calendar", "freezes", name, "except"],
            `the blackout ${quoted(name)} leaves out ${except.join(", ")}, but no type may pass a blackout`,
            "Make it a freeze, or take `except` out",
          ),
        ]
      : [],
  ),
];

function ofClocks(policy: Policy, type: string) {
  const { clocks = {}, phases = [] } = policy.types[type] ?? {};
  const gates = new Set(phases.flatMap((phase) => policy.phases[phase]?.gates ?? []));
  return Object.entries(clocks).flatMap(([name, { phase, gate }]) => {
    const path = ["types", type, "clocks", name];
    if ((phase === undefined) === (gate === undefined)) {
      const sentence = `the clock ${quoted(name)} must say one thing that has passed by then, a \`phase\` or a \`gate\``;
      return [error(path, sentence, "Give one of them")];
    }
    const known = phase === undefined ? gates.has(gate ?? "") : phases.includes(phase);
    if (known) return [];
    const what =
      phase === undefined ? `the gate ${quoted(gate ?? "")}` : `the phase ${quoted(phase)}`;
    const remedy = "Name one that the type has, or the clock always runs out";
    return [error(path, `a release of type ${type} never passes ${what}`, remedy)];
  });
}

function ofPhase(policy: Policy, name: string) {
  const phase = policy.phases[name];
  if (phase === undefined) return [];
  const work = boundOf(phase.steps.map(stepSpec));
  const { longest } = phase;
  const tooLong =
    longest === undefined || work <= longest
      ? []
      : [
          error(
            ["phases", name, "longest"],
            `its steps may take ${formatDuration(work)}, which is longer than ${formatDuration(longest)}`,
            "Allow more, or give the steps shorter limits",
          ),
        ];
  return [...tooLong, ...phase.gates.flatMap((gate) => ofWindow(policy, { gate, name, work }))];
}

/** A window that work must end in, and that no work of the phase fits in. */
function ofWindow(
  policy: Policy,
  { gate, name, work }: { gate: string; name: string; work: Millis },
) {
  const windows = policy.gates[gate]?.window?.in ?? [];
  return windows.flatMap((window) => {
    const longest = policy.calendar.windows[window]?.longest;
    if (longest === undefined || work <= longest) return [];
    const sentence = `the steps of ${quoted(name)} may take ${formatDuration(work)}, but work in the window ${quoted(window)} at most ${formatDuration(longest)}`;
    return [error(["phases", name, "gates"], sentence, "Give the steps shorter limits")];
  });
}

function error(path: Finding["path"], sentence: string, remedy: string) {
  return { severity: "error" as const, path, sentence, remedy };
}
