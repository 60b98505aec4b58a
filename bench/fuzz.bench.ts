import { brokenPolicy, verdictOn, WAYS, type Way } from "#policy-file/broken.fake.ts";
import type { Bench, Figures } from "./harness.ts";

const TIMES = 10_000;
/** One in so many is a large one. */
const LARGE = 50;

export const fuzzBench: Bench = {
  name: "fuzz",
  title: "Broken policies",
  about: `${TIMES.toLocaleString("en")} policies that nobody means to write, from their seeds: the ten in this repository with some of their bytes
changed, with parts exchanged, or with parts that were made up from the schema, and one in ${LARGE} of them blown up to the
largest size that is read. Each must get a verdict, or diagnostics with line and column; one that crashes ends the run
with its seed. All are read and checked once before the runs; what took longest then is measured again in each run.`,
  cases: [
    {
      what: "read and checked",
      targets: [
        { figure: "slowest of all ms", atMost: 1000 },
        { figure: "policies", atLeast: TIMES },
      ],
      setUp: async () => {
        const { figures, slowest } = fuzz();
        const text = brokenPolicy(slowest.way, slowest.seed);
        const run = async () => {
          verdictOn(text);
          return figures;
        };
        return { run, tearDown: async () => {} };
      },
    },
  ],
};

interface Slowest {
  readonly ms: number;
  readonly way: Way;
  readonly seed: number;
}

function fuzz(): { readonly figures: Figures; readonly slowest: Slowest } {
  const seen = { refused: 0, unsound: 0, sound: 0 };
  let slowest: Slowest = { ms: 0, way: "bytes", seed: 0 };
  const small = WAYS.filter((way) => way !== "large");
  for (let seed = 0; seed < TIMES; seed += 1) {
    const way = seed % LARGE === 0 ? "large" : (small[seed % small.length] ?? "bytes");
    const text = brokenPolicy(way, seed);
    const began = performance.now();
    try {
      seen[verdictOn(text)] += 1;
    } catch (error) {
      throw new Error(`${way}, seed ${seed}`, { cause: error });
    }
    const ms = performance.now() - began;
    if (ms > slowest.ms) slowest = { ms, way, seed };
  }
  process.stderr.write(`fuzz: the slowest is seed ${slowest.seed} (${slowest.way})\n`);
  const { refused, unsound, sound } = seen;
  const policies = refused + unsound + sound;
  const figures = { policies, refused, unsound, sound, "slowest of all ms": slowest.ms };
  return { figures, slowest };
}
