import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasCode, readJson, readText, writeJson } from "./files.ts";
import { type Identity, isAlive, self } from "./identity.ts";

// Claims on a folder are numbered folders in it: 1, 2, 3 ... Each is moved into place whole, with its owner's name in
// it, which fails where the number is taken. The highest number rules and is never removed, so nobody can take a number
// from an outdated look. A claim is open to the next number once its owner has let it go or is dead.

/** A claim that holds until `release`, or until the process that made it is gone. */
export interface Claim {
  release(): void;
}

/** Claims a folder; null while someone alive has it. */
export function claim(folder: string): Claim | null {
  const highest = latest(folder);
  if (highest > 0 && isHeld(folder, highest)) return null;
  const number = highest + 1;
  if (!publish(folder, number) || latest(folder) !== number) return null;
  for (const old of numbers(folder).filter((other) => other < number)) {
    rmSync(join(folder, String(old)), { recursive: true, force: true });
  }
  return { release: () => writeFileSync(join(folder, String(number), "released"), "") };
}

/** Claims a folder for ever: only the first process that asks ever gets it. */
export function claimOnce(folder: string): boolean {
  return publish(folder, 1);
}

/** Who made the latest claim, whether it still lives or not; null where there was none. */
export function claimant(folder: string): Identity | null {
  const number = latest(folder);
  return number === 0 ? null : readJson<Identity>(join(folder, String(number), "owner.json"));
}

function isHeld(folder: string, number: number): boolean {
  const owner = readJson<Identity>(join(folder, String(number), "owner.json"));
  if (owner === null) return false;
  return readText(join(folder, String(number), "released")) === null && isAlive(owner);
}

function publish(folder: string, number: number): boolean {
  const unique = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  const draft = join(folder, `draft-${unique}`);
  mkdirSync(draft, { recursive: true });
  writeJson(join(draft, "owner.json"), self());
  try {
    renameSync(draft, join(folder, String(number)));
    return true;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (hasCode(error, "ENOTEMPTY", "EEXIST")) return false;
    throw error;
  }
}

function latest(folder: string): number {
  return Math.max(0, ...numbers(folder));
}

function numbers(folder: string): number[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  }
}
