// How long a new version that fails half of its requests serves before the way back is decided: the production engine and
// judge on the virtual clock, under the two policies' own triggers and looks, at 100 requests/s and 5 % weight.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { digestText } from "#core/base/digest.ts";
import { DAY } from "#core/base/time.ts";
import { type Plan, planOf } from "#core/release/plan.ts";
import { simulate } from "#core/simulation/simulate.ts";
import { world } from "#core/simulation/world.ts";
import { readPolicy } from "#policy-file/read.ts";
import type { Bench } from "./harness.ts";

const CASES = [
  { what: "MortgageMatch Pro, a hotfix", system: "mortgagematch-pro" },
  { what: "Dirt Free CRM, a hotfix", system: "dirt-free-crm" },
];

export const detectBench: Bench = {
  name: "detect",
  title: "A hard failure, from its first live request to the decision",
  about: `The new version fails half of its requests. 100 requests/s, of which it gets 5 %; looks and triggers are those of the policy.
Virtual time, so the figure is the rule's own: what a platform takes to be measured comes on top.`,
  cases: CASES.map(({ what, system }) => ({
    what,
    targets: [{ figure: "s to the decision", atMost: 15 }],
    setUp: async () => {
      const plan = hotfixOf(system);
      return {
        run: async () => ({ "s to the decision": secondsToDecide(plan) }),
        tearDown: async () => {},
      };
    },
  })),
};

function secondsToDecide(plan: Plan): number {
  const run = simulate(plan, world({ errors: 0.5 }), { from: plan.plannedAt, horizon: 30 * DAY });
  const at = (is: (type: string, step: string) => boolean) =>
    run.happened.find(({ event }) => is(event.type, "step" in event ? event.step : ""))?.at;
  const exposed = at(
    (type, step) =>
      type === "StepAnswered" && step.startsWith("production/") && step.endsWith("-shift"),
  );
  const decided = at((type) => type === "RollbackDecided");
  if (exposed === undefined || decided === undefined)
    throw new Error("the failure was not noticed");
  return (decided - exposed) / 1000;
}

function hotfixOf(system: string): Plan {
  const file = join(import.meta.dirname, "..", "policies", system, "holdpoint.yaml");
  const read = readPolicy(file, readFileSync(file, "utf8"));
  if (!read.ok) throw new Error(`${file} cannot be read`);
  const digest = digestText(system);
  const now = Temporal.Instant.from("2026-02-10T12:00Z").epochMilliseconds;
  return planOf(read.value.policy, {
    ...{
      release: `${system}-1.0.1`,
      type: "hotfix",
      version: "1.0.1",
      tag: "v1.0.1",
      incident: "INC-1",
    },
    ...{
      commit: "c".repeat(40),
      previous: { version: "1.0.0", commit: "b".repeat(40) },
      notes: "",
    },
    bundle: {
      commit: digest,
      artifacts: digest,
      configuration: digest,
      migrations: digest,
      policy: digest,
    },
    ...{ plannedAt: now, at: now, requester: "dev@example.test", authors: ["dev@example.test"] },
  });
}
