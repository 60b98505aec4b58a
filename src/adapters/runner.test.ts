import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { mkdtemp, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { environmentFor } from "#app/perform/outside.ts";
import type { RunCommand } from "#app/ports/outside.ts";
import { claimant } from "#processes/claim.ts";
import { readJson } from "#processes/files.ts";
import { type Identity, identityOf, isAlive } from "#processes/identity.ts";
import { CODE } from "../../test/traffic/local-world.ts";
import { makeRunner } from "./runner.ts";

const folder = await realpath(await mkdtemp(join(tmpdir(), "runner-")));
after(() => rmSync(folder, { recursive: true, force: true }));
const records = join(folder, "records");
const secrets = ["hunter2-and-more", "s p/a+c=e&é", "line one\nline two"];
const runner = makeRunner({ folder: records, secrets, grace: 200, cache: CODE });

/** A command that runs a text as a Node program. */
function program(text: string, more: Partial<RunCommand> = {}): RunCommand {
  const env = environmentFor([], process.env);
  return { argv: [process.execPath, "-e", text], cwd: folder, timeout: 20_000, env, ...more };
}

const count = (name: string) => {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, "utf8").length : 0;
};
const add = (name: string) => `require("fs").appendFileSync(${JSON.stringify(name)}, "x");`;

async function until(truth: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!truth()) {
    assert.ok(performance.now() < deadline, `waited in vain until ${what}`);
    await pause(10);
  }
}

/** Starts a run and kills its supervisor the hard way once the command is under way. */
function orphanJob(): { job: () => string | undefined } {
  const known = new Set(existsSync(records) ? readdirSync(records) : []);
  return { job: () => readdirSync(records).find((name) => !known.has(name)) };
}

test("a command runs once for one key, asked concurrently and again", async () => {
  const command = program(`${add("once")} setTimeout(() => console.log("done"), 150)`);
  const other = makeRunner({ folder: records, secrets, cache: CODE });
  const asks = [runner, other, runner, other].map((one) => one.run("once", command));
  const ends = [...(await Promise.all(asks)), await runner.run("once", command)];
  assert.equal(count("once"), 1);
  for (const end of ends) {
    assert.deepEqual(end, ends[0]);
    assert.ok(end.end === "exited" && end.code === 0 && end.output === "done\n");
  }
});

test("another key runs the command again", async () => {
  const command = program(add("twice"));
  await Promise.all([runner.run("twice/1", command), runner.run("twice/2", command)]);
  assert.equal(count("twice"), 2);
});

test("the end of a command is told as it was: exit code, signal, both outputs", async () => {
  const exit = await runner.run("exit", program(`console.error("bad"); process.exitCode = 3`));
  assert.ok(exit.end === "exited" && exit.code === 3 && exit.output === "bad\n");
  const killed = await runner.run("killed", program(`process.kill(process.pid, "SIGKILL")`));
  assert.ok(killed.end === "killed" && killed.signal === "SIGKILL");
  const both = program(`console.error("to people"); console.log("to readers")`, { stdout: true });
  const end = await runner.run("both", both);
  assert.ok(end.end === "exited" && end.stdout === "to readers\n");
  assert.deepEqual(end.output.split("\n").sort(), ["", "to people", "to readers"]);
});

test("a command that cannot be started says why and what to do", async () => {
  const cases: [string, RunCommand, RegExp][] = [
    ["missing", program("", { argv: ["no-such-program-anywhere"] }), /no program no-such.*Install/],
    ["folder", program("", { cwd: join(folder, "nowhere") }), /There is no folder/],
    ["right", program("", { argv: [import.meta.filename] }), /may not be run/],
    ["zero", program("", { argv: ["node", "a\0b"] }), /cannot be run/],
  ];
  for (const [key, command, says] of cases) {
    const end = await runner.run(key, command);
    assert.ok(end.end === "not-started", key);
    assert.match(end.reason, says);
  }
});

