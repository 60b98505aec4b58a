import { type Bench, type Figures, perCpuSecond } from "./harness.ts";
import { benchPlan, takeThrough } from "./release.ts";

const RELEASES = 2000;
const plan = benchPlan();
const events = takeThrough(plan);

export const engineBench: Bench = {
  name: "engine",
  title: "Whole releases through the engine",
  about: `${RELEASES} releases of 30 steps and 12 gates, ${events.length} events each, through \`decide\`, \`evolve\` and \`next\` as in production, on
the virtual clock and on one core; the world answers at once, in memory. The floor only writes the same events as JSON.`,
  cases: [
    {
      what: "whole releases",
      targets: [{ figure: "releases/CPU-s", atLeast: 2000 }],
      setUp: () => measured(() => void takeThrough(plan)),
    },
    {
      what: "floor: their events as JSON",
      setUp: () => measured(() => void JSON.stringify(events)),
    },
  ],
};

async function measured(work: () => void) {
  const run = async (): Promise<Figures> => {
    const rate = perCpuSecond(() => {
      for (let at = 0; at < RELEASES; at += 1) work();
      return RELEASES;
    });
    return { "releases/CPU-s": rate, "events/CPU-s": rate * events.length };
  };
  return { run, tearDown: async () => {} };
}
