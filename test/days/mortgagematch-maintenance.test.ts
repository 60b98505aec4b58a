// MortgageMatch Pro: maintenance on the second Sunday, and what a hotfix owes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR } from "#core/base/time.ts";
import { clock, policyOf } from "./day.ts";
import { dayOf, holdsOf, recorded } from "./questions.ts";

const policy = await policyOf("mortgagematch-pro");
const at = clock(policy.zone);
const sunday = { type: "maintenance", begin: at("2026-02-02T09:00"), zero: at("2026-02-08T06:00") };

test("MM-29: maintenance goes out on the second Sunday, within its two hours, its customers told 48 hours before", () => {
  const day = dayOf(policy, sunday);
  assert.equal(day.end, "stable");
  assert.equal(day.released("maintenance-day"), sunday.zero);
  const [told] = day.sent.filter(({ message }) => message === "maintenance");
  assert.equal(told?.channel, "customers");
  assert.ok(sunday.zero - (told?.at ?? sunday.zero) >= 2 * DAY);
  assert.ok(day.opened("watch") - sunday.zero <= 2 * HOUR);
  assert.deepEqual(day.all("ClockMissed"), []);
});

test("MM-29: maintenance planned a day before has no 48 hours left, and waits for the next month's Sunday", () => {
  const day = dayOf(policy, { ...sunday, begin: at("2026-02-07T09:00") });
  assert.equal(day.released("maintenance-day"), at("2026-03-08T06:00"));
});

test("MM-29: customers who could not be told keep maintenance from going out", () => {
  const answers = {
    "maintenance-notice/maintenance-told": { outcome: "failed", reason: "no file" },
  } as const;
  const day = dayOf(policy, { ...sunday, faults: { answers }, horizon: 10 * DAY });
  assert.equal(holdsOf(day)[0]?.[0], "maintenance-told");
});

test("MM-26: a hotfix owes the review of its incident within three days of its end", () => {
  const begin = at("2026-12-26T03:00");
  const hotfix = dayOf(policy, { type: "hotfix", begin });
  const [owed, ...others] = hotfix.all("DebtMade");
  assert.deepEqual(others, []);
  assert.deepEqual(owed?.event.roles, ["engineering-lead"]);
  assert.equal(owed?.event.due, hotfix.the("ReleaseEnded").at + 3 * DAY);
});

test("MM-10 MM-09: a patch is tagged, written into the changelog and published with its reports once it serves alone", () => {
  const patch = dayOf(policy, { type: "patch", begin: at("2026-02-03T10:00") });
  assert.deepEqual(recorded(patch), ["tag v1.4.1", "write", "publish"]);
  assert.ok(patch.began("finish/1-promote") < patch.began("finish/4-publish"));
});
