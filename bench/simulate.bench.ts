import { fileURLToPath } from "node:url";
import { rehearse } from "#core/simulation/rehearsal.ts";
import { readSound } from "#policy-file/check.ts";
import type { Bench, Figures } from "./harness.ts";

const FILE = fileURLToPath(import.meta.resolve("../policies/swipesavvy/holdpoint.yaml"));
const FROM = Date.UTC(2026, 2, 2);
const RUNS = 20;

export const simulateBench: Bench = {
  name: "simulate",
  title: "A major of five weeks, before there is one",
  about: `SwipeSavvy's major, from its planning until it is stable after two days of watching, through the production engine on the
virtual clock; each of the ${RUNS} in a run has a seed of its own, and their median counts. The policy is read before. The floor only writes the events
of one such release as JSON.`,
  cases: [
    {
      what: "a simulated major",
      targets: [{ figure: "ms each", atMost: 50 }],
      setUp: () => measured((seed) => void major(seed)),
    },
    {
      what: "floor: its events as JSON",
      setUp: async () => {
        const events = await major(1);
        return await measured(() => void JSON.stringify(events));
      },
    },
  ],
};

const policy = await readSound(FILE);

function major(seed: number) {
  if (!policy.ok) throw new Error("the policy is not sound");
  const lived = rehearse(policy.value, { type: "major", from: FROM, seed });
  if (!lived.ok) throw new Error(lived.error);
  const { happened, release } = lived.value;
  if (release.stand.at !== "ended") throw new Error("the release did not come to its end");
  return happened;
}

async function measured(work: (seed: number) => void) {
  let seed = 0;
  const run = async (): Promise<Figures> => {
    const took: number[] = [];
    for (const last = seed + RUNS; seed < last; seed += 1) {
      const began = performance.now();
      work(seed);
      took.push(performance.now() - began);
    }
    return { "ms each": took.toSorted((a, b) => a - b)[RUNS / 2] ?? 0 };
  };
  return { run, tearDown: async () => {} };
}
