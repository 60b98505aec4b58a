import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { PEERS } from "./peers.ts";
import { type Cell, sayTraffic, TRAFFIC } from "./scenes.ts";
import type { Lived } from "./worker.ts";

const PAGE = fileURLToPath(new URL("../../docs/judge.md", import.meta.url));
const [BEGIN, END] = ["<!-- figures -->", "<!-- end of figures -->"];

export type Result = Cell & { readonly lived: Lived };

/** Writes the tables into docs/judge.md, where its marks are. */
export function writePage(results: readonly Result[], runs: number): void {
  const text = readFileSync(PAGE, "utf8");
  const [before] = text.split(BEGIN);
  const [, after] = text.split(END);
  if (after === undefined) throw new Error("docs/judge.md has lost its marks");
  const tables = [about(runs), healthy(results), errors(results), latency(results)].join("\n\n");
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${tables}\n\n${END}${after}`);
}

function about(runs: number): string {
  return `Made by \`npm run bench judge\` with ${runs} runs per cell (a third of that for rows other than the first of the first
table, and for latency; a tenth for the rules of others) on ${cpus()[0]?.model ?? "an unknown processor"}. Each run is an hour with a check every 5 s after ten
minutes of history. Errors are 0.1 % where nothing else is said; latency is lognormal with a p95 of 228 ms.`;
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

function errors(results: readonly Result[]): string {
  const told = results.filter(({ table }) => table === "errors" || table === "late");
  const lines = told.map((one) => {
    const { row, lived, bound = 1 } = one;
    return line([
      row,
      delay(lived.ours),
      times(one, bound),
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

/** The median delay in canary requests over the bound. */
export function overBound({ lived, scene, bound = 1 }: Result): number {
  const { rate, weight } = scene;
  const at = quantile(lived.ours, 0.5);
  return typeof weight === "number" ? (at * rate * weight) / bound : Number.NaN;
}

function times(result: Result, _: number): string {
  return `${overBound(result).toFixed(1)}x`;
}

export function share(times: readonly (number | null)[]): number {
  return times.length === 0
    ? Number.NaN
    : times.filter((one) => one !== null).length / times.length;
}

function percent(times: readonly (number | null)[]): string {
  return times.length === 0 ? "" : (100 * share(times)).toFixed(1);
}

function delay(times: readonly (number | null)[]): string {
  if (times.length === 0) return "";
  const found = share(times);
  if (found === 0) return "never";
  const both = `${middle(times, 0.5)} / ${middle(times, 0.95)}`;
  return found > 0.995 ? both : `${both} (${(100 * found).toFixed(0)} %)`;
}

function middle(times: readonly (number | null)[], q: number): string {
  const at = quantile(times, q);
  return Number.isFinite(at) ? String(at) : "-";
}

export function quantile(times: readonly (number | null)[], q: number): number {
  const sorted = times.map((one) => one ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

function head(names: readonly string[]): string {
  return `\n${line(names)}\n${line(names.map((_, index) => (index === 0 ? "---" : "---:")))}`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
