import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR } from "../base/time.ts";
import { context, known } from "./given.fake.ts";
import { soak } from "./soak.ts";

const config = soak.shape.parse({ environment: "staging", for: "24 h" });
const judged = (now: number, passed: Record<string, number>) =>
  soak.judge(config, known({ now, passed }), context);

test("it asks nobody: the release's own way and the clock answer", () => {
  assert.equal(soak.ask(config, context), null);
});

test("it counts from the end of the last phase in the environment, to the moment", () => {
  assert.deepEqual(judged(HOUR, { staging: HOUR }).until, 25 * HOUR);
  assert.equal(judged(25 * HOUR - 1, { staging: HOUR }).verdict, "pending");
  assert.equal(judged(25 * HOUR, { staging: HOUR }).verdict, "pass");
});

test("a release that was never there does not pass, whatever the time", () => {
  assert.equal(judged(900 * HOUR, { production: 0 }).verdict, "pending");
});
