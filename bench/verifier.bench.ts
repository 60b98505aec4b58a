import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openAt } from "#core/calendar/openings.ts";
import type { Policy } from "#core/policy/policy.ts";
import { collisions } from "#core/policy/rules/collisions.ts";
import { crowded } from "#core/policy/rules/crowded.ts";
import { frozen } from "#core/policy/rules/frozen.ts";
import { neverOpen } from "#core/policy/rules/never-open.ts";
import { occupied } from "#core/policy/rules/occupied.ts";
import { waiting } from "#core/policy/rules/waiting.ts";
import { soundness } from "#core/policy/soundness.ts";
import { calendarOf, tenYears } from "#core/policy/ten-years.ts";
import { readPolicy } from "#policy-file/read.ts";
import type { Bench, Figures } from "./harness.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const SINCE = Temporal.Instant.from("2026-01-01T00:00Z").epochMilliseconds;

export const verifierBench: Bench = {
  name: "verifier",
  title: "The verifier",
  about: `The five policies of this repository. The calendar of ten years: every opening of every cadence and gate, with freezes and
the days of others. A check: the text read and every rule asked, in a process that runs already; the command starts one.
A window decision: whether work may begin at a moment, at 1,000 moments of the ten years. The slowest of the five counts.`,
  cases: [
    {
      what: "calendar of ten years",
      targets: [{ figure: "slowest ms", atMost: 1000 }],
      setUp: () => prepared(({ policy }) => ofCalendar(policy)),
    },
    {
      what: "check",
      targets: [{ figure: "slowest ms", atMost: 300 }],
      setUp: () => prepared(({ text }) => checked(text)),
    },
    {
      what: "`holdpoint check`",
      targets: [{ figure: "slowest ms", atMost: 300 }],
      setUp: () => prepared(({ file }) => checkedByCommand(file)),
    },
    {
      what: "window decision",
      targets: [{ figure: "slowest ms", atMost: 1 }],
      setUp: () => prepared(({ policy }) => decisions(policy), MOMENTS),
    },
  ],
};

interface Sample {
  readonly file: string;
  readonly text: string;
  readonly policy: Policy;
}

const MOMENTS = 1000;

/** The time of the slowest of five, over how many times it does its work in one go. */
async function prepared(work: (sample: Sample) => void, times = 1) {
  const samples = globSync("policies/*/holdpoint.yaml", { cwd: root }).map(sampleOf);
  const run = async (): Promise<Figures> => {
    const took = samples.map((sample) => {
      const began = performance.now();
      work(sample);
      return (performance.now() - began) / times;
    });
    return { "slowest ms": Math.max(...took), "fastest ms": Math.min(...took) };
  };
  return { run, tearDown: async () => {} };
}

function sampleOf(path: string): Sample {
  const file = join(root, path);
  const text = readFileSync(file, "utf8");
  return { file, text, policy: checked(text) };
}

function checked(text: string): Policy {
  const read = readPolicy("holdpoint.yaml", text);
  if (!read.ok || soundness(read.value.policy, SINCE).some(({ severity }) => severity === "error"))
    throw new Error("a policy of this repository is not sound");
  return read.value.policy;
}

function checkedByCommand(file: string): void {
  execFileSync(process.execPath, [join(root, "bin/holdpoint.mjs"), "check", file]);
}

function ofCalendar(policy: Policy): void {
  // A policy of its own each time, or the regular days that were worked out once would be measured.
  const fresh = { ...policy };
  const rules = [collisions, occupied, crowded, waiting, neverOpen, frozen];
  const found = rules.flatMap((rule) => rule(fresh, SINCE));
  if (found.some(({ severity }) => severity === "error")) throw new Error("the calendar collides");
}

/** At moments all over the ten years, for each type with a cadence. */
function decisions(policy: Policy): void {
  const calendar = calendarOf(policy);
  const types = Object.entries(policy.types);
  const { from, to } = tenYears(policy, SINCE);
  for (let nth = 0; nth < MOMENTS; nth += 1) {
    const [type, { cadence }] = types[nth % types.length] ?? ["", { cadence: [] }];
    const at = from + ((to - from) * nth) / MOMENTS;
    openAt(calendar, { windows: cadence, freezes: true, type }, at);
  }
}
