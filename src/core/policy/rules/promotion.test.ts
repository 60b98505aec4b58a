import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { promotion } from "./promotion.ts";

const found = (change: (text: Loose) => void) => promotion(fakePolicy(change));

const how = (promotion: string, change: (text: Loose) => void = () => {}) =>
  found((text) => {
    text.environments.production.promotion = promotion;
    change(text);
  });

test("a merge sends nothing to an environment that is promoted by hand", () => {
  const [wrong] = how("manual", (text) => (text.types.patch.starts = "merge"));
  assert.deepEqual(wrong?.path, ["types", "patch", "starts"]);
  assert.match(wrong?.counterexample ?? "", /waits for `agreed`/);
  assert.deepEqual(how("manual"), []);
});

test("by hand means that somebody is asked before", () => {
  const [wrong] = how("manual", (text) => (text.phases.checks.gates = ["tests"]));
  assert.deepEqual(wrong?.path, ["environments", "production", "promotion"]);
  assert.match(wrong?.sentence ?? "", /nobody is asked/);
});

test("a gate that only witnesses asks nobody", () => {
  const found = how("manual", (text) => (text.gates.agreed.level = "witness"));
  assert.equal(found.length, 1);
});

test("automatic means that nobody is waited for at the door", () => {
  assert.deepEqual(how("automatic"), []);
  const [wrong] = how("automatic", (text) => (text.phases.production.gates = ["agreed"]));
  assert.match(wrong?.sentence ?? "", /automatically.*waits there for `agreed`/);
});
