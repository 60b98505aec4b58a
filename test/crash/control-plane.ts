// A control plane that kills itself: `node control-plane.ts PLACE KILLED [REASON]`. At the first boundary (before or after an append or
// an effect) whose name KILLED does not hold yet, it writes the name there and dies by SIGKILL. It ends by itself, with
// exit code 0, once the release has ended and nothing is wanted any more. Without KILLED it never kills itself; with a REASON
// the version is withdrawn once it is out.
import { existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import type { Saying } from "#app/desk.ts";
import type { Place } from "#app/holdpoint.ts";
import { evolve } from "#core/release/evolve.ts";
import { next } from "#core/release/next.ts";
import type { Release } from "#core/release/state.ts";
import { readEvent } from "#core/release/upcast.ts";
import { world } from "#core/simulation/world.ts";
import { openHoldpoint } from "../../src/main.ts";

const place = JSON.parse(process.argv[2] ?? "") as Place;
const file = process.argv[3] ?? "";
const reason = process.argv[4] ?? "";
const killed = new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n") : []);
const handle = file === "" ? null : openSync(file, "a");

const opened = await openHoldpoint(place, {
  boundary,
  lease: 600,
  write: (text) => process.stderr.write(text),
});
if (!opened.ok) throw new Error(opened.error.map(({ sentence }) => sentence).join("\n"));
const { desk, startWorker, close } = opened.value;
const known = await desk.releases({ limit: 1 });
const release = known.ok && known.value[0] !== undefined ? known.value[0].release : await plan();
const worker = await startWorker();
const { people } = world();
for (let state = await load(); !isOver(state); state = await load()) {
  const said =
    reason !== "" && isOut(state)
      ? ({ ask: "withdraw", by: "lead@example.test", reason } as const)
      : (people(state, Date.now()) as Saying | null);
  if (said !== null) await desk.say(release, said);
  // Even after a refusal: a loop of promises alone would leave the worker no turn.
  await new Promise((resolve) => setTimeout(resolve, 20));
}
await worker.stop();
await close();

function boundary(at: string): void {
  const name = at.replaceAll(/look\/\d+/g, "look");
  if (handle === null || killed.has(name)) return;
  writeSync(handle, `${name}\n`);
  fsyncSync(handle);
  process.kill(process.pid, "SIGKILL");
}

async function plan(): Promise<string> {
  const planned = await desk.release({ by: "rel@example.test" });
  if (!planned.ok) throw new Error(planned.error.map(({ sentence }) => sentence).join("\n"));
  return planned.value.release;
}

async function load(): Promise<Release> {
  const log = await desk.log({ release, after: 0, limit: 100_000 });
  if (!log.ok) throw new Error(log.error[0]?.sentence);
  let state: Release | null = null;
  for (const entry of log.value)
    state = evolve(state, { at: entry.at, by: entry.by, event: readEvent(entry) });
  if (state === null) throw new Error("the journal is empty");
  return state;
}

function isOver(state: Release): boolean {
  if (state.stand.at === "stopped") throw new Error(`stopped: ${state.stand.reason}`);
  if (state.stand.at !== "ended" || next(state, Date.now()).intents.length > 0) return false;
  return reason === "" || !isOut(state);
}

function isOut({ stand }: Release): boolean {
  return stand.at === "ended" && stand.how === "stable";
}
