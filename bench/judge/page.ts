import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { percentile } from "../harness.ts";
import { PEERS } from "./peers.ts";
import { type Cell, FEW, SOME, sayTraffic, TRAFFIC } from "./scenes.ts";
import type { Lived } from "./worker.ts";

const PAGE = fileURLToPath(new URL("../../docs/judge.md", import.meta.url));
const [BEGIN, END] = ["<!-- figures -->", "<!-- end of figures -->"];

export type Result = Cell & { readonly lived: Lived };
type Times = readonly (number | null)[];

/** Writes the tables into docs/judge.md, where its marks are. */
export function writePage(results: readonly Result[], runs: number): void {
  const text = readFileSync(PAGE, "utf8");
  const [before] = text.split(BEGIN);
  const [, after] = text.split(END);
  if (after === undefined) throw new Error("docs/judge.md has lost its marks");
  const tables = [
    about(runs),
    healthy(results),
    harsh(results),
    errors(results),
    latency(results),
    others(results),
  ].join("\n\n");
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${tables}\n\n${END}${after}`);
}

function about(runs: number): string {
  return `Made by \`npm run bench judge\` on ${cpus()[0]?.model ?? "an unknown processor"}: seeded simulation, ${runs} runs of each healthy release,
${Math.min(runs, SOME)} of each bad one, ${Math.min(runs, FEW)} for the rules of others. Each run is an hour with a check every 5 s after ten minutes of history.
Errors are 0.1 % where nothing else is said; latency is lognormal with a p95 of 228 ms. Where nothing was turned back in
${runs} runs, the true rate is below ${(100 * upperBound(0, runs)).toFixed(2)} % with 95 % confidence; a row of nine such cells shows less than ${(100 * upperBound(0, 9 * runs)).toFixed(2)} %.`;
}

/** False rollbacks: share of healthy hours that were turned back. */
function healthy(results: readonly Result[]): string {
  const ours = results.filter(({ table }) => table === "healthy");
  const rows = [...new Set(ours.map(({ row }) => row))];
  const columns = TRAFFIC.map(({ rate, weight }) => sayTraffic(rate, weight));
  const of = (row: string, column: string) =>
    ours.find((one) => one.row === row && one.column === column)?.lived;
  const lines = rows.map((row) =>
    line([row, ...columns.map((column) => percent(of(row, column)?.ours ?? []))]),
  );
  const others = PEERS.map((peer) =>
    line([
      `nothing, ${peer}`,
      ...columns.map((column) => percent(of("nothing", column)?.peers[peer] ?? [])),
    ]),
  );
  const goOn = line([
    "nothing: first `continue`, median s",
    ...columns.map((column) => middle(of("nothing", column)?.goesOn ?? [], 0.5)),
  ]);
  return [
    "### Healthy releases that are turned back, in %",
    head(["what happens", ...columns]),
    ...lines,
    ...others,
    goOn,
  ].join("\n");
}

function harsh(results: readonly Result[]): string {
  const lines = results
    .filter(({ table }) => table === "harsh")
    .map(({ row, lived: { ours, goesOn } }) => {
      const back = ours.filter((one) => one !== null).length;
      const most = (100 * upperBound(back, ours.length)).toFixed(2);
      return line([row, percent(ours), most, middle(goesOn, 0.5)]);
    });
  return [
    "### Healthy releases that look bad",
    head([
      "what happens",
      "turned back, %",
      "at most, % (95 % confidence)",
      "first `continue`, median s",
    ]),
    ...lines,
  ].join("\n");
}

function errors(results: readonly Result[]): string {
  const lines = results
    .filter(({ table }) => table === "errors")
    .map((one) => {
      const { row, lived } = one;
      return line([
        row,
        delay(lived.ours),
        `${overBound(one).toFixed(1)}x`,
        ...PEERS.map((peer) => delay(lived.peers[peer])),
      ]);
    });
  const names = ["traffic, share, errors", "Holdpoint", "over the bound", ...PEERS];
  return [
    "### Errors: seconds to the rollback, median / 95th percentile",
    head(names),
    ...lines,
  ].join("\n");
}

function latency(results: readonly Result[]): string {
  const lines = results
    .filter(({ table }) => table === "latency")
    .map(({ row, lived }) =>
      line([row, delay(lived.ours), ...PEERS.map((peer) => delay(lived.peers[peer]))]),
    );
  return [
    "### Latency at 100/s and 5 %: seconds to the rollback, median / 95th percentile",
    head(["slower", "Holdpoint", ...PEERS]),
    ...lines,
  ].join("\n");
}

function others(results: readonly Result[]): string {
  const lines = results
    .filter(({ table }) => table === "others")
    .map(({ row, lived }) => line([row, delay(lived.ours)]));
  return [
    "### Other faults: seconds from their begin to the rollback, median / 95th percentile",
    head(["what is wrong", "Holdpoint"]),
    ...lines,
  ].join("\n");
}

/** The median delay in canary requests over the bound. */
export function overBound({ lived, scene, bound = 1 }: Result): number {
  const { rate, weight } = scene;
  const at = quantile(lived.ours, 0.5);
  return typeof weight === "number" ? (at * rate * weight) / bound : Number.NaN;
}

export function share(times: Times): number {
  return times.length === 0
    ? Number.NaN
    : times.filter((one) => one !== null).length / times.length;
}

/** The largest rate at which so few of so many are still seen in one case of twenty (Clopper & Pearson 1934). */
export function upperBound(count: number, runs: number): number {
  let [least, most] = [count / runs, 1];
  for (let round = 0; round < 50; round += 1) {
    const rate = (least + most) / 2;
    let [law, sum] = [(1 - rate) ** runs, 0];
    for (let seen = 0; seen <= count; seen += 1) {
      sum += law;
      law *= ((runs - seen) / (seen + 1)) * (rate / (1 - rate));
    }
    if (sum > 0.05) least = rate;
    else most = rate;
  }
  return most;
}

function percent(times: Times): string {
  return times.length === 0 ? "" : (100 * share(times)).toFixed(1);
}

function delay(times: Times): string {
  if (times.length === 0) return "";
  const found = share(times);
  if (found === 0) return "never";
  const both = `${middle(times, 0.5)} / ${middle(times, 0.95)}`;
  return found > 0.995 ? both : `${both} (${(100 * found).toFixed(0)} %)`;
}

function middle(times: Times, q: number): string {
  const at = quantile(times, q);
  return Number.isFinite(at) ? String(at) : "-";
}

/** Of whole runs; one in which nothing was found took for ever. */
export function quantile(times: Times, q: number): number {
  return percentile(
    times.map((one) => one ?? Number.POSITIVE_INFINITY),
    q,
  );
}

function head(names: readonly string[]): string {
  return `\n${line(names)}\n${line(names.map((_, index) => (index === 0 ? "---" : "---:")))}`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
