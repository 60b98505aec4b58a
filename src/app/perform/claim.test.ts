import assert from "node:assert/strict";
import { test } from "node:test";
import { DONE, planFrom, story, withSteps } from "#core/release/given.fake.ts";
import type { Release } from "#core/release/state.ts";
import { rowOf } from "#core/reports/row.ts";
import { MemoryStore } from "#store/memory.ts";
import { claim, free } from "./claim.ts";

const text = {
  ...withSteps([{ tag: {} }]),
  phases: {
    staging: { environment: "staging", steps: [{ tag: {} }] },
    production: { environment: "production", steps: [{ tag: {} }] },
  },
  types: { patch: { bumps: ["patch" as const], phases: ["staging", "production"] } },
};

/** A release that has gone through as many phases. */
function released(version: string, phases = 2): Release {
  const told = story(planFrom(text, { release: `sample-${version}`, version }));
  told.pass(0);
  for (const phase of ["staging", "production"].slice(0, phases))
    told.answer(DONE, `${phase}/1-tag`);
  return told.release();
}

async function storeWith(...releases: readonly Release[]) {
  const store = new MemoryStore();
  for (const release of releases) {
    const stream = release.plan.release;
    await store.append({
      stream,
      expected: 0,
      events: [],
      intents: [],
      wakeAt: null,
      row: rowOf(release, 0),
    });
  }
  return store;
}

const outcome = async (store: MemoryStore, release: Release, environment = "production") =>
  (await claim(store, environment, release)).outcome;

test("an environment is one release's own until it lets it go", async () => {
  const [one, two] = [released("1.0.0", 0), released("1.0.1", 0)];
  const store = await storeWith(one, two);
  assert.equal(await outcome(store, one), "done");
  assert.equal(await outcome(store, one), "done", "the same again");
  assert.deepEqual(await claim(store, "production", two), {
    outcome: "failed",
    reason: "production is taken by release sample-1.0.0",
  });
  await free(store, "production", one);
  assert.equal(await outcome(store, two), "done");
});

test("a release that waited while a newer version went out does not get the environment, and frees it for others", async () => {
  const [old, newer, next] = [released("1.0.1", 0), released("1.0.2"), released("1.0.3", 0)];
  const store = await storeWith(old, newer, next);
  assert.equal(await outcome(store, newer), "done");
  await free(store, "production", newer);
  assert.deepEqual(await claim(store, "production", old), {
    outcome: "failed",
    reason: "production has 1.0.2 since, which is newer than 1.0.1",
    facts: { newer: "1.0.2" },
  });
  assert.equal(await outcome(store, old, "staging"), "done", "it is newer in production alone");
  assert.equal(await outcome(store, next), "done");
});

test("a hotfix upon what is out goes, though SemVer sorts it below", async () => {
  const [out, hotfix] = [released("1.0.2"), released("1.0.2-hotfix.1", 0)];
  const store = await storeWith(out, hotfix);
  await claim(store, "production", out);
  await free(store, "production", out);
  assert.equal(await outcome(store, hotfix), "done");
});

test("what never stayed there stands in nobody's way", async () => {
  const [old, broken] = [released("1.0.1", 0), released("1.0.2", 1)];
  const store = await storeWith(old, broken);
  await claim(store, "production", broken);
  await free(store, "production", broken);
  assert.equal(await outcome(store, old), "done");
});

test("letting go twice notes no old release over one that came after", async () => {
  const [first, second, third] = [released("1.0.1"), released("1.0.3"), released("1.0.2", 0)];
  const store = await storeWith(first, second, third);
  for (const release of [first, second]) {
    await claim(store, "production", release);
    await free(store, "production", release);
  }
  await free(store, "production", first);
  assert.equal(await outcome(store, third), "failed");
});
