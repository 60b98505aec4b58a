import { z } from "zod";
import { duration, share } from "../base/shape.ts";
import { formatDuration, MINUTE, type Millis, SECOND } from "../base/time.ts";
import type { Answer } from "../gates/gate.ts";
import { type StepLength, stepLength, type Traffic } from "../judge/step-length.ts";
import { type Attempt, environmentOf, type Move, type StepContext, step } from "./step.ts";

const shape = z.strictObject({
  weights: z
    .array(share)
    .min(1)
    .max(50)
    .describe("shares of the traffic for the new version, in order"),
  soak: duration.default(2 * MINUTE).describe("how long each weight is watched before the next"),
  finds: z
    .strictObject({
      errors: share.describe("share of failed requests that must be found, with 95 % power"),
      most: duration
        .default(30 * MINUTE)
        .describe("longest time of a weight; where that is not enough, the plan says so"),
    })
    .optional()
    .describe(
      "each weight lasts as long as that takes at the traffic measured before the first, and `soak` at least",
    ),
  patience: duration
    .default(30 * MINUTE)
    .describe("how long the judge may hold it before it is given up"),
});
type Config = z.infer<typeof shape>;

const SET = 10 * SECOND;

/** Moves the traffic to the new version weight by weight; after each it soaks, and goes on when the judge says so. */
export const shift = step<Config>({
  shape: shape.meta({
    description: "moves the traffic to the new version, weight by weight",
    examples: [
      { weights: ["5 %", "25 %", "100 %"], soak: "2 min" },
      { weights: ["5 %", "25 %", "100 %"], finds: { errors: "1 %", most: "20 min" } },
    ],
  }),
  say: ({ weights, soak, finds }) =>
    `move ${weights.map((weight) => `${weight / 100} %`).join(", ")} of the traffic to it${sayHow(soak, finds, weights.length)}`,
  next(config, attempt, context) {
    const soaked = soak(config, attempt, context);
    if (soaked !== null) return soaked;
    const environment = environmentOf(context);
    if (attempt.answers.length < before(config))
      return { move: "ask", work: { ask: "traffic", environment } };
    const canary = config.weights[attempt.answers.length - before(config)];
    if (canary !== undefined) return { move: "ask", work: { ask: "weigh", environment, canary } };
    return { move: "done", evidence: { weight: config.weights.at(-1) ?? 0 } };
  },
  bound: ({ weights, soak, finds }) => weights.length * (Math.max(soak, finds?.most ?? 0) + SET),
  undo: () => ({
    undo: "steps",
    steps: [
      {
        kind: "shift",
        config: { weights: [0], soak: 0, patience: 0 } satisfies Config,
        retries: 5,
      },
    ],
  }),
  exposes: true,
  weightAfter: (config, answers) => config.weights[answers - 1 - before(config)],
});

/** How long each weight lasts at a traffic, and why; the same that the step itself goes by. */
export function lengthsOf(
  { weights, soak: least, finds }: Config,
  traffic: Traffic | null,
): readonly (StepLength & { readonly weight: number })[] {
  if (finds === undefined) return [];
  return weights.map((weight) => ({ weight, ...stepLength({ ...finds, least }, weight, traffic) }));
}

/** How many answers come before that to the first weight: the traffic is asked for, where the lengths rest on it. */
function before({ finds }: Config): number {
  return finds === undefined ? 0 : 1;
}

/** The soak after the latest weight, while it lasts. */
function soak(config: Config, attempt: Attempt, { now, judged }: StepContext): Move | null {
  const set = attempt.answers.at(-1);
  const { length, why } = lengthNow(config, attempt);
  if (set === undefined || length === 0) return null;
  const over = set.at + length;
  if (now < over) return { move: "wait", until: over, why };
  if (judged.verdict === "continue") return null;
  const end = over + config.patience;
  if (now >= end) return { move: "fail", reason: `held for too long: ${judged.reason}` };
  return { move: "wait", until: end, why: `held: ${judged.reason}` };
}

/** How long the weight that was set last is watched; 0 before the first. */
function lengthNow(config: Config, { answers }: Attempt): { length: Millis; why: string } {
  const { weights, soak: least, finds } = config;
  const weight = weights[answers.length - 1 - before(config)];
  if (weight === undefined) return { length: 0, why: "" };
  if (finds === undefined) return { length: least, why: "soaking" };
  const { length, said } = stepLength({ ...finds, least }, weight, trafficOf(answers[0]?.answer));
  return { length, why: `soaking: ${said}` };
}

function trafficOf(answer: Answer | undefined): Traffic | null {
  if (answer?.outcome !== "done") return null;
  const { rate, usual } = answer.facts;
  return typeof rate === "number" && typeof usual === "number" ? { rate, usual } : null;
}

/** How long each weight lasts, as the end of a sentence. */
function sayHow(soak: Millis, finds: Config["finds"], weights: number): string {
  if (finds !== undefined) {
    const longest = formatDuration(Math.max(finds.most, soak));
    return `, each for ${formatDuration(soak)} to ${longest}, as a rise to ${finds.errors / 100} % errors takes to be found`;
  }
  return soak > 0 ? `, ${formatDuration(soak)}${weights > 1 ? " each" : ""}` : "";
}
