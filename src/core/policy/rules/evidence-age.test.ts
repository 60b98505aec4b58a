import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { evidenceAge } from "./evidence-age.ts";

const found = (change: (text: Loose) => void) => evidenceAge(fakePolicy(change));

const drill = (opens: string, younger: string) => (text: Loose) => {
  text.gates.drilled = { owner: "qa", evidence: { record: "drill", younger } };
  text.phases.checks.gates = ["drilled"];
  text.phases.checks.opens = opens;
  text.phases.production.opens = "T";
};

test("a record is young enough when the last environment is reached", () => {
  const [old] = found(drill("T-72 h", "24 h"));
  assert.deepEqual(old?.path, ["gates", "drilled", "evidence", "younger"]);
  assert.match(old?.counterexample ?? "", /is 3 d old when `production` is reached/);
  assert.deepEqual(found(drill("T-72 h", "4 d")), []);
});

test("a record does not outlive the waits beside it", () => {
  const [old] = found((text) => {
    drill("T", "24 h")(text);
    text.phases.checks.opens = undefined;
    text.gates.soaked = { soak: { environment: "staging", for: "36 h" } };
    text.phases.production.gates = ["drilled", "soaked"];
    text.phases.checks.gates = [];
  });
  assert.match(old?.counterexample ?? "", /1 d 12 h old when `production` is reached/);
});

test("what soaks before the work of the last environment counts", () => {
  const soaking = (younger: string) =>
    evidenceAge(
      fakePolicy((text) => {
        text.gates.drill = { owner: "lead", evidence: { record: "drill", younger } };
        text.gates.soak = { soak: { environment: "staging", for: "2 d" } };
        text.phases.checks.gates.push("drill");
        text.phases.production.gates.push("soak");
      }),
    );
  assert.equal(soaking("1 d").length, 1);
  assert.deepEqual(soaking("3 d"), []);
});
