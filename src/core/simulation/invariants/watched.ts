import { MINUTE } from "../../base/time.ts";
import type { Invariant } from "./invariant.ts";

export const watched: Invariant = {
  rule: "While the new version gets traffic and the release can still turn back by itself, it is looked at: the next look is never further away than the policy's rhythm.",
  wants({ chronicle, release, outside, doer, now }, { intents }) {
    if (release.stand.at !== "phase") return null;
    const environment = chronicle.current?.step.environment;
    if (environment === undefined) return null;
    const { canary, weight } = outside.place(environment);
    if (canary !== doer.version || weight === 0) return null;
    const look = intents.find(({ wanted }) => wanted.ask === "look");
    if (look?.wanted.ask !== "look") return `${environment} is not looked at`;
    if (look.wanted.environment !== environment)
      return `${look.wanted.environment} is looked at, not ${environment}`;
    const late = look.due - now;
    return late > 5 * MINUTE ? `the next look is ${late} ms away` : null;
  },
};
