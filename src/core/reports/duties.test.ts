import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR } from "../base/time.ts";
import type { PolicyText } from "../policy/policy.ts";
import {
  DONE,
  FULL,
  LEAD,
  OPS,
  planFrom,
  type Story,
  story,
  withSteps,
} from "../release/given.fake.ts";
import { statusReport } from "./status.ts";

const DUTIES: PolicyText = {
  ...FULL,
  roles: {
    ...FULL.roles,
    lead: {
      people: [LEAD],
      deputies: [OPS],
      duties: { before: ["reads the plan"], during: ["says go"], after: ["calls the review"] },
    },
  },
};
const OWING: PolicyText = {
  ...withSteps([{ deploy: {} }]),
  roles: DUTIES.roles,
  types: {
    patch: {
      bumps: ["patch"],
      phases: ["production"],
      owes: [{ what: "the review was held", within: "48 h", role: "lead" }],
    },
  },
};

const dutiesOf = (told: Story) => statusReport(told.release(), told.now()).duties;
const lead = (told: Story) => dutiesOf(told).roles.find(({ role }) => role === "lead");

test("before it goes out a role has its duties, what is to be done now, and what comes later", () => {
  const told = story(planFrom(DUTIES));
  assert.equal(dutiesOf(told).when, "before");
  assert.deepEqual(lead(told), {
    role: "lead",
    people: [LEAD],
    duties: ["reads the plan"],
    todo: [],
    later: 2,
  });
  told.answer(DONE, "build/tests");
  assert.deepEqual(lead(told)?.todo, ["approve go-no-go", "tick list: plan"]);
  told.ask({ ask: "tick", by: LEAD, gate: "list", item: "plan" });
  assert.deepEqual(lead(told)?.todo, ["approve go-no-go"]);
  told.ask({ ask: "approve", by: LEAD, gate: "go-no-go" });
  assert.deepEqual(lead(told)?.todo, []);
  const qa = dutiesOf(told).roles.find(({ role }) => role === "qa");
  assert.deepEqual(qa?.todo, ["approve go-no-go"]);
});

test("with the work for the last environment it goes out, and with its end come the debts", () => {
  const told = story(planFrom(OWING));
  assert.equal(dutiesOf(told).when, "during");
  assert.deepEqual(lead(told)?.duties, ["says go"]);
  told.answer(DONE, "production/1-deploy");
  assert.equal(dutiesOf(told).when, "after");
  assert.deepEqual(lead(told)?.duties, ["calls the review"]);
  assert.match(lead(told)?.todo.join() ?? "", /^discharge owed-1 by .*: the review was held$/);
  assert.equal(lead(told)?.later, 0);
});

test("while somebody is away their deputy counts, and is named", () => {
  const away = { ...DUTIES, absences: [{ who: LEAD, from: "1970-01-01", to: "1970-01-02" }] };
  const told = story(planFrom(away, { plannedAt: HOUR }));
  assert.deepEqual(lead(told)?.people, [LEAD, OPS]);
});
