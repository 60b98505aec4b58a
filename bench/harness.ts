import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

/** What one run measured, by the name of the figure with its unit: `p99 ms`. */
export type Figures = Readonly<Record<string, number>>;

/** What a figure must reach. */
interface Target {
  readonly figure: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One line of a bench: something of ours with its targets, or a floor to compare it with. */
interface Case {
  readonly what: string;
  readonly targets?: readonly Target[];
  /** Everything that is not to be measured happens here and in `tearDown`. */
  setUp(): Promise<Prepared>;
}

export interface Prepared {
  run(): Promise<Figures>;
  tearDown(): Promise<void>;
}

export interface Bench {
  readonly name: string;
  readonly title: string;
  /** What is measured and how, in sentences. */
  readonly about: string;
  readonly cases: readonly Case[];
}

const RUNS = 5;
const PAGE = fileURLToPath(new URL("../docs/benchmarks.md", import.meta.url));

/**
 * Runs all cases of a bench in turn, so that a noisy neighbour disturbs all of them alike: one round to warm up, then
 * five that count. Prints the medians, writes them into docs/benchmarks.md, and answers whether all targets were met.
 */
export async function runBench(bench: Bench): Promise<boolean> {
  const measured = bench.cases.map((): Figures[] => []);
  const prepared: Prepared[] = [];
  try {
    for (const { setUp } of bench.cases) prepared.push(await setUp());
    for (let round = 0; round <= RUNS; round++) {
      for (const [index, { run }] of prepared.entries()) {
        const figures = await timed(run);
        if (round > 0) measured[index]?.push(figures);
      }
      process.stderr.write(`${bench.name}: ${round} of ${RUNS} runs\n`);
    }
  } finally {
    for (const { tearDown } of prepared) await tearDown();
  }
  const medians = measured.map(mediansOf);
  const section = sectionOf(bench, medians);
  console.log(section);
  record(bench.name, section);
  return bench.cases.every(({ targets = [] }, index) =>
    targets.every((target) => isMet(target, medians[index] ?? {})),
  );
}

/** The figures of a run with the time it took and the processor time of this process in it. */
async function timed(run: () => Promise<Figures>): Promise<Figures> {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const figures = await run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { ...figures, "wall ms": wall, "CPU ms": (user + system) / 1000 };
}

/** How many things `work` gets done in a second of this process's processor time; it answers how many it did. */
export function perCpuSecond(work: () => number): number {
  const before = process.cpuUsage();
  const count = work();
  const { user, system } = process.cpuUsage(before);
  return count / ((user + system) / 1e6);
}

/** The smallest value that at least `share` of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? Number.NaN;
}

function mediansOf(runs: readonly Figures[]): Figures {
  const names = Object.keys(runs[0] ?? {});
  const median = (name: string) =>
    percentile(
      runs.map((run) => run[name] ?? Number.NaN),
      0.5,
    );
  return Object.fromEntries(names.map((name) => [name, median(name)]));
}

function isMet({ figure, atLeast, atMost }: Target, figures: Figures): boolean {
  const value = figures[figure] ?? Number.NaN;
  return value >= (atLeast ?? value) && value <= (atMost ?? value);
}

function sectionOf(bench: Bench, medians: readonly Figures[]): string {
  const names = [...new Set(medians.flatMap((figures) => Object.keys(figures)))];
  const rows = bench.cases.map(({ what, targets = [] }, index) => {
    const figures = medians[index] ?? {};
    const cells = names.map((name) => (name in figures ? written(figures[name] ?? 0) : ""));
    const promises = targets.map((target) => promise(target, figures)).join(", ");
    return `| ${[what, ...cells, promises].join(" | ")} |`;
  });
  return [
    `## ${bench.title}`,
    "",
    bench.about,
    "",
    `| | ${names.join(" | ")} | target |`,
    `| --- |${" ---: |".repeat(names.length)} --- |`,
    ...rows,
    "",
    `Medians of ${RUNS} runs on ${machine()}.`,
  ].join("\n");
}

function promise(target: Target, figures: Figures): string {
  const { figure, atLeast, atMost } = target;
  const bound = atLeast === undefined ? `<= ${written(atMost ?? 0)}` : `>= ${written(atLeast)}`;
  return `${figure} ${bound}: ${isMet(target, figures) ? "met" : "**missed**"}`;
}

function written(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString("en", { maximumFractionDigits: digits });
}

function machine(): string {
  const [first, ...rest] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${first?.model.trim() ?? "an unknown processor"}, ${rest.length + 1} cores, ${memory} GiB, ${process.platform}, Node ${process.versions.node}`;
}

/** Puts the section between its own markers; a new one goes to the end. */
function record(name: string, section: string): void {
  const head = "# Benchmarks\n\n`npm run bench` measures anew and writes this page.\n";
  const page = existsSync(PAGE) ? readFileSync(PAGE, "utf8") : head;
  const [start, end] = [`<!-- bench ${name} -->`, `<!-- end of ${name} -->`];
  const block = `${start}\n${section}\n${end}`;
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  const known = from !== -1 && to > from;
  const whole = known
    ? page.slice(0, from) + block + page.slice(to + end.length)
    : `${page.trimEnd()}\n\n${block}\n`;
  writeFileSync(PAGE, whole);
}
