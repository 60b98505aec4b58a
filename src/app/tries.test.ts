import assert from "node:assert/strict";
import { test } from "node:test";
import { goAhead, LEAD, planFrom, story } from "#core/release/given.fake.ts";
import type { Release } from "#core/release/state.ts";
import { latestTry } from "./tries.ts";

const aborted = (): Release => {
  const told = story(planFrom());
  told.ask({ ask: "abort", by: LEAD, reason: "not today" });
  return told.release();
};
const among =
  (known: Readonly<Record<string, Release>>) =>
  async (id: string): Promise<{ release: Release } | null> => {
    const release = known[id];
    return release === undefined ? null : { release };
  };

test("a version that was aborted is planned again under an id of its own, as often as need be", async () => {
  const once = await latestTry("shop-1.4.0", among({ "shop-1.4.0": aborted() }));
  assert.deepEqual(once, { id: "shop-1.4.0-try-2", release: null });
  const twice = { "shop-1.4.0": aborted(), "shop-1.4.0-try-2": aborted() };
  assert.equal((await latestTry("shop-1.4.0", among(twice))).id, "shop-1.4.0-try-3");
});

test("a version that was never planned, or whose latest try is under way, has that one", async () => {
  assert.deepEqual(await latestTry("shop-1.4.0", among({})), { id: "shop-1.4.0", release: null });
  const release = goAhead().release();
  const known = { "shop-1.4.0": aborted(), "shop-1.4.0-try-2": release };
  const latest = await latestTry("shop-1.4.0", among(known));
  assert.deepEqual([latest.id, latest.release === release], ["shop-1.4.0-try-2", true]);
});