test("what takes too long is ended with its grandchildren, even those that ignore the gentle end", async () => {
  const stubborn = `process.on("SIGTERM", () => {}); require("fs").writeFileSync("grandchild", String(process.pid)); setInterval(() => {}, 1000)`;
  const parent = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(stubborn)}], { stdio: "inherit" }); console.log("begun"); setInterval(() => {}, 1000)`;
  const end = await runner.run("late", program(parent, { timeout: 1000 }));
  assert.ok(end.end === "timeout" && end.output === "begun\n");
  const pid = Number(readFileSync(join(folder, "grandchild"), "utf8"));
  assert.ok(pid > 1);
  await until(() => identityOf(pid) === null, "the grandchild is gone");
});

test("at most one mebibyte of output is kept, the last of it", async () => {
  const chatty = `for (let i = 0; i < 60000; i++) process.stdout.write(String(i).padStart(49) + "\\n"); process.stdout.write("é".repeat(10) + "the end")`;
  const end = await runner.run("chatty", program(chatty));
  assert.ok(end.end === "exited");
  assert.ok(Buffer.byteLength(end.output) <= 1024 * 1024);
  assert.ok(Buffer.byteLength(end.output) > 1024 * 1024 - 200);
  assert.match(end.output, /^\[\d+ bytes left out\]\n/);
  assert.ok(end.output.endsWith("éthe end"));
  const left = Number(/^\[(\d+)/.exec(end.output)?.[1]);
  assert.equal(left + Buffer.byteLength(end.output.replace(/^.*\n/, "")), 60000 * 50 + 27);
});

test("a secret is nowhere in the output or the records, however it is spelt or cut", async () => {
  const [plain = "", odd = "", lines = ""] = secrets;
  const filler = "y".repeat(1024 * 1024 - 70);
  const said = [
    ...[plain, odd, lines, encodeURIComponent(odd), JSON.stringify(lines)],
    Buffer.from(plain).toString("base64"),
  ];
  const env = { ...environmentFor([], process.env), SAID: JSON.stringify(said), ONE: plain };
  const talk = `for (const one of JSON.parse(process.env.SAID)) { console.log(one); console.error(one) }`;
  const cut = `process.stdout.write(process.env.ONE + "y".repeat(${filler.length}))`;
  const ends = await Promise.all([
    runner.run("secret", program(talk, { env, stdout: true })),
    runner.run("secret cut", program(cut, { env })),
  ]);
  assert.match(JSON.stringify(ends[0]), /\[hidden\]/);
  const files = readdirSync(records, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
  assert.ok(files.length > 4);
  for (const text of [JSON.stringify(ends), ...files]) {
    for (const secret of [...said, "line one", "line two", "nter2-and-more", "d-more"]) {
      assert.ok(!text.includes(secret), `${secret} is in ${text.slice(0, 200)}`);
    }
  }
});

test("arguments never reach a shell", async () => {
  const corpus = [
    "; touch canary",
    "&& touch canary",
    "| touch canary",
    "$(touch canary)",
    "`touch canary`",
  ];
  corpus.push(
    "\n touch canary",
    "> canary",
    "*",
    "~",
    "$HOME",
    "%PATH%",
    "'",
    '"',
    "\\",
    "-e",
    "--",
    "!!",
    "{a,b}",
  );
  const show = `console.log(JSON.stringify(process.argv.slice(1)))`;
  const argv = [process.execPath, "-e", show, "--", ...corpus];
  const end = await runner.run("meta", program("", { argv }));
  assert.ok(end.end === "exited");
  assert.deepEqual(JSON.parse(end.output), corpus);
  const firsts = corpus.map((first) => runner.look(program("", { argv: [first, "touch canary"] })));
  for (const one of await Promise.all(firsts)) assert.equal(one.end, "not-started");
  assert.equal(existsSync(join(folder, "canary")), false);
});

test("a command sees its own environment and nothing else", async () => {
  const source = { PATH: "/bin", HOME: "/home/x", LANG: "C", TZ: "UTC", NAMED: "yes", OTHER: "no" };
  const env = environmentFor(["NAMED", "MISSING", "toString"], source);
  assert.deepEqual(Object.keys(env).sort(), ["HOME", "LANG", "NAMED", "PATH", "TZ"]);
  const show = `console.log(JSON.stringify(process.env))`;
  const end = await runner.run("environment", program(show, { env }));
  assert.ok(end.end === "exited");
  assert.deepEqual(JSON.parse(end.output), env);
});

test("a command runs on without the one who asked, and the key finds it again", async () => {
  const { job } = orphanJob();
  const asker = `
    const { makeRunner } = await import(${JSON.stringify(import.meta.resolve("./runner.ts"))});
    const { environmentFor } = await import(${JSON.stringify(import.meta.resolve("#app/perform/outside.ts"))});
    const runner = makeRunner({ folder: ${JSON.stringify(records)} });
    runner.run("left", JSON.parse(process.argv[1]));
    setInterval(() => {}, 1000);`;
  const slow = program(`${add("left")} setTimeout(() => console.log("survived"), 700)`);
  const { spawn } = await import("node:child_process");
  const child = spawn(process.execPath, ["--input-type=module", "-e", asker, JSON.stringify(slow)]);
  await until(() => count("left") === 1, "the command runs");
  child.kill("SIGKILL");
  assert.ok(job() !== undefined);
  const end = await runner.run("left", slow);
  assert.ok(end.end === "exited" && end.output === "survived\n");
  assert.equal(count("left"), 1);
});

test("the end of a command whose supervisor died is unknown for good, and the command is ended", async () => {
  const { job } = orphanJob();
  const command = program(`${add("orphan")} setInterval(() => {}, 1000)`);
  const first = runner.run("orphan", command);
  await until(() => count("orphan") === 1, "the command runs");
  const path = join(records, job() ?? "");
  await until(() => existsSync(join(path, "child.json")), "the command is recorded");
  const child = readJson<Identity>(join(path, "child.json"));
  const owner = claimant(join(path, "claims"));
  assert.ok(child !== null && owner !== null && isAlive(child) && isAlive(owner));
  process.kill(owner.pid, "SIGKILL");
  assert.equal((await first).end, "unknown");
  assert.equal((await runner.run("orphan", command)).end, "unknown");
  assert.equal(isAlive(child), false);
  assert.equal(count("orphan"), 1);
});

test("what a command leaves running neither holds it up nor is ended with it", async () => {
  const rest = `setTimeout(() => { ${add("rest")} }, 900); setTimeout(() => {}, 1200)`;
  const text = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(rest)}], { stdio: "inherit" }).unref(); console.log("left"); process.exit(0)`;
  const end = await runner.run("rest", program(text));
  assert.ok(end.end === "exited" && end.output === "left\n");
  assert.equal(count("rest"), 0);
  await until(() => count("rest") === 1, "the rest did its work");
});

test("a look leaves no record and runs each time", async () => {
  const before = readdirSync(records).length;
  await writeFile(join(folder, "looks"), "");
  await Promise.all([1, 2, 3].map(() => runner.look(program(add("looks")))));
  assert.equal(count("looks"), 3);
  assert.equal(readdirSync(records).length, before);
});
