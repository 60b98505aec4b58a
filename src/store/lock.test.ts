import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { NOON } from "../../test/appends.ts";
import { LockTaken, takeLock } from "./lock.ts";

const HOLDER = fileURLToPath(new URL("../../test/lock-holder.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "holdpoint-lock-"));
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});
const fresh = () => mkdtempSync(join(folder, "data-"));

/** Starts a process that takes the lock, and answers what it said. */
async function start(dataDir: string): Promise<{ child: ChildProcess; said: string }> {
  const stdio = ["pipe", "pipe", "inherit"] as const;
  const child = spawn(process.execPath, [HOLDER, dataDir, String(NOON)], { stdio: [...stdio] });
  children.push(child);
  assert.ok(child.stdout);
  const [said] = await once(child.stdout, "data");
  return { child, said: String(said).trim() };
}

function take(dataDir: string) {
  const lock = takeLock(dataDir, NOON);
  if (!lock.ok) throw lock.error;
  return lock.value;
}

test("a second taker is refused, and told pid, host and start of the one that serves", async () => {
  const dataDir = fresh();
  const { child, said } = await start(dataDir);
  assert.equal(said, "taken");
  const refused = takeLock(dataDir, NOON);
  if (refused.ok || !(refused.error instanceof LockTaken)) throw new Error("not refused");
  assert.equal(refused.error.code, "in-use");
  assert.deepEqual(refused.error.holder, { pid: child.pid, host: hostname(), startedAt: NOON });
  const who = `process ${child.pid} on ${hostname()}, running since 2026-01-05 12:00:00Z`;
  assert.equal(refused.error.message, `The data directory ${dataDir} is served by ${who}.`);
});

test("a holder that is killed with SIGKILL has let go", async () => {
  const dataDir = fresh();
  for (let round = 0; round < 3; round++) {
    const { child, said } = await start(dataDir);
    assert.equal(said, "taken");
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  take(dataDir).release();
});

test("a holder that stands still keeps the lock", async () => {
  const dataDir = fresh();
  const { child } = await start(dataDir);
  child.kill("SIGSTOP");
  assert.equal(takeLock(dataDir, NOON).ok, false);
  child.kill("SIGKILL");
});

test("of six that start at once one serves", async () => {
  const dataDir = fresh();
  const started = await Promise.all(Array.from({ length: 6 }, () => start(dataDir)));
  const taken = started.filter(({ said }) => said === "taken");
  assert.equal(taken.length, 1, started.map(({ said }) => said).join("\n"));
});

test("within one process the lock is had once, and again after it was released", () => {
  const dataDir = fresh();
  const first = take(dataDir);
  assert.equal(takeLock(dataDir, NOON).ok, false);
  first.release();
  assert.equal(existsSync(join(dataDir, "serve.json")), false);
  const second = take(dataDir);
  first.release();
  assert.equal(takeLock(dataDir, NOON).ok, false);
  second.release();
});

test("a lock that nobody remembers stays taken", async () => {
  const dataDir = fresh();
  take(dataDir);
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  for (let round = 0; round < 3; round++) {
    await new Promise((resume) => setImmediate(resume));
    collect();
  }
  assert.equal(takeLock(dataDir, NOON).ok, false);
});

test("a directory that is missing cannot be taken", () => {
  const refused = takeLock(join(folder, "missing"), NOON);
  assert.equal(refused.ok ? "taken" : refused.error.code, "access-denied");
});
