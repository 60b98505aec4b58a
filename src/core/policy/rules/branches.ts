import { listed, quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** A release can reach every environment on its way: each takes the branch that it is released from. */
export const branches: Rule = (policy) =>
  Object.entries(policy.types).flatMap(([type, { branch, phases }]) => {
    if (branch === undefined) return [];
    const environments = phases.map((phase) => policy.phases[phase]?.environment);
    return phases.flatMap((phase, index) => {
      const before = environments.indexOf(environments[index]) < index;
      return before ? [] : barred(policy, { type, branch, phase, index });
    });
  });

interface Place {
  readonly type: string;
  readonly branch: string;
  readonly phase: string;
  readonly index: number;
}

function barred(policy: Policy, { type, branch, phase, index }: Place): Found[] {
  const environment = policy.phases[phase]?.environment;
  const taken = policy.environments[environment ?? ""]?.branches;
  const sample = branch.replaceAll(ANY, "x");
  if (environment === undefined || taken === undefined) return [];
  if (taken.some((pattern) => matches(pattern, sample))) return [];
  return [
    {
      severity: "error",
      path: ["types", type, "phases", index],
      sentence: `release type ${type} must pass ${quoted(environment)}, which takes only ${listed(taken.map(quoted))}`,
      counterexample: `a release from the branch ${quoted(sample)} never gets past ${quoted(phase)}`,
      remedy: `Let \`environments.${environment}.branches\` take ${quoted(branch)}, or take the phase out`,
    },
  ];
}

const ANY = /\*+|\{version\}/g;

/** Whether a pattern, in which `*` and `{version}` stand for anything, takes a branch. */
function matches(pattern: string, branch: string): boolean {
  const [first = "", ...rest] = pattern.split(ANY);
  if (rest.length === 0) return pattern === branch;
  const last = rest.pop() ?? "";
  if (!branch.startsWith(first) || !branch.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = branch.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= branch.length - last.length;
}
