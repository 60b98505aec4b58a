import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE, SECOND } from "../base/time.ts";
import { judgedLast, look, reading, totals } from "./given.fake.ts";
import type { Charge } from "./judge.ts";
import type { Look, Reading } from "./reading.ts";
import { triggers } from "./triggers.ts";

const charged = (on: object, objectives: Charge["objectives"] = {}): Charge => ({
  triggers: triggers.parse(on),
  objectives,
});
const every = (
  count: number,
  canary: (at: number) => Look | null,
  baseline = (_: number): Look | null => look(),
) => Array.from({ length: count }, (_, at) => reading(at * 5 * SECOND, canary(at), baseline(at)));
const verdict = (readings: readonly Reading[], charge: Charge) =>
  judgedLast(readings, charge).verdict;

test("nothing speaks against a version that is well, whatever is armed", () => {
  const charge = charged({
    health: {},
    errors: { above: "5 %" },
    objectives: {},
    database: {},
    latency: { times: 2 },
  });
  assert.equal(
    verdict(
      every(30, (at) => look(totals(at * 100))),
      charge,
    ),
    "continue",
  );
});

test("no reading, or none of the new version, holds: no data proves nothing", () => {
  assert.equal(judgedLast([null], charged({})).verdict, "hold");
  assert.equal(verdict([reading(0, null)], charged({ health: { failures: 1 } })), "hold");
});

test("health: failed looks hold; as many in a row as the policy says, with the stable version well, turn back", () => {
  const charge = charged({ health: { failures: 3 } });
  const sick = () => look(totals(), false);
  assert.equal(verdict(every(2, sick), charge), "hold");
  assert.equal(verdict(every(3, sick), charge), "rollback");
  assert.equal(
    verdict(
      every(3, sick, () => look(totals(), false)),
      charge,
    ),
    "hold",
  );
  assert.equal(
    verdict(
      every(4, (at) => (at === 1 ? look() : sick())),
      charge,
    ),
    "hold",
  );
  assert.equal(
    verdict(
      every(3, sick, () => null),
      charge,
    ),
    "rollback",
  );
  assert.equal(verdict(every(9, sick), charged({})), "hold");
});

test("health: a fifth of the probes failed within 2 min holds, however they lie, and never turns back", () => {
  const charge = charged({ health: {} });
  const each = (nth: number) => (at: number) => look(totals(), at % nth !== 0);
  const said = (count: number, nth: number) => judgedLast(every(count, each(nth)), charge);
  assert.equal(said(60, 6).verdict, "continue", "4 of 24");
  assert.equal(said(58, 5).verdict, "hold", "5 of 24");
  assert.match(said(60, 3).reason, /^8 of its 24 health probes in 2 min failed$/);
  assert.equal(said(4, 3).verdict, "hold", "the probe of this look failed");
  assert.equal(said(3, 3).verdict, "continue", "too few to count a share of");
  const over = [...every(24, each(2)), ...every(24, () => look())].map((one, at) => ({
    ...one,
    at: at * 5 * SECOND,
  }));
  assert.equal(verdict(over, charge), "continue", "2 min later it is over");
  assert.equal(verdict(every(60, each(3)), charged({})), "continue");
  assert.equal(verdict(every(60, each(3)), charged({ health: { share: "40 %" } })), "continue");
});

test("errors: a spike above the limit and above twice the stable rate turns back; one of both versions holds", () => {
  const charge = charged({ errors: { above: "5 %", requests: 20, over: "15 s" } });
  const failing = (share: number) => (at: number) => look(totals(at * 100, at * 100 * share));
  assert.equal(verdict(every(5, failing(0.05), failing(0)), charge), "continue");
  assert.equal(verdict(every(5, failing(0.06), failing(0)), charge), "rollback");
  assert.equal(verdict(every(5, failing(0.06), failing(0.03)), charge), "hold");
  assert.equal(
    verdict(
      every(5, failing(0.06), () => null),
      charge,
    ),
    "rollback",
  );
});

test("a bad first look holds: it does not tell whether the stable version is in the same trouble", () => {
  const slow = totals(900, 300, { slow: 900 });
  for (const charge of [
    charged({ errors: { above: "5 %" } }),
    charged({ latency: { times: 2 } }),
  ]) {
    const stable = (times: number) =>
      look(totals(90_000 + times * 900, times * 300, { slow: times * 900 }));
    const first = reading(0, look(slow), stable(0));
    assert.equal(verdict([first], charge), "hold");
    const twice = look(totals(1800, 600, { slow: 1800 }));
    assert.equal(verdict([first, reading(5 * SECOND, twice, stable(0))], charge), "rollback");
    assert.notEqual(verdict([first, reading(5 * SECOND, twice, stable(1))], charge), "rollback");
    assert.equal(
      verdict([reading(0, look(slow), null)], charge),
      charge.triggers.errors ? "rollback" : "continue",
    );
  }
});

