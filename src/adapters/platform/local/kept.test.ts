import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { claimant } from "#processes/claim.ts";
import { isAlive } from "#processes/identity.ts";
import { CODE } from "../../../../test/traffic/local-world.ts";
import { isKept, lastWords, startKept, stateOf, stopKept } from "./kept.ts";

const root = mkdtempSync(join(tmpdir(), "kept-"));
const folders: string[] = [];
after(async () => {
  await Promise.all(folders.map((folder) => stopKept(folder, 0)));
  rmSync(root, { recursive: true, force: true });
});

/** Keeps a program given as text. */
async function keep(text: string, drain = 300): Promise<string> {
  const folder = folders.at(-1) ?? "";
  const argv = [process.execPath, "-e", text];
  await startKept(folder, { config: { argv, cwd: root, drain }, env: { A: "b" }, cache: CODE });
  return folder;
}

const fresh = () => folders.push(join(root, String(folders.length)));

test("a service is kept once, however often and from wherever it is asked for", async () => {
  fresh();
  const text = `console.log(process.env.A + " on " + process.env.PORT); setInterval(() => {}, 1000)`;
  await Promise.all([keep(text), keep(text), keep(text)]);
  const folder = await keep(text);
  await until(() => lastWords(folder) !== "");
  assert.equal(stateOf(folder).starts, 1);
  assert.equal(lastWords(folder), `b on ${stateOf(folder).port}`);
});

test("a service that dies again and again is started with growing pauses, and says how it ended", async () => {
  fresh();
  const folder = await keep("process.exit(3)");
  await until(() => stateOf(folder).starts >= 3);
  const began = performance.now();
  const { starts, last } = stateOf(folder);
  assert.equal(last, "exit code 3");
  await until(() => stateOf(folder).starts > starts);
  await until(() => stateOf(folder).starts > starts + 1);
  assert.ok(performance.now() - began >= 400);
  await stopKept(folder, 100);
  assert.ok(!isKept(folder));
});

test("a program that is not there is told as such", async () => {
  fresh();
  const folder = folders.at(-1) ?? "";
  const config = { argv: ["no-such-program"], cwd: root, drain: 100 };
  await startKept(folder, { config, env: {}, cache: CODE });
  await until(() => stateOf(folder).last !== null);
  assert.match(stateOf(folder).last ?? "", /cannot be started.*ENOENT/);
});

test("what is told to end has some time for it, and then is ended with all its children", async () => {
  fresh();
  const note = (what: string) => `require("fs").writeFileSync("${what}" + process.argv[1], "")`;
  const stubborn = `process.on("SIGTERM", () => ${note("told")}); setInterval(() => {}, 1000); ${note("ready")};`;
  const text = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(stubborn)}, "child"]); ${stubborn}`;
  const folder = await keep(text, 400);
  await until(() => stateOf(folder).child !== null);
  const { child } = stateOf(folder);
  const keeper = claimant(join(folder, "claims"));
  assert.ok(child !== null && keeper !== null);
  const members = () => readdirSync("/proc").filter((pid) => groupOf(pid) === child.pid);
  await until(() => existsSync(join(root, "readychild")));
  assert.equal(members().length, 2);
  const began = performance.now();
  await stopKept(folder, 400);
  assert.ok(performance.now() - began >= 390);
  assert.ok(existsSync(join(root, "toldchild")));
  assert.deepEqual(members(), []);
  assert.ok(!isAlive(child) && !isAlive(keeper));
});

test("what was stopped stays so until it is asked for again, and then is another process on the same port", async () => {
  fresh();
  const text = "setInterval(() => {}, 1000)";
  const folder = await keep(text);
  await until(() => stateOf(folder).child !== null);
  const before = stateOf(folder);
  await stopKept(folder, 500);
  assert.equal(stateOf(folder).child, null);
  await keep(text);
  await until(() => stateOf(folder).child !== null);
  const { child, port } = stateOf(folder);
  assert.ok(child !== null && child.pid !== before.child?.pid);
  assert.equal(port, before.port);
});

test("the log of a service stays short, and keeps what it said last", async () => {
  fresh();
  const folder = await keep(
    `let n = 0; const say = () => console.log(String(n++).padStart(99)); while (n < 15000) say(); setInterval(say, 10)`,
  );
  const last = (name: string) =>
    Number(readFileSync(join(folder, name), "utf8").trimEnd().split("\n").at(-1));
  await until(() => existsSync(join(folder, "output.1.log")));
  const before = last("output.1.log");
  await until(() => last("output.log") > before + 10);
  assert.ok(before >= 14_000);
  assert.ok(statSync(join(folder, "output.log")).size < 1024 * 1024);
});

function groupOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? 0 : Number(fields[2]);
  } catch {
    return 0;
  }
}

async function until(truth: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!truth()) {
    assert.ok(performance.now() < deadline, "waited in vain");
    await pause(10);
  }
}
