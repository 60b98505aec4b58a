import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE, SECOND } from "../base/time.ts";
import { fakePolicy } from "./policy.fake.ts";
import { isClosed, rollbackPlan, undoSteps } from "./rollback-plan.ts";
import { type PlannedStep, plannedSteps } from "./specs.ts";

const shift = (weights: number[], environment = "production"): PlannedStep => ({
  kind: "shift",
  config: { weights, soak: MINUTE, patience: MINUTE },
  retries: 0,
  environment,
});
const deploy = (environment = "production"): PlannedStep => ({
  kind: "deploy",
  config: { timeout: MINUTE },
  retries: 0,
  environment,
});
const promote = (environment = "production"): PlannedStep => {
  return { kind: "promote", config: {}, retries: 0, environment };
};
const run = (config: object, environment?: string): PlannedStep => ({
  kind: "run",
  config: { run: ["do"], timeout: MINUTE, env: [], irreversible: false, ...config },
  retries: 0,
  environment,
});
const verify = { kind: "verify", config: { of: "stable" }, retries: 0 };
const said = (steps: readonly PlannedStep[]) =>
  steps.map(({ kind, environment }) => (environment ? `${kind} ${environment}` : kind));

describe("undoSteps", () => {
  it("undoes the latest step first, and then proves that the old version serves", () => {
    assert.deepEqual(said(undoSteps([deploy(), shift([1000])], [verify])), [
      "shift production",
      "retire production",
      "verify production",
    ]);
  });

  it("sets the weight of the new version to nothing", () => {
    const [first] = undoSteps([deploy(), shift([1000])]);
    assert.deepEqual(first?.config, { weights: [0], soak: 0, patience: 0 });
  });

  it("does identical neighbours once", () => {
    const watch = { kind: "watch", config: { for: MINUTE }, retries: 0, environment: "production" };
    const begun = [deploy(), shift([1000]), watch, shift([5000]), shift([10_000])];
    assert.deepEqual(said(undoSteps(begun)), ["shift production", "retire production"]);
    const twoPlaces = [shift([1000], "staging"), shift([1000], "production")];
    assert.equal(undoSteps(twoPlaces).length, 2);
  });

  it("leaves alone what was done before the point of no return of its environment", () => {
    const begun = [deploy("staging"), shift([10_000], "staging"), promote("staging"), deploy()];
    assert.deepEqual(said(undoSteps(begun, [verify])), ["retire production", "verify production"]);
  });

  it("undoes nothing before a step without environment that cannot be undone", () => {
    assert.deepEqual(undoSteps([deploy(), run({ irreversible: true })], [verify]), []);
    assert.deepEqual(said(undoSteps([run({ irreversible: true }), deploy()])), [
      "retire production",
    ]);
  });

  it("undoes a team's own command by the command it named, in the same environment", () => {
    const [step] = undoSteps([run({ undo: ["undo", "it"] }, "staging")]);
    const config = { run: ["undo", "it"], timeout: MINUTE, env: [], irreversible: false };
    assert.deepEqual(step, { kind: "run", config, retries: 2, environment: "staging" });
  });

  it("proves nothing where nothing was undone, and needs no environment for commands", () => {
    assert.deepEqual(undoSteps([], [verify]), []);
    assert.deepEqual(said(undoSteps([run({ undo: ["undo"] })], [verify])), ["run"]);
  });

  it("refuses a kind of step that it does not know", () => {
    assert.throws(() => undoSteps([{ kind: "toString", config: {}, retries: 0 }]), /toString/);
  });
});

describe("isClosed", () => {
  it("says why an environment cannot go back, and null while it can", () => {
    const begun = [deploy("staging"), promote("staging"), deploy()];
    assert.match(isClosed(begun, "staging") ?? "", /old version is stopped/);
    assert.equal(isClosed(begun, "production"), null);
    assert.match(isClosed([run({ irreversible: true })], "production") ?? "", /cannot be taken/);
  });
});

describe("rollbackPlan", () => {
  it("tells the way back and its longest time from every step", () => {
    const plan = rollbackPlan(fakePolicy(), "patch");
    assert.equal(plan.from.length, plannedSteps(fakePolicy(), "patch").length);
    const shifted = plan.from.find(({ phase, kind }) => phase === "production" && kind === "shift");
    assert.deepEqual(said(shifted?.steps ?? []), [
      "shift production",
      "retire production",
      "verify production",
    ]);
    // 5 s to decide, 10 s to shift, 30 s to retire, 60 s to verify.
    assert.equal(shifted?.bound, 105 * SECOND);
    assert.equal(plan.slowest?.bound, 105 * SECOND);
  });

  it("costs nothing where nothing is to be undone", () => {
    const plan = rollbackPlan(fakePolicy(), "patch");
    const migrated = plan.from.find(({ kind }) => kind === "migrate");
    assert.deepEqual([migrated?.steps, migrated?.bound], [[], 0]);
    assert.equal(plan.from.at(-1)?.bound, 0);
  });

  it("names the point of no return: that of the environment reached last", () => {
    const plan = rollbackPlan(fakePolicy(), "patch");
    assert.deepEqual(
      plan.closes.map(({ phase, index }) => [phase, index]),
      [
        ["staging", 2],
        ["production", 4],
      ],
    );
    assert.equal(plan.noReturn?.phase, "production");
  });

  it("puts the point of no return at a contracting migration, unless it can be undone", () => {
    const contract = (undo: object) =>
      rollbackPlan(
        fakePolicy((text) => {
          text.phases.production.steps[0] = {
            migrate: { part: "contract", run: ["drop"], ...undo },
          };
        }),
        "patch",
      );
    assert.equal(contract({}).noReturn?.index, 0);
    assert.equal(contract({ undo: ["restore"] }).noReturn?.index, 4);
    assert.equal(contract({ undo: ["restore"] }).slowest?.steps.at(-2)?.kind, "run");
  });
});
