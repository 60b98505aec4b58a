import { z } from "zod";
import { duration, name } from "../base/shape.ts";
import { MINUTE, SECOND } from "../base/time.ts";
import { listed } from "../base/words.ts";
import { armBetween } from "../judge/between.ts";
import type { Look, Reading } from "../judge/reading.ts";
import { breaches } from "../objectives/breaches.ts";
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
  say: ({ paths, of, objectives }) =>
    `verify that the ${of === "canary" ? "new" : "old"} version ${listed([
      ...(paths.length > 0 ? [`answers ${listed(paths)}`] : []),
      ...(objectives.length > 0 ? [`keeps ${listed(objectives)}`] : []),
    ])}`,
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
    lookOf(answer.outcome === "done" ? answer.reading : undefined, config.of),
  );
  const counted = armBetween(before ?? null, after ?? null);
  if (counted === null)
    return { move: "fail", reason: `the ${config.of} version cannot be measured` };
  const wanted = Object.entries(context.objectives).filter(([key]) =>
    config.objectives.includes(key),
  );
  const broken = breaches(Object.fromEntries(wanted), counted);
  if (broken.length > 0) return { move: "fail", reason: broken.join("; ") };
  return { move: "done", evidence: { requests: counted.requests, errors: counted.errors } };
}

function lookOf(reading: Reading | undefined, of: Config["of"]): Look | null {
  return (of === "canary" ? reading?.canary : reading?.baseline) ?? null;
}
