// Keeps one version of one service running: starts it, starts it again when it dies, and ends it gently when it is told
// to. The service writes to its log file and not to a pipe, so that it goes on if this keeper is killed; the next keeper
// then takes it over as it is.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, copyFileSync, existsSync, openSync, statSync, truncateSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { claim } from "./claim.ts";
import { readJson, writeJson } from "./files.ts";
import { endGroup } from "./group.ts";
import { type Identity, identityOfLeader, isAlive } from "./identity.ts";
import { KEEP, type KeepConfig, type KeepState, type KeepTold } from "./keep.ts";
import { freePort, isFree } from "./port.ts";
import { told } from "./start.ts";

/** A service that ran this long before it died is started again at once. */
const STEADY = 30_000;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 10_000;
/** Most that is kept of what a service prints, in bytes; as much again of what came before. */
const LOG = 1024 * 1024;

const folder = process.argv[2] ?? ".";
const path = (name: string) => join(folder, name);
const stop = Promise.withResolvers<"stop">();
process.on("SIGTERM", () => stop.resolve("stop"));

const given = await told<KeepTold>();
const config = readJson<KeepConfig>(path(KEEP.config));
// The stop file is looked for after the claim, and whoever writes it looks for claims after that: one sees the other.
const mayRun = given !== null && config !== null && claim(path(KEEP.claims)) !== null;
if (mayRun && !existsSync(path(KEEP.stop))) await keep(config, given);
process.exit(0);

async function keep(config: KeepConfig, { env }: KeepTold): Promise<void> {
  flushCompileCache();
  setInterval(capLog, 1000).unref();
  let early = 0;
  for (;;) {
    const began = performance.now();
    const end = await Promise.race([(await run(config, env)).over, stop.promise]);
    if (end === "stop") break;
    note({ last: end });
    early = performance.now() - began >= STEADY ? 0 : early + 1;
    const rest = pause(Math.min(FIRST_PAUSE * 2 ** early, LONGEST_PAUSE));
    if ((await Promise.race([rest, stop.promise])) === "stop") break;
  }
  const { child } = known();
  if (child !== null) await endGroup(child, config.drain);
  note({ child: null });
}

/** The service as it runs, or started: on its old port, if that can be had. `over` tells how it ended. */
async function run(config: KeepConfig, env: KeepTold["env"]): Promise<{ over: Promise<string> }> {
  const { child, port: old, starts } = known();
  if (child !== null && isAlive(child)) return { over: adopt(child) };
  if (child !== null) await endGroup(child, 500);
  const port = old > 0 && (await isFree(old)) ? old : await freePort();
  note({ port, child: null, starts: starts + 1 });
  const started = begin(config, { ...env, PORT: String(port) });
  note({ child: started.child });
  return started;
}

function known(): KeepState {
  return readJson(path(KEEP.state)) ?? { port: 0, child: null, starts: 0, last: null };
}

function note(more: Partial<KeepState>): void {
  writeJson(path(KEEP.state), { ...known(), ...more });
}

function begin(
  { argv: [program = "", ...rest], cwd }: KeepConfig,
  env: Record<string, string>,
): { child: Identity | null; over: Promise<string> } {
  const log = openSync(path(KEEP.log), "a", 0o600);
  try {
    const child = spawn(program, rest, { cwd, env, detached: true, stdio: ["ignore", log, log] });
    const over = once(child, "exit").then(
      ([code, signal]) => (signal === null ? `exit code ${code}` : `signal ${signal}`),
      (error: Error) => `it cannot be started (${error.message})`,
    );
    return { child: child.pid === undefined ? null : identityOfLeader(child.pid), over };
  } catch (error) {
    return { child: null, over: Promise.resolve(`it cannot be started (${error})`) };
  } finally {
    closeSync(log);
  }
}

/** Looks after a service that an earlier keeper started. */
async function adopt(child: Identity): Promise<string> {
  while (isAlive(child)) await pause(250);
  return "an end that nobody saw";
}

/** The service holds the log open to append, so the file is emptied in place. */
function capLog(): void {
  const log = path(KEEP.log);
  if (!existsSync(log) || statSync(log).size <= LOG) return;
  copyFileSync(log, path("output.1.log"));
  truncateSync(log, 0);
}
