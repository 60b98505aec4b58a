// Runs one command, once for ever per folder. src/adapters/runner.ts starts it as often as it likes: the first process
// that claims the folder runs the command, all others end at once. It outlives the control plane and leaves the end of
// the command in `result.json`.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { claimOnce } from "./claim.ts";
import { hasCode, writeJson } from "./files.ts";
import { endGroup } from "./group.ts";
import { identityOfLeader, sendTo } from "./identity.ts";
import { JOB, type JobAsk, type JobEnd } from "./job.ts";
import { told } from "./start.ts";
import { tail } from "./tail.ts";

/** Most that is kept of what a command prints, in bytes, apart from the line that says what was left out. */
const OUTPUT = 1024 * 1024 - 64;
/** How long output may come after the command's end, in ms. Who holds the pipe open longer is not waited for. */
const LAG = 300;
/** The longest that a timer can wait. */
const LONGEST = 2 ** 31 - 1;

const folder = process.argv[2] ?? ".";
const ask = await told<JobAsk>();
if (ask !== null && claimOnce(join(folder, JOB.claims))) {
  writeJson(join(folder, JOB.result), await run(ask), true);
}
process.exit(0);

async function run(ask: JobAsk): Promise<JobEnd> {
  const began = performance.now();
  const child = await begin(ask);
  if ("reason" in child) return { end: "not-started", reason: child.reason };
  const { pid, process: command } = child;
  const leader = identityOfLeader(pid);
  writeJson(join(folder, JOB.child), leader);
  process.on("SIGTERM", () => sendTo(-pid, "SIGTERM"));
  const output = listen(command, ask);
  const exit = once(command, "exit") as Promise<[number | null, string | null]>;
  const ended = await Promise.race([exit, late(ask.timeout)]);
  if (ended === "late") await endGroup(leader, ask.grace);
  const said = { ...(await output()), took: Math.round(performance.now() - began) };
  if (ended === "late") return { end: "timeout", ...said };
  const [code, signal] = ended;
  if (code === null) return { end: "killed", signal: signal ?? "a signal", ...said };
  return { end: "exited", code, ...said };
}

/** Starts the command in a process group of its own, without a shell. */
async function begin({
  argv: [program = "", ...rest],
  cwd,
  env,
}: JobAsk): Promise<{ pid: number; process: ChildProcess } | { reason: string }> {
  try {
    const child = spawn(program, rest, {
      cwd,
      env: { ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (child.pid !== undefined) return { pid: child.pid, process: child };
    const [error] = await once(child, "error");
    throw error;
  } catch (error) {
    return { reason: whyNot(error, program, cwd) };
  }
}

function whyNot(error: unknown, program: string, cwd: string): string {
  if (hasCode(error, "ENOENT") && !existsSync(cwd))
    return `There is no folder ${cwd} to run it in.`;
  if (hasCode(error, "ENOENT")) {
    return `There is no program ${program}. Install it on this machine, or name it by its path.`;
  }
  if (hasCode(error, "EACCES")) return `The program ${program} may not be run. Make it executable.`;
  return `The program ${program} cannot be run: ${error instanceof Error ? error.message : error}`;
}

/** Collects what a command says; the answer waits for the end of it. */
function listen({ stdout, stderr }: ChildProcess, ask: JobAsk) {
  const all = tail(OUTPUT, ask.secrets);
  const out = ask.stdout ? tail(OUTPUT, ask.secrets) : null;
  stdout?.on("data", (bytes: Buffer) => {
    all.add(bytes);
    out?.add(bytes);
  });
  stderr?.on("data", (bytes: Buffer) => all.add(bytes));
  const closed = Promise.all([stdout, stderr].map((pipe) => pipe && once(pipe, "close")));
  return async () => {
    await Promise.race([closed, pause(LAG)]);
    return { output: all.text(), ...(out === null ? {} : { stdout: out.text() }) };
  };
}

function late(timeout: number): Promise<"late"> {
  return pause(Math.min(timeout, LONGEST), "late" as const);
}
