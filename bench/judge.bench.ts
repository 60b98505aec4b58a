// How often the judge turns a healthy release back, how soon a bad one, and what a check costs. The tables go into
// docs/judge.md; the figures that must hold stand here.
import { type Charge, judge, learnHistory, UNJUDGED } from "#core/judge/judge.ts";
import type { Sample } from "#core/judge/sample.ts";
import { DEFAULT_TRIGGERS, hear, START_OF_STREAM } from "#core/judge/stream.ts";
import { type Bench, perCpuSecond } from "./harness.ts";
import { liveAll } from "./judge/live.ts";
import { overBound, quantile, type Result, share, writePage } from "./judge/page.ts";
import { samplesOf } from "./judge/traffic.ts";

/** Runs per cell; fewer by JUDGE_RUNS while one works on the judge. */
const RUNS = Number(process.env["JUDGE_RUNS"] ?? 1000);
const CHARGE: Charge = { triggers: DEFAULT_TRIGGERS, objectives: {} };
const SCENE = { rate: 100, weight: 0.25, seconds: 3600, seed: 1 };

export const judgeBench: Bench = {
  name: "judge",
  title: "The judge: false rollbacks, delays, cost",
  about: `Seeded simulation, ${RUNS} runs of an hour per cell; all tables stand in [judge.md](judge.md). The bound is Wald's for two samples, in requests of the new version.`,
  cases: [
    {
      what: "healthy hours: nine cells of traffic and share; and what looks bad",
      targets: [
        { figure: "worst false rollbacks %", atMost: 1 },
        { figure: "worst of what looks bad %", atMost: 1 },
      ],
      setUp: async () => {
        const results = await lived();
        const healthy = results.filter(({ table }) => table === "healthy" || table === "harsh");
        const worst = (those: readonly Result[]) =>
          100 * Math.max(...those.map((one) => share(one.lived.ours)));
        const rates = {
          "worst false rollbacks %": worst(healthy.filter(({ row }) => row === "nothing")),
          "worst of what looks bad %": worst(healthy.filter(({ row }) => row !== "nothing")),
        };
        return { run: async () => rates, tearDown: async () => {} };
      },
    },
    {
      what: "1 % errors at 100/s and 25 %",
      targets: [{ figure: "median over the bound", atMost: 1.7 }],
      setUp: async () => {
        const one = (await lived()).find(({ row }) => row === "100/s, 25 %, 1 %");
        if (one === undefined) throw new Error("the cell is gone");
        const figures = {
          "median s": quantile(one.lived.ours, 0.5),
          "median over the bound": overBound(one),
        };
        return { run: async () => figures, tearDown: async () => {} };
      },
    },
    {
      what: "one check of 5 s at 100/s, with latencies, in processor time",
      targets: [{ figure: "us a check", atMost: 50 }],
      setUp: async () => {
        const samples = [...samplesOf(SCENE)];
        return { run: async () => ({ "us a check": cost(samples) }), tearDown: async () => {} };
      },
    },
    {
      what: "a recorded stream, in processor time",
      targets: [{ figure: "lines a minute", atLeast: 1_000_000 }],
      setUp: async () => {
        const lines = [...samplesOf(SCENE)].map((sample) => JSON.stringify(sample));
        return {
          run: async () => ({ "lines a minute": linesPerMinute(lines) }),
          tearDown: async () => {},
        };
      },
    },
  ],
};

let living: Promise<readonly Result[]> | undefined;

function lived(): Promise<readonly Result[]> {
  living ??= liveAll(RUNS).then((results) => {
    writePage(results, RUNS);
    return results;
  });
  return living;
}

/** Processor time of a check, in us. */
function cost(samples: readonly Sample[]): number {
  const watched = samples.filter(({ t }) => t >= 0);
  let judging = learnHistory(
    UNJUDGED,
    samples.filter(({ t }) => t < 0),
  );
  const checks = perCpuSecond(() => {
    let made = 0;
    for (; (made + 1) * 5 <= watched.length; made += 1) {
      const five = watched.slice(made * 5, made * 5 + 5);
      const check = { t: made * 5 + 4, samples: five, reading: null };
      judging = judge(judging, check, CHARGE).judging;
    }
    return made;
  });
  return 1e6 / checks;
}

/** Lines that are read, judged and answered in a minute of one processor. */
function linesPerMinute(lines: readonly string[]): number {
  return (
    60 *
    perCpuSecond(() => {
      let [stream, said] = [START_OF_STREAM, 0];
      for (const line of lines) {
        const heard = hear(stream, line, CHARGE);
        stream = heard.stream;
        for (const told of heard.told) said += JSON.stringify(told).length;
      }
      if (said === 0) throw new Error("nothing was said");
      return lines.length;
    })
  );
}
