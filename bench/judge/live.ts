import { Worker } from "node:worker_threads";
import type { Result } from "./page.ts";
import { type Cell, cells } from "./scenes.ts";
import type { Lived } from "./worker.ts";

const THREADS = Number(process.env["JUDGE_THREADS"] ?? 2);

/** Lives through all cells in a few threads, the longest first; answers them in order. */
export async function liveAll(runs: number): Promise<readonly Result[]> {
  const all = cells(runs);
  const lived = new Map<number, Lived>();
  const left = all.map((_, index) => index);
  await Promise.all(
    Array.from({ length: THREADS }, () => {
      const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: { runs } });
      return new Promise<void>((done, fail) => {
        const give = () => {
          const next = left.shift();
          if (next === undefined) void worker.terminate().then(() => done());
          else worker.postMessage(next);
        };
        worker.on("error", fail);
        worker.on("message", ({ number, lived: one }: { number: number; lived: Lived }) => {
          lived.set(number, one);
          const { row, column, runs: of } = all[number] as Cell;
          const back = one.ours.filter((at) => at !== null).length;
          process.stderr.write(
            `judge: ${lived.size}/${all.length} ${row} ${column}: ${back} of ${of} ${JSON.stringify(one.metrics)}\n`,
          );
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
