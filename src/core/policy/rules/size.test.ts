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

  it("finds a calendar that opens too often to be gone through for ten years", () => {
    const windows = (count: number) =>
      fakePolicy((text) => {
        const daily = { rule: "FREQ=DAILY;BYHOUR=8,12,16", from: "2026-01-06T08:00", for: "1 h" };
        for (let index = 0; index < count; index += 1) {
          text.calendar.windows[`w${index}`] = daily;
          text.gates.tuesday.window.in.push(`w${index}`);
        }
      });
    assert.deepEqual(soundness(windows(2)), []);
    assert.deepEqual(
      soundness(windows(10)).map(({ rule, path }) => [rule, path.join(".")]),
      [["size", "calendar"]],
    );
  });

  it("finds more types, targets, roles or absences than can be held against each other", () => {
    const policy = fakePolicy((text) => {
      for (let index = 0; index < 101; index += 1) {
        text.types[`t${index}`] = { bumps: ["patch"], phases: ["checks"] };
        text.targets = { ...text.targets, [`t${index}`]: { phases: ["checks"], within: "1 h" } };
        text.gates[`g${index}`] = { signoff: { roles: { qa: 1 } } };
      }
      const away = { who: "qa@example.test", from: "2026-01-01", to: "2026-01-02" };
      text.absences = Array.from({ length: 300 }, () => away);
    });
    assert.deepEqual(
      soundness(policy).map(({ path }) => path.join(".")),
      ["types", "targets", "absences"],
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
