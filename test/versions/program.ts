// The whole program, run as people run it, on real repositories of a scratch folder.
import { spawnSync } from "node:child_process";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { type Scratch, scratch } from "#adapters/git/repository.fixture.ts";

const BIN = fileURLToPath(new URL("../../bin/holdpoint.mjs", import.meta.url));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Program {
  readonly work: Scratch;
  /** Runs it in a folder as a person, and waits for its end. */
  readonly as: (person: string, cwd: string, ...argv: string[]) => Ran;
  /** The same as `lead@example.test`. */
  readonly holdpoint: (cwd: string, ...argv: string[]) => Ran;
}

/** A scratch folder that goes with the test file, and the program with its home there. */
export function program(): Program {
  const path = process.env["PATH"] ?? "";
  const work = scratch(path);
  after(() => work.remove());
  const as: Program["as"] = (person, cwd, ...argv) => {
    const env = { PATH: path, HOME: work.top, HOLDPOINT_PERSON: person, NO_COLOR: "1" };
    const run = spawnSync(process.execPath, [BIN, ...argv], { cwd, env, encoding: "utf8" });
    return { code: run.status, out: run.stdout, err: run.stderr };
  };
  return { work, as, holdpoint: (cwd, ...argv) => as("lead@example.test", cwd, ...argv) };
}
