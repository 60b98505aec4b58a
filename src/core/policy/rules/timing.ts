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
  ...Object.keys(policy.types).flatMap((type) => ofWindows(policy, type)),
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
  if (longest === undefined || work <= longest) return [];
  return [
    error(
      ["phases", name, "longest"],
      `its steps may take ${formatDuration(work)}, which is longer than ${formatDuration(longest)}`,
      "Allow more, or give the steps shorter limits",
    ),
  ];
}

/** Windows that work must end in, and that the work behind their gate never fits in. */
function ofWindows(policy: Policy, type: string) {
  const { phases = [], cadence = [] } = policy.types[type] ?? {};
  return phases.flatMap((name, index) => {
    const behind = phases.slice(index).find((one) => policy.phases[one]?.steps.length);
    const work = boundOf((policy.phases[behind ?? ""]?.steps ?? []).map(stepSpec));
    const gates = policy.phases[name]?.gates ?? [];
    return gates.flatMap((gate) => {
      const windows = policy.gates[gate]?.window?.in;
      const asked = windows === undefined || windows.length > 0 ? windows : cadence;
      return (asked ?? []).flatMap((window) => tooShort(policy, { name, type, window, work }));
    });
  });
}

function tooShort(
  policy: Policy,
  at: { name: string; type: string; window: string; work: Millis },
) {
  const { name, type, window, work } = at;
  const longest = policy.calendar.windows[window]?.longest;
  if (longest === undefined || work <= longest) return [];
  const sentence = `the work of a ${type} release that ${quoted(name)} lets go may take ${formatDuration(work)}, but in the window ${quoted(window)} at most ${formatDuration(longest)}`;
  return [error(["phases", name, "gates"], sentence, "Give the steps shorter limits")];
}

function error(path: Finding["path"], sentence: string, remedy: string) {
  return { severity: "error" as const, path, sentence, remedy };
}
