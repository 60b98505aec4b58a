import { quoted } from "../../base/words.ts";
import type { Rule } from "../finding.ts";
import { namesOf, referencesIn } from "./references.ts";

/** What is said is used: a gate that no phase names is a check that nobody makes. */
export const unused: Rule = (policy) => {
  // A promise about a phase does not use it, and showing an environment does not work in it.
  const used = referencesIn(policy).filter(
    ({ path }) => path[0] !== "targets" && path[1] !== "areas",
  );
  return SORTS.flatMap(({ what, path, by }) => {
    const names = new Set(used.filter(({ to }) => to === what).map(({ name }) => name));
    return [...namesOf(policy, what)]
      .filter((name) => !names.has(name))
      .map((name) => ({
        severity: "warning" as const,
        path: [...path, name],
        part: "key" as const,
        sentence: `the ${what} ${quoted(name)} is used by ${by}`,
        remedy: "Use it, or take it out",
      }));
  });
};

const SORTS = [
  { what: "gate", path: ["gates"], by: "no phase" },
  { what: "phase", path: ["phases"], by: "no release type" },
  { what: "window", path: ["calendar", "windows"], by: "no gate and no type" },
  { what: "environment", path: ["environments"], by: "no phase" },
  { what: "channel", path: ["channels"], by: "no `tell`, no gate and no step" },
  { what: "message", path: ["messages"], by: "no `tell`, no gate and no step" },
] as const;
