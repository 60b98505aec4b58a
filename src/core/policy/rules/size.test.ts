import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "../policy.fake.ts";
import { soundness } from "../soundness.ts";

const tags = (count: number) => Array.from({ length: count }, () => ({ tag: {} }));

describe("size: release types are short enough to be looked through", () => {
  it("finds a type of more than 200 steps, and asks no other rule then", () => {
    const policy = fakePolicy((text) => {
      for (const name of ["a", "b", "c", "d"]) text.phases[name] = { steps: tags(50) };
      text.types.patch.phases.push("a", "b", "c", "d");
      text.zone = "Nowhere/X";
    });
    assert.deepEqual(
      soundness(policy).map(({ rule, path }) => [rule, path.join(".")]),
      [["size", "types.patch"]],
    );
  });

  it("finds more than 1000 steps of all types together", () => {
    const policy = fakePolicy((text) => {
      text.phases.many = { steps: tags(100) };
      for (let index = 0; index < 11; index += 1)
        text.types[`t${index}`] = { bumps: ["patch"], phases: ["many"] };
    });
    assert.deepEqual(
      soundness(policy).map(({ rule, path }) => [rule, path.join(".")]),
      [["size", "types"]],
    );
  });
});
