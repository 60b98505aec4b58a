import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { SECOND } from "#core/base/time.ts";
import { claimant } from "#processes/claim.ts";
import { readJson, writeJson } from "#processes/files.ts";
import { endGroup } from "#processes/group.ts";
import { isAlive, send } from "#processes/identity.ts";
import { KEEP, type KeepConfig, type KeepState, type KeepTold } from "#processes/keep.ts";
import { start } from "#processes/start.ts";

export interface KeptAsk extends KeepTold {
  readonly config: KeepConfig;
  /** Where Node keeps compiled code. */
  readonly cache: string;
}

/** Sees to it that a keeper looks after the service of a folder; where one does already, nothing happens. */
export async function startKept(folder: string, { config, env, cache }: KeptAsk): Promise<void> {
  if (isKept(folder)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (existsSync(join(folder, KEEP.stop))) {
    await stopKept(folder, config.drain);
    rmSync(join(folder, KEEP.stop));
  }
  writeJson(join(folder, KEEP.config), config);
  const before = stateOf(folder).starts;
  const keeper = start({ program: "keep-service", folder, told: { env }, cache });
  while (!isKept(folder) || (stateOf(folder).starts === before && !runs(folder))) {
    const end = keeper.ended();
    if (end !== null && !isKept(folder)) {
      throw new Error(`The keeper of ${folder} could not be started: ${end}`);
    }
    await pause(10);
  }
}

/** Whether a keeper looks after the service and was not told to end it. */
export function isKept(folder: string): boolean {
  if (existsSync(join(folder, KEEP.stop))) return false;
  const keeper = claimant(join(folder, KEEP.claims));
  return keeper !== null && isAlive(keeper);
}

export function stateOf(folder: string): KeepState {
  return readJson(join(folder, KEEP.state)) ?? { port: 0, child: null, starts: 0, last: null };
}

/** The last lines that a service printed. */
export function lastWords(folder: string, lines = 5): string {
  const log = join(folder, KEEP.log);
  if (!existsSync(log)) return "";
  return readFileSync(log, "utf8").trimEnd().split("\n").slice(-lines).join("\n").slice(-2000);
}

/** Ends the service of a folder and its keeper for good: gently, and after `drain` milliseconds by force. */
export async function stopKept(folder: string, drain: number): Promise<void> {
  if (!existsSync(folder)) return;
  writeFileSync(join(folder, KEEP.stop), "");
  const keeper = claimant(join(folder, KEEP.claims));
  if (keeper !== null) {
    send(keeper, "SIGTERM");
    const deadline = performance.now() + drain + 2 * SECOND;
    while (isAlive(keeper) && performance.now() < deadline) await pause(10);
    send(keeper, "SIGKILL");
  }
  // A keeper that was killed has left its service behind.
  const { child } = stateOf(folder);
  if (child !== null) await endGroup(child, drain);
}

function runs(folder: string): boolean {
  const { child } = stateOf(folder);
  return child !== null && isAlive(child);
}
