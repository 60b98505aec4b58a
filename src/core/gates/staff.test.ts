import assert from "node:assert/strict";
import { test } from "node:test";
import { context, known } from "./given.fake.ts";
import { signoff } from "./signoff.ts";
import { everyoneAt, peopleAt } from "./staff.ts";

const roster = {
  roles: { rm: ["rm@example.test"], qa: ["qa@example.test"] },
  deputies: { rm: ["deputy@example.test"] },
  absences: [{ who: "rm@example.test", from: "2026-12-21", to: "2026-12-22" }],
  zone: "America/New_York",
};
const at = (text: string) => Date.parse(text);
const AWAY = at("2026-12-21T12:00Z");
const BACK = at("2026-12-23T12:00Z");

test("a deputy counts on the days on which the holder is away, in the policy's zone, and not a moment longer", () => {
  const has = (text: string) => peopleAt(roster, "rm", at(text)).includes("deputy@example.test");
  assert.deepEqual(
    ["2026-12-21T04:59Z", "2026-12-21T05:00Z", "2026-12-23T04:59Z", "2026-12-23T05:00Z"].map(has),
    [false, true, true, false],
  );
});

test("an absence changes only the roles of who is away, and names of nobody are nobody", () => {
  assert.deepEqual(peopleAt(roster, "qa", AWAY), ["qa@example.test"]);
  assert.deepEqual(peopleAt(roster, "constructor", AWAY), []);
  assert.equal(everyoneAt(roster, AWAY).length, 3);
  assert.equal(everyoneAt(roster, BACK).length, 2);
});

test("what a deputy approved while the holder was away still counts when the holder is back", () => {
  const config = signoff.shape.parse({ roles: { rm: 1 } });
  const given = (moment: number) => [{ role: "rm", by: "deputy@example.test", at: moment }];
  const verdict = (moment: number) =>
    signoff.judge(config, known({ now: BACK, approvals: given(moment) }), {
      ...context,
      ...roster,
    });
  assert.equal(verdict(AWAY).verdict, "pass");
  assert.equal(verdict(BACK).verdict, "pending");
});
