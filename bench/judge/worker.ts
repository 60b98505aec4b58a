// One of the threads that live through scenes: told the number of a cell, it answers what came of all its runs.
import { parentPort, workerData } from "node:worker_threads";
import { judgePeers, PEERS, type Peer } from "./peers.ts";
import { runJudge } from "./run.ts";
import { type Cell, cells } from "./scenes.ts";
import { samplesOf } from "./traffic.ts";

/** Seconds from the fault, or the exposure, to the rollback in each run; null where there was none. */
export interface Lived {
  readonly ours: readonly (number | null)[];
  readonly goesOn: readonly (number | null)[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly peers: Readonly<Record<Peer, readonly (number | null)[]>>;
}

function live({ scene, runs, peers: others }: Cell, number: number): Lived {
  const from = scene.from ?? 0;
  const since = (rollback: number | null) => (rollback === null ? null : rollback - from);
  const ours: (number | null)[] = [];
  const goesOn: (number | null)[] = [];
  const metrics: Record<string, number> = {};
  const peers: Record<Peer, (number | null)[]> = {
    "Argo-style": [],
    "Flagger-style": [],
    "Kayenta-style": [],
  };
  for (let index = 0; index < runs; index += 1) {
    const seeded = { ...scene, seed: number * 1_000_003 + index * 7919 };
    const { rollback, metric, goesOn: at } = runJudge(seeded);
    ours.push(since(rollback));
    goesOn.push(at);
    if (metric !== "") metrics[metric] = (metrics[metric] ?? 0) + 1;
    if (index >= others) continue;
    const told = judgePeers([...samplesOf(seeded)]);
    for (const peer of PEERS) peers[peer].push(since(told[peer]));
  }
  return { ours, goesOn, metrics, peers };
}

const all = cells((workerData as { runs: number }).runs);
parentPort?.on("message", (number: number) => {
  const cell = all[number];
  if (cell !== undefined) parentPort?.postMessage({ number, lived: live(cell, number) });
});
