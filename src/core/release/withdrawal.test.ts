import assert from "node:assert/strict";
import { test } from "node:test";
import type { PolicyText } from "../policy/policy.ts";
import { statusReport } from "../reports/status.ts";
import {
  DONE,
  FAILED,
  OPS,
  planFrom,
  type Story,
  story,
  UNKNOWN,
  withSteps,
} from "./given.fake.ts";
import { statusOf, takenBack } from "./state.ts";
import { cameOut } from "./withdrawal.ts";

const DAYS = 3 * 86_400_000;
const STEPS: Parameters<typeof withSteps>[0] = [
  { write: { branch: "main", push: "origin" } },
  { tag: {} },
  { publish: { assets: ["dist/*"] } },
  { run: { run: ["npm", "publish"], irreversible: true, withdraw: ["npm", "deprecate"] } },
  { deploy: {} },
  { promote: {} },
];

/** A release whose steps are all done, days ago. */
function out(more: Partial<PolicyText> = {}): Story {
  const told = story(planFrom(withSteps(STEPS, { gates: {}, ...more })));
  for (let tries = 0; told.release().stand.at !== "ended" && tries < 100; tries += 1)
    told.answer(DONE);
  while (told.wanted().length > 0) told.answer(DONE);
  told.pass(DAYS);
  told.told();
  return told;
}

const withdraw = { ask: "withdraw", by: OPS, reason: "loses carts" } as const;

test("a version that is out is marked wherever it was seen, the latest first, and nothing else is done", () => {
  const told = out();
  assert.equal(statusOf(told.release()), "stable");
  assert.ok(told.ask(withdraw).ok);
  assert.deepEqual(told.told(), ["VersionWithdrawn", "StepStarted"]);
  assert.deepEqual(takenBack(told.release())?.reason, "loses carts");
  const keys: string[] = [];
  while (told.wanted().length > 0) {
    keys.push(...told.wanted());
    told.answer(DONE);
  }
  assert.deepEqual(keys, [
    "withdrawal/record-1-run/1/1",
    "withdrawal/record-2-publish/1/1",
    "withdrawal/record-3-write/1/1",
  ]);
  const { stand } = told.release();
  assert.deepEqual(stand.at === "ended" && [stand.how, stand.reason], ["withdrawn", "loses carts"]);
  assert.equal(statusOf(told.release()), "withdrawn");
  assert.deepEqual(
    told.told().filter((type) => type === "ReleaseEnded"),
    ["ReleaseEnded"],
  );
});

test("a version of which nothing was written or published is withdrawn at once", () => {
  const told = story(planFrom(withSteps([{ tag: {} }], { gates: {} })));
  told.answer(DONE);
  assert.ok(told.ask(withdraw).ok);
  assert.equal(statusOf(told.release()), "withdrawn");
});

test("a mark that fails for good stops the withdrawal for a person, who has it tried again", () => {
  const told = out();
  told.ask(withdraw);
  for (let tries = 0; told.release().stand.at === "withdrawal"; tries += 1) {
    assert.ok(tries < 100, "it does not stop");
    if (told.wanted().length > 0) told.answer(FAILED);
    else told.pass(60_000);
  }
  const stopped = told.release().stand;
  assert.match(
    stopped.at === "stopped" ? stopped.reason : "",
    /^the withdrawal's withdrawal\/record-1-run failed: it broke$/,
  );
  assert.ok(cameOut(stopped), "it stays withdrawn, marked or not");
  assert.ok(told.ask({ ask: "retry", by: OPS }).ok);
  while (told.wanted().length > 0) told.answer(DONE);
  assert.equal(statusOf(told.release()), "withdrawn");
});

test("a mark of unknown end is settled by a person", () => {
  const told = out();
  told.ask(withdraw);
  told.answer(UNKNOWN);
  assert.equal(statusOf(told.release()), "in-doubt");
  assert.ok(told.ask({ ask: "settle", by: OPS, done: true, reason: "seen on the registry" }).ok);
  assert.deepEqual(told.wanted(), ["withdrawal/record-2-publish/1/1"]);
});

test("its status says why and how far it is, and that all of its phases have passed", () => {
  const told = out();
  told.ask(withdraw);
  told.answer(DONE);
  const { withdrawal, phases, status, ended, end } = statusReport(told.release(), told.now());
  assert.deepEqual([status, ended, end], ["withdrawing", false, null]);
  assert.equal(withdrawal?.reason, "loses carts");
  assert.deepEqual(
    withdrawal?.steps.map(({ kind, state }) => `${kind} ${state}`),
    ["run done", "publish under way", "write to come"],
  );
  assert.ok(phases.every(({ state }) => state === "passed"));
});

test("people are told of it once", () => {
  const told = out({
    channels: { team: { console: {} } },
    messages: { news: { title: "{{version}} {{reason}}" } },
    tell: [
      { on: "stable", channel: "team", message: "news" },
      { on: "withdrawn", channel: "team", message: "news" },
    ],
  });
  told.ask(withdraw);
  for (let step = 0; step < 3; step += 1) told.answer(DONE, "withdrawal/");
  const [message, ...others] = told.release().outbox;
  assert.deepEqual([message?.facts["reason"], others], ["loses carts", []]);
});
