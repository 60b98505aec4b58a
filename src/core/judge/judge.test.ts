import assert from "node:assert/strict";
import { test } from "node:test";
import { addHistograms, binOf } from "../base/histogram.ts";
import { intervalOf } from "./interval.ts";
import type { Charge } from "./judge.ts";
import type { Arm } from "./sample.ts";
import { DEFAULT_TRIGGERS, hear, START_OF_STREAM, type Told } from "./stream.ts";

const CHARGE: Charge = { triggers: DEFAULT_TRIGGERS, objectives: {} };
const arm = (requests: number, errors = 0, more: Partial<Arm> = {}): Arm => ({
  ...{ requests, errors, latency: requests > 0 ? [[binOf(100), requests] as const] : [] },
  ...more,
});
type At = (t: number) => Arm | null;

/** What is said of a stream, after two minutes of the stable version alone. */
function told(canary: At, baseline: At, { seconds = 300, weight = 0.5 } = {}): readonly Told[] {
  let stream = START_OF_STREAM;
  const all: Told[] = [];
  for (let t = -120; t < seconds; t += 1) {
    const sample = {
      t,
      weight: t < 0 ? 0 : weight,
      baseline: baseline(t),
      canary: t < 0 ? null : canary(t),
    };
    const heard = hear(stream, JSON.stringify(sample), CHARGE);
    stream = heard.stream;
    all.push(...heard.told);
  }
  return all;
}
const last = (all: readonly Told[]): Told => all.at(-1) ?? { t: -1, verdict: "hold", reason: "" };
const well = () => arm(50);

test("health: three checks with failed probes alone turn back, in 15 s; those of both hold", () => {
  const ill = () => arm(50, 0, { probes: 1, probesFailed: 1 });
  const good = () => arm(50, 0, { probes: 1, probesFailed: 0 });
  const found = last(told(ill, good));
  assert.deepEqual([found.verdict, found.metric, found.t], ["rollback", "health", 14]);
  assert.equal(last(told(ill, ill)).verdict, "hold");
});

test("database: three checks with half of the calls failing turn back; a database that both lose holds", () => {
  const calls = (failed: number) => () => arm(50, 0, { dbOperations: 50, dbErrors: failed });
  const found = last(told(calls(30), calls(0)));
  assert.equal(found.verdict, "rollback");
  assert.ok(found.t <= 14);
  assert.notEqual(last(told(calls(30), calls(30))).verdict, "rollback");
});

test("both versions fail: hold, never rollback, since the comparison cannot blame the new one", () => {
  const failing = (t: number) => arm(50, t > 100 ? 10 : 0);
  const all = told(failing, failing);
  assert.ok(all.every(({ verdict }) => verdict !== "rollback"));
  assert.deepEqual([last(all).verdict, last(all).reason], ["hold", "both versions fail"]);
});

test("requests that do not arrive: hold, and say so", () => {
  const found = last(
    told(
      () => arm(5),
      () => arm(95),
    ),
  );
  assert.deepEqual([found.verdict, found.metric], ["hold", "share"]);
});

test("health: a fifth of the probes failed within 2 min holds, though no two in a row did", () => {
  const each = (nth: number) => (t: number) =>
    arm(50, 0, { probes: 1, probesFailed: t % nth === 0 ? 1 : 0 });
  const found = last(told(each(4), each(100)));
  assert.deepEqual([found.verdict, found.metric], ["hold", "health"]);
  assert.equal(last(told(each(6), each(100))).verdict, "continue");
});

test("a full machine holds after a minute, unless the stable one is full, too", () => {
  const hot = () => arm(50, 0, { cpu: 95 });
  assert.equal(last(told(hot, well)).metric, "saturation");
  assert.equal(last(told(hot, hot)).verdict, "continue");
});

test("a cache that misses twice as often holds, and never turns back", () => {
  const hits = (share: number) => () => arm(50, 0, { cacheHits: share });
  const all = told(hits(25), hits(45), { seconds: 600 });
  assert.ok(all.every(({ verdict }) => verdict !== "rollback"));
  assert.equal(last(all).metric, "cache");
});

test("alone at full weight: errors far above what was usual turn back, the usual ones do not", () => {
  const baseline = (t: number) => (t < 0 ? arm(100, t % 10 === 0 ? 1 : 0) : null);
  const whole = { weight: 1 };
  const bad = last(told(() => arm(100, 3), baseline, whole));
  assert.deepEqual([bad.verdict, bad.metric], ["rollback", "alone"]);
  assert.notEqual(
    last(told((t) => arm(100, t % 10 === 0 ? 1 : 0), baseline, whole)).verdict,
    "rollback",
  );
});

test("seconds one by one or as one sample of five: the same counts come before the judge", () => {
  const five = Array.from({ length: 5 }, (_, t) => arm(50, t === 2 ? 1 : 0));
  const read = (arms: readonly Arm[]) => {
    const samples = arms.map((one, t) => ({ t, weight: 0.5, canary: one, baseline: one }));
    const { kinds, canary } = intervalOf(samples, () => false);
    const { each: _, ...counts } = canary ?? { each: [] };
    const whole = kinds.find(({ name }) => name === "");
    return { counts, errors: whole?.errors, latency: addHistograms(whole?.canary ?? []) };
  };
  assert.deepEqual(read(five), read([arm(250, 1)]));
});
