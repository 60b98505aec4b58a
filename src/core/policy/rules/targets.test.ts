import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { targets } from "./targets.ts";

const found = (change: (text: Loose) => void) => targets(fakePolicy(change));

test("a target is held against the phases that it spans, each at its longest", () => {
  const [late, ...rest] = found((text) => {
    text.phases.staging.longest = "40 min";
    text.phases.production.longest = "30 min";
    text.targets = { out: { phases: ["staging", "production"], within: "60 min" } };
  });
  assert.deepEqual(late?.path, ["targets", "out", "within"]);
  assert.match(late?.sentence ?? "", /within 1 h, and may take 1 h 10 min/);
  assert.equal(late?.counterexample, "staging 40 min, production 30 min: 1 h 10 min in all");
  assert.deepEqual(rest, []);
});

test("a target that the phases just fill is kept, and other types are not its affair", () => {
  const change = (within: string, types: string[]) => (text: Loose) => {
    text.types.minor = { bumps: ["minor"], phases: ["checks"] };
    text.phases.staging.longest = "40 min";
    text.targets = { out: { types, phases: ["staging"], within } };
  };
  assert.deepEqual(found(change("40 min", ["patch"])), []);
  assert.deepEqual(found(change("10 min", ["minor"])), []);
  assert.equal(found(change("39 min", [])).length, 1);
});

test("the time between openings counts, and so do notices and soaking", () => {
  const [late] = found((text) => {
    text.phases.checks.opens = "T-72 h";
    text.phases.production.opens = "T";
    text.targets = { out: { phases: ["checks", "production"], within: "24 h" } };
  });
  assert.match(late?.counterexample ?? "", /which opens .* after the one before/);
  const [soaked] = found((text) => {
    text.gates.soaked = { soak: { environment: "staging", for: "24 h" } };
    text.phases.production.gates = ["soaked"];
    text.targets = { out: { phases: ["production"], within: "24 h" } };
  });
  assert.match(soaked?.sentence ?? "", /may take 1 d/);
});
