import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { RunCommand, Runner, RunResult } from "#app/ports/outside.ts";
import { digestText } from "#core/base/digest.ts";
import { SECOND } from "#core/base/time.ts";
import { claimant } from "#processes/claim.ts";
import { readJson, writeJson } from "#processes/files.ts";
import { endGroup } from "#processes/group.ts";
import { type Identity, isAlive } from "#processes/identity.ts";
import { JOB, type JobAsk, type JobEnd } from "#processes/job.ts";
import { type Started, start } from "#processes/start.ts";

/** A runner on this machine. */
export interface LocalRunner extends Runner {
  /** Runs a command that changes nothing, as often as it is asked, and keeps no record of it. */
  look(command: RunCommand): Promise<RunResult>;
}

export interface RunnerNeeds {
  /** The folder for the records of the commands that were run. */
  readonly folder: string;
  /** Where Node keeps compiled code; a folder beside the records where it is left out. */
  readonly cache?: string;
  /** Values that no output may show. */
  readonly secrets?: readonly string[];
  /** Milliseconds between the gentle end of a command that takes too long and the hard one. */
  readonly grace?: number;
}

/**
 * Runs commands through `run-once`, a process of its own for each. It outlives this one, so a key that is asked for
 * again finds the command running, or its recorded end. Where the supervisor died the end is `unknown`, and what it had
 * started is ended, because nobody watches its time any more. What a command leaves behind after a regular end runs on.
 * @throws {Error} when no supervisor can be started.
 */
export function makeRunner(needs: RunnerNeeds): LocalRunner {
  const { folder, secrets = [], grace = 5 * SECOND, cache = join(folder, ".code") } = needs;

  async function run(key: string, command: RunCommand): Promise<RunResult> {
    const job = join(folder, digestText(key).slice(0, 40));
    mkdirSync(job, { recursive: true, mode: 0o700 });
    const { stdout = false, ...rest } = command;
    const ask: JobAsk = { ...rest, stdout, secrets, grace };
    return readJson<JobEnd>(join(job, JOB.result)) ?? (await attend(job, ask, cache));
  }

  async function look(command: RunCommand): Promise<RunResult> {
    const key = `look/${randomUUID()}`;
    try {
      return await run(key, command);
    } finally {
      rmSync(join(folder, digestText(key).slice(0, 40)), { recursive: true, force: true });
    }
  }

  return { run, look };
}

/** Waits for the end of a job; starts a supervisor where the key was never taken. */
async function attend(job: string, ask: JobAsk, cache: string): Promise<JobEnd> {
  const claims = join(job, JOB.claims);
  const started =
    claimant(claims) === null
      ? start({ program: "run-once", folder: job, told: ask, cache })
      : null;
  for (let wait = 5; ; wait = Math.min(wait * 1.5, 100)) {
    const owner = claimant(claims);
    // The order matters: a supervisor that is seen dead has written its result before, if it ever did.
    const dead = owner !== null && !isAlive(owner);
    const end = readJson<JobEnd>(join(job, JOB.result));
    if (end !== null) return end;
    if (dead) return abandon(job);
    if (owner === null) mustRun(started);
    await pause(wait);
  }
}

function mustRun(started: Started | null): void {
  const end = started?.ended() ?? null;
  if (end !== null) throw new Error(`The supervisor of a command could not be started: ${end}`);
}

/** Settles a job whose supervisor is gone for good. */
async function abandon(job: string): Promise<JobEnd> {
  const child = readJson<Identity>(join(job, JOB.child));
  if (child !== null) await endGroup(child, SECOND);
  const end: JobEnd = {
    end: "unknown",
    reason: "The process that watched over the command was ended before the command was.",
  };
  writeJson(join(job, JOB.result), end, true);
  return end;
}
