import { mkdirSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { MINUTE } from "#core/base/time.ts";
import { type Claim, claim, claimant } from "#processes/claim.ts";

/** Longest that an operation waits for another one on the same environment. */
const PATIENCE = 10 * MINUTE;

/**
 * Works on an environment while nobody else does, in this process or another. Whoever dies at it leaves it open.
 * @throws {Error} when someone else works on it for too long
 */
export async function locked<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE;
  for (let wait = 2; performance.now() < deadline; wait = Math.min(wait * 1.5, 50)) {
    const mine = take(folder);
    if (mine !== null) return during(mine, work);
    await pause(wait);
  }
  const { pid } = claimant(folder) ?? {};
  throw new Error(`Process ${pid} works on ${folder} and does not end. End it, then try again.`);
}

/** Works if nobody else does; else does nothing and answers null. */
export async function ifFree<T>(folder: string, work: () => Promise<T>): Promise<T | null> {
  const mine = take(folder);
  return mine === null ? null : during(mine, work);
}

function take(folder: string): Claim | null {
  mkdirSync(folder, { recursive: true });
  return claim(folder);
}

async function during<T>(mine: Claim, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    mine.release();
  }
}
