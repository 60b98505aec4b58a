// What gates learn of other releases, on the store in memory and with real releases.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR, WEEK } from "#core/base/time.ts";
import { DONE, LEAD, planFrom, story, withSteps } from "#core/release/given.fake.ts";
import { MemoryStore } from "#store/memory.ts";
import { findDebts, findRecord } from "./past.ts";
import { freePlace, takePlace } from "./place.ts";

const EVIDENCE = { drill: { owner: "lead", evidence: { record: "drill", younger: "30 d" } } };
const OWES = [{ what: "all tests", within: "24 h", role: "qa", of: ["minor"] }];
const released = (release: string) => {
  const told = story(
    planFrom(
      {
        ...withSteps([{ tag: {} }], { gates: EVIDENCE }),
        phases: {
          production: { environment: "production", gates: ["drill"], steps: [{ tag: {} }] },
        },
        types: { patch: { bumps: ["patch"], phases: ["production"], owes: OWES } },
      },
      { release },
    ),
  );
  told.pass(HOUR);
  told.ask({ ask: "prove", by: LEAD, gate: "drill", link: `https://example.test/${release}` });
  told.answer(DONE, "production/1-tag");
  return told.release();
};
const one = released("sample-1.0.1");
const outside = {
  others: async (than: string) => [one].filter(({ plan }) => plan.release !== than),
};
const other = story(planFrom(undefined, { release: "sample-1.1.0" })).release();

test("a record of an earlier release is found, with who, when and where", async () => {
  const found = await findRecord(outside, "drill", other);
  const facts = { by: LEAD, when: HOUR, link: "https://example.test/sample-1.0.1" };
  assert.deepEqual(found, { outcome: "done", facts });
  assert.deepEqual(await findRecord(outside, "restore", other), { outcome: "done", facts: {} });
});

test("a debt holds the types it names from its time on, and never its own release", async () => {
  const overdue = async (type: string, now: number, release = other) => {
    const answer = await findDebts(outside, type, { release, now });
    return answer.outcome === "done" ? answer.facts["overdue"] : answer.outcome;
  };
  assert.equal(await overdue("minor", 25 * HOUR - 1), 0);
  assert.equal(await overdue("minor", 25 * HOUR), 1);
  assert.equal(await overdue("hotfix", 9 * DAY), 0);
  assert.equal(await overdue("minor", 9 * DAY, one), 0);
});

test("SS-01: two places a week, for whoever asks first, the same again for the same release, new ones next week", async () => {
  const store = new MemoryStore();
  const ask = { ask: "place", of: "patch", most: 2, per: "week", zone: "UTC" } as const;
  const named = (name: string) => ({ ...other, plan: { ...other.plan, release: name } });
  const take = async (name: string, now: number) =>
    (await takePlace(store, ask, { release: named(name), now })).outcome;
  const all = await Promise.all(["a", "b", "c", "d"].map((name) => take(name, 0)));
  assert.deepEqual(all.filter((outcome) => outcome === "done").length, 2);
  assert.equal(await take("a", DAY), "done");
  assert.equal(await take("c", DAY), "failed");
  assert.equal(await take("c", WEEK), "done");
  await freePlace(store, ask, { release: named("a"), now: 2 * DAY });
  assert.equal(await take("d", DAY), "done");
});
