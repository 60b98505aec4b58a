import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { EXIT } from "./exit-codes.ts";
import { fakeWorld } from "./world.fake.ts";

const arm = (requests: number, errors: number) => ({
  requests,
  errors,
  latency: [[180, requests]],
});

/** A stream whose canary fails so many of its 25 requests a second. */
function stream(failing: number): string {
  const lines: string[] = [];
  for (let t = -60; t < 120; t += 1) {
    const canary = t < 0 ? null : arm(25, failing);
    lines.push(JSON.stringify({ t, weight: 25, baseline: arm(75, 0), canary }));
  }
  return `${lines.join("\n")}\n`;
}

async function judged(text: string, more = "--planned-seconds 3600 --json") {
  const world = fakeWorld();
  try {
    writeFileSync(join(world.folder, "stream.jsonl"), text);
    return await world.run(`judge --samples stream.jsonl ${more}`);
  } finally {
    world.remove();
  }
}

test("judge: one JSON line per check with verdict, reason, metric and evidence; the first rollback ends it", async () => {
  const good = await judged(stream(0));
  assert.equal(good.exit, EXIT.ok);
  const told = good.out.trim().split("\n");
  assert.equal(told.length, 24);
  const last = JSON.parse(told.at(-1) ?? "");
  assert.deepEqual(Object.keys(last).toSorted(), ["evidence", "metric", "reason", "t", "verdict"]);
  assert.deepEqual([last.t, last.verdict], [119, "continue"]);
  const bad = (await judged(stream(5))).out.trim().split("\n");
  assert.ok(bad.length < 4);
  assert.equal(JSON.parse(bad.at(-1) ?? "").verdict, "rollback");
});

test("judge: for people it is a line each", async () => {
  const { out } = await judged(stream(5), "--planned-seconds 3600");
  assert.match(out, /^ +4 s {2}\w+ +.*\n/);
});

test("judge: bad lines are told on stderr, the first twenty and then their number", async () => {
  const { exit, err } = await judged(stream(0).replaceAll('"requests":25', '"requests":-25'));
  assert.equal(exit, EXIT.ok);
  const lines = err.trim().split("\n");
  assert.equal(lines.length, 22);
  assert.match(lines[0] ?? "", /^Line 61 is let be.*requests are not a count/);
  assert.match(lines.at(-1) ?? "", /120 of 180 lines were let be/);
});

test("judge: what is missing is said: no lines, no file, no planned time, no sound policy", async () => {
  for (const [text, more, says] of [
    ["", "--planned-seconds 60", /no line in the samples/],
    [stream(0), "", /--planned-seconds is not a number of seconds/],
    [stream(0), "--planned-seconds 0", /--planned-seconds/],
    [stream(0), "--planned-seconds 60 --policy none.yaml", /no policy file/],
  ] as const) {
    const { exit, err } = await judged(text, more);
    assert.equal(exit, EXIT.usage, err);
    assert.match(err, says);
  }
  const world = fakeWorld();
  const gone = await world.run("judge --samples gone.jsonl --planned-seconds 60");
  world.remove();
  assert.match(gone.err, /cannot be read \(ENOENT\)/);
});

test("judge --policy: a budget that the stream itself spends holds, where a gate of the policy asks for it", async () => {
  const policy = (gates: string) => `holdpoint: 1
system: Shop
roles: { lead: [lead@example.test] }
environments: { production: { local: {} } }
objectives: { success: { measure: success, least: 99.9 % } }
gates: ${gates}
phases: { go: { environment: production${gates === "{}" ? "" : ", gates: [budget]"}, steps: [{ deploy: {} }, { shift: { weights: [100 %] } }] } }
types: { patch: { bumps: [patch], phases: [go] } }
rollback: { target: 5 min, on: { worse: {} } }
`;
  const lines: string[] = [];
  for (let t = -600; t < 60; t += 1) {
    const canary = t < 0 ? null : arm(50, 0);
    lines.push(JSON.stringify({ t, weight: 50, baseline: arm(50, t < 0 ? 50 : 0), canary }));
  }
  const last = async (gates: string) => {
    const world = fakeWorld();
    writeFileSync(join(world.folder, "stream.jsonl"), lines.join("\n"));
    writeFileSync(join(world.folder, "policy.yaml"), policy(gates));
    const { out, err } = await world.run(
      "judge --samples stream.jsonl --planned-seconds 3600 --json --policy policy.yaml",
    );
    world.remove();
    assert.equal(err, "");
    const { verdict, metric } = JSON.parse(out.trim().split("\n").at(-1) ?? "");
    return [verdict, metric];
  };
  const gate = "{ budget: { budget: { environment: production }, covers: [] } }";
  assert.deepEqual(await last(gate), ["hold", "budget"]);
  assert.notEqual((await last("{}"))[1], "budget");
});

test("plan --traffic says at each weight how soon a fault would be seen, and what none would show", async () => {
  const world = fakeWorld();
  const { out } = await world.run("plan --traffic 100");
  const quiet = await world.run("plan --traffic 0.5");
  const unknown = await world.run("plan");
  const wrong = await world.run("plan --traffic none");
  world.remove();
  assert.match(out, /at 100 requests\/s and 5 % a rise to 1 % errors is found in 4 min 35 s/);
  assert.match(
    quiet.out,
    /at 0.5 requests\/s and 5 % no test .* a rise to 1 % errors within the hour/,
  );
  assert.doesNotMatch(unknown.out, /^judge/m);
  assert.equal(wrong.exit, EXIT.usage);
  assert.match(wrong.err, /--traffic is not a number of requests per second/);
});
