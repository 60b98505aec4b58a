import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Result } from "./page.ts";
import { type Cell, cells } from "./scenes.ts";
import type { Lived } from "./worker.ts";

const THREADS = Number(process.env["JUDGE_THREADS"] ?? 2);
/** A file of what was lived through already: with it, a bench that was broken off goes on where it was. */
const RESUME = process.env["JUDGE_RESUME"];

interface Done {
  readonly number: number;
  readonly runs: number;
  readonly lived: Lived;
}

/** Lives through all cells in a few threads; answers them in order. */
export async function liveAll(runs: number): Promise<readonly Result[]> {
  const all = cells(runs);
  const lived = new Map(before(runs).map((done) => [done.number, done.lived]));
  const left = all.map((_, index) => index).filter((index) => !lived.has(index));
  await Promise.all(
    Array.from({ length: THREADS }, () => {
      const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: { runs } });
      return new Promise<void>((finished, fail) => {
        const give = () => {
          const next = left.shift();
          if (next === undefined) void worker.terminate().then(() => finished());
          else worker.postMessage(next);
        };
        worker.on("error", fail);
        worker.on("message", (done: Omit<Done, "runs">) => {
          lived.set(done.number, done.lived);
          if (RESUME !== undefined)
            appendFileSync(RESUME, `${JSON.stringify({ ...done, runs })}\n`);
          process.stderr.write(`judge: ${lived.size} of ${all.length}, ${say(all, done)}\n`);
          give();
        });
        give();
      });
    }),
  );
  return all.flatMap((cell, index) => {
    const one = lived.get(index);
    return one === undefined ? [] : [{ ...cell, lived: one }];
  });
}

function before(runs: number): readonly Done[] {
  if (RESUME === undefined || !existsSync(RESUME)) return [];
  const lines = readFileSync(RESUME, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Done).filter((done) => done.runs === runs);
}

function say(all: readonly Cell[], { number, lived }: Omit<Done, "runs">): string {
  const { row, column, runs } = all[number] ?? { row: "", column: "", runs: 0 };
  const back = lived.ours.filter((at) => at !== null).length;
  return `${[row, column].join(" ").trim()}: ${back} of ${runs} back`;
}
