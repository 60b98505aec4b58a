import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { decidedBy } from "./decided-by.ts";

const found = (change: (text: Loose) => void) => decidedBy(fakePolicy(change));

test("whose yes is enough is all that is asked for", () => {
  const enough = (roles: object) => found((text) => (text.types.patch["decided-by"] = roles));
  assert.deepEqual(enough({ lead: 1, qa: 1 }), []);
  assert.deepEqual(enough({ lead: 2, qa: 2 }), []);
  const [more] = enough({ lead: 1 });
  assert.deepEqual(more?.path, ["types", "patch", "decided-by"]);
  assert.match(more?.counterexample ?? "", /`agreed` of checks asks for 1 of qa$/);
});

test("more people of the same role are more", () => {
  const asked = found((text) => {
    text.gates.agreed.signoff.roles = { lead: 2 };
    text.types.patch["decided-by"] = { lead: 1 };
  });
  assert.equal(asked.length, 1);
});
