import { live } from "#core/simulation/swarm/life.ts";
import { type Bench, type Figures, perCpuSecond } from "./harness.ts";

/** Releases of one run. The five runs that count have other seeds, so they are 100,000 together. */
const RELEASES = 20_000;
let seed = 0;

export const swarmBench: Bench = {
  name: "swarm",
  title: "The engine through a swarm of faults",
  about: `Each of the five runs takes ${RELEASES.toLocaleString("en")} releases of up to two environments through twenty kinds of faults to their end,
each from a seed of its own, on the virtual clock and on one core: 100,000 in all, so 1,667 a second are 100,000 in a
minute. Every event, wish and effect is judged by every published invariant (docs/invariants.md).`,
  cases: [
    {
      what: "releases with random faults",
      targets: [
        { figure: "releases/CPU-s", atLeast: 1667 },
        { figure: "violations", atMost: 0 },
      ],
      setUp: async () => ({ run, tearDown: async () => {} }),
    },
  ],
};

async function run(): Promise<Figures> {
  let events = 0;
  let violations = 0;
  const rate = perCpuSecond(() => {
    let releases = 0;
    while (releases < RELEASES) {
      const lived = live(seed);
      releases += lived.ends.length;
      events += lived.events;
      if (lived.broken !== null) {
        violations += 1;
        console.error(`seed ${seed}: ${lived.broken.invariant}: ${lived.broken.says}`);
      }
      seed += 1;
    }
    return releases;
  });
  return { "releases/CPU-s": rate, "events per release": events / RELEASES, violations };
}
