// Several control planes on one PostgreSQL: a release is worked by one at a time, and when that one is killed another goes on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openHoldpoint } from "../../src/main.ts";
import { startPostgres } from "../postgres.ts";
import { soundWorld } from "./sound-world.ts";
import { makeTeam } from "./team.ts";

test("of three control planes on one database two are killed; the third ends the release, every effect once", async () => {
  const postgres = await startPostgres();
  const team = await makeTeam(false, postgres.url);
  try {
    const first = team.controlPlane();
    await untilJournal(team.place, 1);
    const others = [team.controlPlane(), team.controlPlane()];
    const victims = [first, others[0]];
    for (const [at, victim] of victims.entries()) {
      await untilJournal(team.place, 20 + at * 15);
      if (victim?.pid !== undefined) process.kill(victim.pid, "SIGKILL");
      assert.equal(await victim?.ended, "killed");
    }
    assert.equal(await others[1]?.ended, "done");
    team.hush();
    const effects = ["backup", "expand", "flush", "tests"];
    await soundWorld(team, { ends: "stable", effects, version: "1.0.1" });
  } finally {
    await team.end();
    await postgres.stop();
  }
});

/** Waits until the journal has so many entries. */
async function untilJournal(
  place: Parameters<typeof openHoldpoint>[0],
  least: number,
): Promise<void> {
  const opened = await openHoldpoint(place);
  assert.ok(opened.ok);
  const { store, close } = opened.value;
  while ((await store.head()).position < least) await pause(30);
  await close();
}
