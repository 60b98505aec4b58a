import assert from "node:assert/strict";
import { test } from "node:test";
import type { StatusReport } from "#core/reports/status.ts";
import { inBothWorlds, json } from "./both-worlds.fixture.ts";
import { EXIT } from "./exit-codes.ts";
import { fakeWorld } from "./world.fake.ts";

const RELEASE = "shop-1.4.0";

inBothWorlds("a release goes from plan to work by what people say", async (world, where) => {
  const planned = await world.run("plan --why");
  assert.equal(planned.exit, EXIT.ok);
  assert.match(planned.out, /Shop 1\.4\.0 \(patch, shop-1\.4\.0\)/);
  assert.match(planned.out, /Why this version:\n {2}fix: it/);
  assert.equal(world.fake.recorded(), 0, "a plan records nothing");

  const begun = await world.run("release --no-wait --json");
  assert.equal(begun.exit, EXIT.ok);
  assert.equal(json<StatusReport>(begun).release, RELEASE);
  assert.equal(world.fake.workers(), 0, "with --no-wait nobody works here");

  const list = await world.run("status");
  assert.match(list.out, /RELEASE +TYPE +STATUS.*\nshop-1\.4\.0 +patch +held +ready/);

  const held = await world.run(`status ${RELEASE}`);
  assert.match(held.out, /Why not now: 2 holds\n {2}go-no-go: /);
  assert.match(held.err, /next: holdpoint approve shop-1\.4\.0 go-no-go/);

  const ticked = await world.run(`tick ${RELEASE} list runbook --json`);
  assert.equal(ticked.exit, EXIT.ok);
  const approved = await world.run(`approve ${RELEASE}`);
  assert.equal(approved.exit, EXIT.ok);
  assert.match(approved.out, /▸ production in production: working/);
  if (where === "embedded") assert.match(approved.err, /holdpoint resume shop-1\.4\.0/);
  else assert.doesNotMatch(approved.err, /resume/);

  const log = await world.run(`log ${RELEASE}`);
  assert.match(log.out, /lead@example\.test approved ready\/go-no-go as lead/);
  const entries = json<{ entries: { by: string }[] }>(await world.run("log --json")).entries;
  assert.deepEqual([...new Set(entries.map(({ by }) => by))].sort(), [
    "holdpoint",
    "lead@example.test",
  ]);

  const again = await world.run(`approve ${RELEASE} go-no-go`);
  assert.equal(again.exit, EXIT.failed);
  assert.match(again.err, /^error: .*\[no-gate\]/);
});

inBothWorlds(
  "what holds, what is denied and what is not there have exit codes of their own",
  async (world) => {
    await world.run("release --no-wait");
    assert.equal((await world.run("status shop-9.9.9")).exit, EXIT.failed);
    assert.equal((await world.run("status ../x")).exit, EXIT.failed);
    assert.equal(
      (await world.run(`waive ${RELEASE} list`)).exit,
      EXIT.usage,
      "a waiver needs a reason",
    );
    const waived = await world.run(`waive ${RELEASE} list --reason "seen by hand"`);
    assert.equal(waived.exit, EXIT.ok);
    await assert.match(waived.out, /✓ list \(checklist\): waived/);
    const failed = await world.run(`retry ${RELEASE} --json`);
    assert.equal(failed.exit, EXIT.failed);
    const { problems } = json<{ problems: { code: string; remedy: string }[] }>(failed);
    assert.equal(problems[0]?.code, "nothing-to-retry");
    assert.notEqual(problems[0]?.remedy, "");
  },
);

