import { z } from "zod";
import { duration, name } from "../base/shape.ts";
import { MINUTE, SECOND } from "../base/time.ts";
import { breaches, since } from "../judge/measure.ts";
import type { Counters, Reading } from "../judge/reading.ts";
import { probeFields } from "./probes.ts";
import { type Attempt, environmentOf, type Move, type StepContext, step } from "./step.ts";

const shape = z.strictObject({
  ...probeFields,
  of: z.enum(["canary", "stable"]).default("canary").describe("which version is verified"),
  objectives: z.array(name).default([]).describe("objectives that must be kept meanwhile"),
  over: duration.default(30 * SECOND).describe("how long the objectives are measured"),
});
type Config = z.infer<typeof shape>;

/** Verifies one version: its health paths answer, and the objectives are kept on the traffic measured meanwhile. */
export const verify = step<Config>({
  shape: shape.meta({
    description:
      "proves that one version serves well: its paths answer, and the objectives are kept",
    examples: [{ paths: ["/api/ready"], objectives: ["latency"], over: "1 min" }],
  }),
  next(config, attempt, context) {
    const environment = environmentOf(context);
    const { paths, times, every, within, of } = config;
    const probes = paths.length > 0 ? 1 : 0;
    if (attempt.answers.length < probes) {
      return {
        move: "ask",
        work: { ask: "probe", environment, version: of, paths, times, every, timeout: within },
      };
    }
    if (config.objectives.length === 0) return { move: "done" };
    return measured(config, attempt.answers.slice(probes), environment, context);
  },
  bound: ({ within, over, paths, objectives }) =>
    (paths.length > 0 ? within : 0) + (objectives.length > 0 ? over + MINUTE : 0),
  undo: () => ({ undo: "nothing" }),
});

function measured(
  config: Config,
  answers: Attempt["answers"],
  environment: string,
  context: StepContext,
): Move {
  const [first, last] = answers;
  const ask: Move = { move: "ask", work: { ask: "measure", environment } };
  if (first === undefined) return ask;
  if (context.now < first.at + config.over)
    return { move: "wait", until: first.at + config.over, why: "measuring" };
  if (last === undefined) return ask;
  const [before, after] = [first.answer, last.answer].map((answer) =>
    countersOf(answer.outcome === "done" ? answer.reading : undefined, config.of),
  );
  if (after === undefined)
    return { move: "fail", reason: `the ${config.of} version cannot be measured` };
  const wanted = Object.entries(context.objectives).filter(([key]) =>
    config.objectives.includes(key),
  );
  const counters = since(before, after);
  const broken = breaches(Object.fromEntries(wanted), counters);
  if (broken.length > 0) return { move: "fail", reason: broken.join("; ") };
  return { move: "done", evidence: { requests: counters.requests, errors: counters.errors } };
}

function countersOf(reading: Reading | undefined, of: Config["of"]): Counters | undefined {
  return (of === "canary" ? reading?.canary : reading?.baseline)?.counters;
}