test("errors: too few requests prove nothing, and errors before the look back count no more", () => {
  const charge = charged({ errors: { above: "5 %", requests: 20, over: "15 s" } });
  const after = (bad: number) => [reading(0), reading(5 * SECOND, look(totals(bad, bad)))];
  assert.equal(verdict(after(19), charge), "continue");
  assert.equal(verdict(after(20), charge), "rollback");
  const early = every(10, (at) => look(totals(100 + at * 100, 100)));
  assert.equal(verdict(early, charge), "continue");
});

test("database: failing calls turn back after looks in a row, unless those of the stable version fail too", () => {
  const charge = charged({ database: { failures: 2, above: "50 %", calls: 5 } });
  const calls = (bad: number) => (at: number) =>
    look(totals(0, 0, { calls: at * 10, bad: at * bad }));
  assert.equal(verdict(every(4, calls(4)), charge), "continue");
  assert.equal(verdict(every(4, calls(5)), charge), "rollback");
  assert.equal(verdict(every(4, calls(5), calls(5)), charge), "hold");
  assert.equal(
    verdict(
      every(4, (at) => look(totals(0, 0, { calls: at * 4, bad: at * 4 }))),
      charge,
    ),
    "continue",
  );
});

test("latency: more than so many times the stable p95 turns back, with enough requests of both", () => {
  const charge = charged({ latency: { times: 5, requests: 50, over: "30 s" } });
  const slow =
    (share: number, per = 100) =>
    (at: number) =>
      look(totals(at * per, 0, { slow: at * per * share }));
  assert.equal(verdict(every(10, slow(0.1), slow(0)), charge), "rollback");
  assert.equal(verdict(every(10, slow(0.1), slow(0.1)), charge), "continue");
  assert.equal(verdict(every(10, slow(0.04), slow(0)), charge), "continue");
  assert.equal(verdict(every(10, slow(0.5, 2), slow(0)), charge), "continue");
});

test("objectives: broken for as long as the policy says turns back; broken by both versions holds", () => {
  const charge = charged(
    { objectives: { for: "1 min", requests: 100 } },
    { errors: { measure: "error-rate", most: 100 } },
  );
  const failing = (share: number) => (at: number) => look(totals(at * 100, at * 100 * share));
  const looks = MINUTE / (5 * SECOND) + 1;
  assert.equal(verdict(every(looks - 1, failing(0.04), failing(0)), charge), "continue");
  assert.equal(verdict(every(looks, failing(0.04), failing(0)), charge), "rollback");
  assert.equal(verdict(every(looks, failing(0.04), failing(0.02)), charge), "hold");
  assert.equal(verdict(every(looks, failing(0.01), failing(0)), charge), "continue");
});

test("what chance gives a healthy version holds and never turns back: few errors of few requests, a full machine", () => {
  const strict = charged({ objectives: {} }, { errors: { measure: "error-rate", most: 10 } });
  const lost = (bad: number) =>
    judgedLast(
      every(13, (at) => look(totals(at * 10, at === 12 ? bad : 0))),
      strict,
    );
  assert.equal(lost(1).verdict, "hold");
  assert.match(lost(1).reason, /too little to tell from chance$/);
  assert.equal(lost(6).verdict, "rollback");
  const spike = charged({ errors: { above: "5 %" } });
  const quiet = (bad: number) => every(4, (at) => look(totals(at * 8, at === 3 ? bad : 0)));
  assert.equal(verdict(quiet(2), spike), "hold");
  assert.equal(verdict(quiet(8), spike), "rollback");
  const hot = charged({ objectives: {} }, { cpu: { measure: "cpu", most: 8000 } });
  const full = every(20, (at) => look({ ...totals(at * 100), cpu: 99 }));
  assert.equal(verdict(full, hot), "hold");
});

test("a reason to turn back counts before a reason to hold, and is told", () => {
  const charge = charged({ health: { failures: 9 }, errors: { above: "5 %" } });
  const readings = every(5, (at) => look(totals(at * 100, at * 50), false));
  const judged = judgedLast(readings, charge);
  assert.deepEqual(judged, {
    verdict: "rollback",
    metric: "errors",
    reason: "50 % of its requests fail (stable: 0 %), more than 5 % is a spike",
  });
});
