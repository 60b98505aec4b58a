import { z } from "zod";
import { duration, share } from "../base/shape.ts";
import { formatDuration, MINUTE, SECOND } from "../base/time.ts";
import { type Attempt, environmentOf, type Move, type StepContext, step } from "./step.ts";

const shape = z.strictObject({
  weights: z
    .array(share)
    .min(1)
    .max(50)
    .describe("shares of the traffic for the new version, in order"),
  soak: duration.default(2 * MINUTE).describe("how long each weight is watched before the next"),
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
    examples: [{ weights: ["5 %", "25 %", "100 %"], soak: "2 min" }],
  }),
  say: ({ weights, soak }) =>
    `move ${weights.map((weight) => `${weight / 100} %`).join(", ")} of the traffic to it${soak > 0 ? `, ${formatDuration(soak)}${weights.length > 1 ? " each" : ""}` : ""}`,
  next(config, attempt, context) {
    const soaked = soak(config, attempt, context);
    if (soaked !== null) return soaked;
    const canary = config.weights[attempt.answers.length];
    if (canary !== undefined) {
      return { move: "ask", work: { ask: "weigh", environment: environmentOf(context), canary } };
    }
    return { move: "done", evidence: { weight: config.weights.at(-1) ?? 0 } };
  },
  bound: ({ weights, soak }) => weights.length * (soak + SET),
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
  weightAfter: ({ weights }, answers) => weights[answers - 1],
});

/** The soak after the latest weight, while it lasts. */
function soak(
  { soak, patience }: Config,
  attempt: Attempt,
  { now, judged }: StepContext,
): Move | null {
  const set = attempt.answers.at(-1);
  if (set === undefined || soak === 0) return null;
  const over = set.at + soak;
  if (now < over) return { move: "wait", until: over, why: "soaking" };
  if (judged.verdict === "continue") return null;
  const end = over + patience;
  if (now >= end) return { move: "fail", reason: `held for too long: ${judged.reason}` };
  return { move: "wait", until: end, why: `held: ${judged.reason}` };
}
