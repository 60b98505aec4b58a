import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { due } from "./due.ts";

const found = (change: (text: Loose) => void) => due(fakePolicy(change));

test("a phase is not due before it opens", () => {
  const [late, ...rest] = found((text) => {
    text.phases.staging.opens = "T+45 min";
    text.phases.staging.due = "T+30 min";
  });
  assert.deepEqual(late?.path, ["phases", "staging", "due"]);
  assert.match(late?.counterexample ?? "", /due at .* 14:30 and opens at .* 14:45, 15 min later/);
  assert.deepEqual(rest, []);
});

test("nor before one opens that comes earlier", () => {
  const [late] = found((text) => {
    text.phases.checks.opens = "T-1 h";
    text.phases.production.due = "T-2 h";
  });
  assert.match(late?.sentence ?? "", /begins, after `checks`, at T-1 h/);
});

test("what is due when or after it opens is kept", () => {
  assert.deepEqual(
    found((text) => {
      text.phases.checks.opens = "T-1 h";
      text.phases.checks.due = "T-1 h";
      text.phases.production.due = "T+30 min";
    }),
    [],
  );
});
