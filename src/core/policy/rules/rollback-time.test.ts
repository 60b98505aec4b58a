import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "../policy.fake.ts";
import { rollbackTime } from "./rollback-time.ts";

// The fake policy's slowest way back takes 105 s: 5 s decision, 10 s shift, 30 s retire, 60 s verify.
const found = (target: string, most?: string) =>
  rollbackTime(
    fakePolicy((text) => {
      text.rollback.target = target;
      if (most !== undefined) text.rollback.most = most;
    }),
  ).map(({ severity, path }) => [severity, path.join(".")]);

describe("rollback-time: the promised rollback time can be kept from everywhere", () => {
  it("finds nothing up to the very bound", () => {
    assert.deepEqual(found("105 s"), []);
  });

  it("finds a bound over the target", () => {
    assert.deepEqual(found("104 s"), [["error", "rollback.target"]]);
  });

  it("warns where only the longest time of all is kept", () => {
    assert.deepEqual(found("60 s", "2 min"), [["warning", "rollback.target"]]);
    assert.deepEqual(found("60 s", "104 s"), [["error", "rollback.most"]]);
  });

  it("finds a longest time that is shorter than the target", () => {
    assert.deepEqual(found("10 min", "5 min"), [["error", "rollback.most"]]);
  });

  it("adds up the sum, and says how long it may take until it is seen", () => {
    const [slow] = rollbackTime(fakePolicy((text) => (text.rollback.target = "1 min")));
    assert.match(slow?.sentence ?? "", /may take 1 min 45 s, promised are 1 min/);
    assert.match(
      slow?.counterexample ?? "",
      /^decision 5 s, shift 10 s, .*it may be 1 min before that/,
    );
  });
});
