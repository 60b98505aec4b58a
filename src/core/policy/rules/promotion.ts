import { listed, quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** Each promotion is either by hand or by itself: what is said of an environment is what the releases do that go there. */
export const promotion: Rule = (policy) =>
  Object.entries(policy.environments).flatMap(([name, { promotion: how }]) => {
    if (how === undefined) return [];
    return Object.keys(policy.types).flatMap((type) =>
      how === "manual" ? ofManual(policy, name, type) : ofAutomatic(policy, name, type),
    );
  });

/** Nothing goes there without somebody's yes, so no merge sends it there, and some gate on the way asks people. */
function ofManual(policy: Policy, environment: string, type: string): Found[] {
  const { phases = [], starts } = policy.types[type] ?? {};
  const first = phases.findIndex((phase) => policy.phases[phase]?.environment === environment);
  if (first === -1) return [];
  const asked = phases.slice(0, first + 1).flatMap((phase) => asking(policy, phase));
  if (starts === "merge")
    return [
      {
        severity: "error",
        path: ["types", type, "starts"],
        sentence: `a merge sends releases of type ${type} to ${quoted(environment)}, which is promoted by hand`,
        counterexample:
          asked.length === 0
            ? "a merge goes out, and nobody was asked"
            : `a merge goes out by itself as the one says, and waits for ${listed(asked.map(quoted))} as the other does`,
        remedy: `Say \`starts: by-hand\`, or make \`environments.${environment}.promotion\` automatic`,
      },
    ];
  if (asked.length > 0) return [];
  return [
    {
      severity: "error",
      path: ["environments", environment, "promotion"],
      sentence: `${quoted(environment)} is promoted by hand, and nobody is asked before a release of type ${type} goes there`,
      counterexample: `a release of type ${type} passes from its planning to ${quoted(phases[first] ?? "")} without anybody`,
      remedy: "Put a `signoff` or a `checklist` before it",
    },
  ];
}

/** Nothing that goes there waits for somebody at its door. */
function ofAutomatic(policy: Policy, environment: string, type: string): Found[] {
  const phases = policy.types[type]?.phases ?? [];
  const first = phases.find((phase) => policy.phases[phase]?.environment === environment);
  const asked = first === undefined ? [] : asking(policy, first);
  if (asked.length === 0) return [];
  return [
    {
      severity: "error",
      path: ["environments", environment, "promotion"],
      sentence: `${quoted(environment)} is promoted automatically, and a release of type ${type} waits there for ${listed(asked.map(quoted))}`,
      remedy: "Make it manual, or take the gate out",
    },
  ];
}

/** The gates of a phase that people answer, and that hold. */
function asking(policy: Policy, phase: string): readonly string[] {
  return (policy.phases[phase]?.gates ?? []).filter((name) => {
    const { signoff, checklist, level } = policy.gates[name] ?? {};
    return level === "hold" && (signoff !== undefined || checklist !== undefined);
  });
}
