import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { err } from "#core/base/result.ts";
import { openTokens } from "#http/tokens.ts";
import { EXIT } from "./exit-codes.ts";
import { VERBS } from "./verbs.ts";
import { fakeWorld, type Said } from "./world.fake.ts";

function json<Value>({ out }: Said): Value {
  return JSON.parse(out) as Value;
}

test("usage is told in one sentence with a suggestion, on stderr, or as JSON where JSON was asked for", async () => {
  const world = fakeWorld();
  const typo = await world.run("stauts");
  assert.deepEqual([typo.exit, typo.out], [EXIT.usage, ""]);
  assert.match(typo.err, /Did you mean status/);
  const asJson = await world.run("approve --json");
  assert.deepEqual([asJson.exit, asJson.err], [EXIT.usage, ""]);
  assert.equal(json<{ problems: { code: string }[] }>(asJson).problems[0]?.code, "usage");
  assert.equal((await world.run("plan --at soon")).exit, EXIT.usage);
  assert.equal((await world.run("log --limit many")).exit, EXIT.usage);
  world.remove();
});

test("help is a result: on stdout, exit code 0, every verb with what it is for", async () => {
  const world = fakeWorld();
  const help = await world.run("--help");
  assert.equal(help.exit, EXIT.ok);
  for (const { name, summary } of VERBS) {
    assert.ok(help.out.includes(`  ${name}`) && help.out.includes(summary), name);
    const own = await world.run(`${name} --help`);
    assert.equal(own.exit, EXIT.ok);
    assert.match(own.out, /Examples:\n {2}holdpoint /);
  }
  world.remove();
});

test("every verb of the table has a file that does it", async () => {
  for (const verb of VERBS) assert.equal(typeof (await verb.load()).run, "function", verb.name);
});

test("a store that another process has is one clear sentence, whoever throws it and however", async () => {
  const world = fakeWorld();
  const inUse = Object.assign(new Error("Process 12 has the store."), {
    code: "in-use",
    remedy: "Stop it.",
  });
  for (const open of [
    async () => Promise.reject(inUse),
    async () => err([{ code: "in-use", sentence: inUse.message, remedy: inUse.remedy }]),
  ]) {
    const { main } = await import("./main.ts");
    const told: string[] = [];
    const terminal = { ...world.world.terminal, err: (text: string) => void told.push(text) };
    assert.equal(await main(["status"], { ...world.world, open, terminal }), EXIT.failed);
    assert.equal(told.join(""), "error: Process 12 has the store. [in-use]\n  Stop it.\n");
  }
  world.remove();
});

test("without a policy file, or without a person, the remedy is named", async () => {
  const world = fakeWorld({ HOLDPOINT_PERSON: "nobody" });
  const nobody = await world.run("release");
  assert.equal(nobody.exit, EXIT.denied);
  assert.match(nobody.err, /HOLDPOINT_PERSON/);
  const none = await world.run("status --policy missing.yaml");
  assert.equal(none.exit, EXIT.usage);
  assert.match(none.err, /holdpoint init/);
  world.remove();
});

test("a token is shown once, kept only as a hash, and can be revoked", async () => {
  const world = fakeWorld();
  const secret = (await world.run("token add Lead@example.test")).out.trim();
  const file = join(world.folder, ".holdpoint", "tokens.json");
  assert.ok(!readFileSync(file, "utf8").includes(secret));
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const tokens = openTokens(join(world.folder, ".holdpoint"));
  assert.equal(tokens.bearer(secret)?.person, "lead@example.test");
  const out = await world.run("token add qa@example.test --read-only --out qa.token");
  assert.equal(out.exit, EXIT.ok);
  const kept = readFileSync(join(world.folder, "qa.token"), "utf8").trim();
  assert.equal(tokens.bearer(kept)?.may, "read");
  const list = await world.run("token list");
  assert.ok(!list.out.includes(secret) && list.out.includes("lead@example.test"));
  const id = tokens.bearer(secret)?.id;
  assert.equal((await world.run(`token revoke ${id}`)).exit, EXIT.ok);
  assert.equal(tokens.bearer(secret), null);
  assert.equal((await world.run("token revoke none")).exit, EXIT.failed);
  assert.equal((await world.run("token add nobody")).exit, EXIT.usage);
  world.remove();
});

test("a server that is not there, and one without a token for us, are each one clear sentence", async () => {
  const world = fakeWorld({ HOLDPOINT_SERVER: "http://127.0.0.1:1" });
  const untold = await world.run("status");
  assert.deepEqual([untold.exit, untold.err.includes("holdpoint token add")], [EXIT.denied, true]);
  writeFileSync(join(world.folder, "token"), "x".repeat(46));
  Object.assign(world.world.around.env, { HOLDPOINT_TOKEN_FILE: join(world.folder, "token") });
  const gone = await world.run("status");
  assert.equal(gone.exit, EXIT.failed);
  assert.match(gone.err, /The server http:\/\/127\.0\.0\.1:1 cannot be reached\./);
  world.remove();
});

test("init writes a policy only where none is, check says that it is sound", async () => {
  const world = fakeWorld();
  assert.equal((await world.run("init")).exit, EXIT.usage);
  assert.equal((await world.run("init --policy new.yaml")).exit, EXIT.ok);
  assert.equal(readFileSync(join(world.folder, "new.yaml"), "utf8"), "holdpoint: 1\n");
  const checked = await world.run("check new.yaml");
  assert.equal(checked.exit, EXIT.ok);
  assert.match(checked.out, /new\.yaml is sound/);
  world.remove();
});

test("serve listens, works on releases, alone on its store, and stops when told to", async () => {
  const world = fakeWorld();
  const said: string[] = [];
  const url = new Promise<string>((found) => {
    const out = (text: string) => {
      said.push(text);
      found(/http:\S+/.exec(text)?.[0] ?? "");
    };
    const pause = () => new Promise<void>((done) => setTimeout(done, 10));
    void import("./main.ts").then(({ main }) =>
      main(["serve", "--listen", "127.0.0.1:0"], {
        ...world.world,
        pause,
        terminal: { ...world.world.terminal, out },
      }).then((exit) => said.push(String(exit))),
    );
  });
  const address = await url;
  assert.equal((await fetch(`${address}/readyz`)).status, 200);
  assert.equal(world.fake.workers(), 1);
  const second = await world.run("serve --listen 127.0.0.1:0");
  assert.equal(second.exit, EXIT.failed);
  assert.match(second.err, /is served by process \d+ on .* \[in-use\]/);
  world.interrupt();
  while (said.length < 2) await new Promise((done) => setTimeout(done, 10));
  assert.equal(said[1], "0");
  await assert.rejects(fetch(`${address}/readyz`));
  world.remove();
});
