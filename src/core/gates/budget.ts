import { z } from "zod";
import { name, share } from "../base/shape.ts";
import { formatDuration, MINUTE, SECOND } from "../base/time.ts";
import { listed } from "../base/words.ts";
import { percent } from "../objectives/breaches.ts";
import { type Evidence, gate, type Verdict } from "./gate.ts";

const shape = z.strictObject({
  environment: name.describe("where the objectives are measured"),
  only: z
    .array(name)
    .default([])
    .meta({ description: "which objectives; all where it is empty", examples: [["success"]] }),
  least: share
    .default(0 as never)
    .describe("share of each error budget that must be left over and above nothing"),
  unmeasured: z
    .enum(["hold", "pass"])
    .default("hold")
    .describe("what it says while nothing was measured lately"),
});

/** A record whose last minute is older than this says nothing of now. */
const STALE = 10 * MINUTE;

/**
 * Passes while every objective has error budget left and none burns so fast that somebody would be woken: a release on top
 * of that would spend what is not there. It rests on what the worker measures minute by minute; without a fresh record it
 * does not know, and what is not known holds.
 */
export const budget = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "the error budgets are not spent and do not burn",
    examples: [{ environment: "production" }],
  }),
  say: ({ environment, only, least }) =>
    `error budget is left in ${environment} for ${only.length === 0 ? "all objectives" : listed(only)}${least > 0 ? `, at least ${percent(least / 10_000)}` : ""}`,
  ask: ({ environment }) => ({ ask: "budget", environment }),
  // The first minutes of a worker are measured within seconds; a record that is there changes by the minute.
  askAgain: (_, answer) =>
    answer.outcome === "done" && answer.facts["age"] === null ? 5 * SECOND : MINUTE,
  judge({ environment, only, least, unmeasured }, { answer }, context): Verdict {
    if (answer === undefined)
      return { verdict: "pending", reason: `the budgets of ${environment} are being looked up` };
    if (answer.outcome !== "done")
      return { verdict: "error", reason: answer.reason, lift: ["`waive` with a reason"] };
    const { facts } = answer;
    if (facts["serves"] === false)
      return { verdict: "pass", reason: `nothing serves in ${environment} yet` };
    const names = Object.keys(context.objectives).filter(
      (key) => only.length === 0 || only.includes(key),
    );
    const known = names.filter((key) => typeof facts[`${key}.left`] === "number");
    const blind = blindness(environment, known.length, facts["age"]);
    if (blind !== null) {
      return unmeasured === "pass"
        ? { verdict: "pass", reason: blind }
        : { verdict: "inconclusive", reason: blind, lift: [MEASURE, "`waive` with a reason"] };
    }
    const wrong = known.filter((key) => isSpent(facts, key, least));
    const evidence = Object.fromEntries(
      known.map((key) => [`${key}.left`, facts[`${key}.left`] ?? 0]),
    );
    if (wrong.length === 0)
      return { verdict: "pass", reason: `${known.length} error budgets are left`, evidence };
    const reason = wrong.map((key) => String(facts[`${key}.said`])).join("; ");
    return {
      verdict: "fail",
      reason,
      evidence,
      lift: ["time without errors", "`waive` with a reason"],
    };
  },
});

const MEASURE = "`holdpoint serve`, which measures it minute by minute";

function blindness(environment: string, known: number, age: Evidence[string] | undefined) {
  if (known === 0) return `no objective of ${environment} has been measured`;
  return typeof age === "number" && age > STALE
    ? `${environment} was measured last ${formatDuration(age)} ago`
    : null;
}

function isSpent(facts: Evidence, key: string, least: number): boolean {
  return Number(facts[`${key}.left`]) * 10_000 <= least || facts[`${key}.alert`] === "page";
}