inBothWorlds(
  "a release that waits only for people ends the wait with 3, and says who can lift what",
  async (world) => {
    world.work();
    const said = await world.run("release");
    assert.equal(said.exit, EXIT.held);
    assert.match(said.err, /phase ready opened/);
    assert.match(said.err, /held by go-no-go \(lead approves/);
    assert.match(said.out, /Why not now/);
    assert.match(said.err, /next: holdpoint approve shop-1\.4\.0 go-no-go\n +holdpoint tick/);
  },
);

inBothWorlds(
  "the journal is proved, also against a head that was noted elsewhere",
  async (world) => {
    await world.run("release --no-wait");
    const proved = await world.run("verify");
    assert.equal(proved.exit, EXIT.ok);
    const head = /head (\d+:[0-9a-f]{64})/.exec(proved.out)?.[1];
    assert.equal((await world.run(`verify --head ${head}`)).exit, EXIT.ok);
    const wrong = await world.run(`verify --head 1:${"0".repeat(64)}`);
    assert.equal(wrong.exit, EXIT.failed);
    assert.match(wrong.out, /not sound, at position 1/);
    assert.equal((await world.run("verify --head 1:x")).exit, EXIT.usage);
  },
);

test("in the foreground a release that nobody holds runs to its end", async () => {
  const world = fakeWorld();
  await world.run("release --no-wait");
  await world.run(`tick ${RELEASE} list runbook`);
  await world.run(`approve ${RELEASE}`);
  world.work();
  const said = await world.run("resume");
  assert.equal(said.exit, EXIT.ok, said.out + said.err);
  assert.equal(world.fake.workers(), 1);
  assert.match(said.err, /step production\/2-shift is done/);
  assert.match(said.out, /Ended stable/);
  const nothing = await world.run("resume");
  assert.equal(nothing.out, "No release is under way.\n");
  world.remove();
});

inBothWorlds(
  "a version that is out is taken back, once, by whom the policy names",
  async (world) => {
    const withdraw = `withdraw ${RELEASE} --reason "loses carts"`;
    await world.run("release --no-wait");
    const early = await world.run(`${withdraw} --yes`);
    assert.match(early.err, /still on its way.*\[not-out\]/s);
    await world.run(`tick ${RELEASE} list runbook`);
    await world.run(`approve ${RELEASE}`);
    world.work();
    for (let pauses = 0; world.fake.state(RELEASE).stand.at !== "ended"; pauses += 1) {
      assert.ok(pauses < 200, (await world.run(`status ${RELEASE}`)).out);
      await world.world.pause(1000);
    }
    assert.equal((await world.run(`withdraw ${RELEASE} --yes`)).exit, EXIT.usage, "why?");
    assert.match((await world.run(withdraw)).err, /nobody can be asked/);
    const done = await world.run(`${withdraw} --yes`);
    assert.equal(done.exit, EXIT.ok, done.err);
    assert.match(done.out, /withdrawn\n.*Ended withdrawn: loses carts/s);
    assert.match((await world.run("status --all")).out, /shop-1\.4\.0 +patch +withdrawn/);
    const again = await world.run(`${withdraw} --yes`);
    assert.match(again.err, /1\.4\.0 is withdrawn already.*\[withdrawn-already\]/s);
    const log = await world.run(`log ${RELEASE}`);
    assert.match(log.out, /lead@example\.test the version was withdrawn: loses carts/);
  },
);

test("a step in doubt ends the wait with 5 and says how to settle it", async () => {
  const world = fakeWorld();
  await world.run("release --no-wait");
  await world.run(`tick ${RELEASE} list runbook`);
  await world.run(`approve ${RELEASE}`);
  world.work({
    answers: { "production/1-deploy": { outcome: "unknown", reason: "the line broke" } },
  });
  const said = await world.run("resume");
  assert.equal(said.exit, EXIT.doubt, said.out + said.err);
  assert.match(said.out, /in doubt; .*the line broke/);
  assert.match(said.err, /next: holdpoint settle shop-1\.4\.0 done/);
  assert.equal((await world.run(`settle ${RELEASE} perhaps`)).exit, EXIT.usage);
  const settled = await world.run(`settle ${RELEASE} done --reason "seen it"`);
  assert.equal(settled.exit, EXIT.ok, settled.err);
  world.remove();
});

test("Ctrl-C leaves the release where it is and says how it goes on", async () => {
  const world = fakeWorld();
  world.interrupt();
  const said = await world.run("release");
  assert.equal(said.exit, EXIT.interrupted);
  assert.match(said.err, /holdpoint resume shop-1\.4\.0/);
  world.remove();
});

test("a severe act wants the version typed, unless --yes was said or nobody can be asked", async () => {
  const world = fakeWorld();
  await world.run("release --no-wait");
  const abort = `abort ${RELEASE} --reason "not today"`;
  const nobody = await world.run(abort);
  assert.equal(nobody.exit, EXIT.usage);
  assert.match(nobody.err, /nobody can be asked/);
  const asked: string[] = [];
  const typing = (answer: string) => ({
    asks: true,
    ask: async (question: string) => {
      asked.push(question);
      return answer;
    },
  });
  assert.equal((await world.run(abort, typing("1.4.1"))).exit, EXIT.usage);
  assert.equal((await world.run(`${abort} --no-input`, typing("1.4.0"))).exit, EXIT.usage);
  assert.deepEqual(asked, ["To abort Shop 1.4.0, type its version: "]);
  assert.equal((await world.run(abort, typing("1.4.0"))).exit, EXIT.ok);
  const ended = await world.run(`${abort} --yes`);
  assert.match(ended.err, /\[release-ended\]/);
  world.remove();
});

test("control characters of other people's text are spelled out", async () => {
  const world = fakeWorld();
  await world.run("release --no-wait");
  const note = "a\u001b[2J\u202eb";
  await world.fake.desk.say(RELEASE, {
    ask: "tick",
    by: "lead@example.test",
    gate: "list",
    item: "runbook",
    note,
  });
  const said = await world.run("log");
  assert.ok(!said.out.includes("\u001b") && !said.out.includes("\u202e"));
  assert.match(said.out, /a\\x1b\[2J\\u\{202e\}b/);
  world.remove();
});
