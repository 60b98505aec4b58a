import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { retention } from "./retention.ts";

const found = (change: (text: Loose) => void) => retention(fakePolicy(change));

const kept = (retention: object) => found((text) => (text.retention = retention));

test("where it is said how long things are kept, approvals and deployments are not left out", () => {
  const [none, ...rest] = kept({ bundles: "24 months", deployments: "12 months" });
  assert.deepEqual(none?.path, ["retention"]);
  assert.match(none?.remedy ?? "", /`approvals`/);
  assert.match(none?.counterexample ?? "", /`agreed`/);
  assert.deepEqual(rest, []);
  assert.deepEqual(kept({ approvals: "24 months", deployments: "12 months" }), []);
});

test("what a policy does not make needs no period, and one that says nothing of it is left alone", () => {
  assert.deepEqual(
    found(() => {}),
    [],
  );
  const machines = found((text) => {
    text.retention = { deployments: "12 months" };
    text.phases.checks.gates = ["tests"];
    delete text.gates.agreed;
  });
  assert.deepEqual(machines, []);
});
