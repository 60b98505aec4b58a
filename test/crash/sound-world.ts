import assert from "node:assert/strict";
import { readEvent } from "#core/release/upcast.ts";
import { openHoldpoint } from "../../src/main.ts";
import type { Team } from "./team.ts";

/** What must be true of the world after a release, however often and wherever its control planes died. */
export async function soundWorld(
  team: Team,
  wanted: { readonly ends: string; readonly effects: readonly string[]; readonly version: string },
): Promise<void> {
  const opened = await openHoldpoint(team.place);
  assert.ok(opened.ok);
  const { desk, store, close } = opened.value;
  const proof = await desk.verify();
  assert.ok(proof.ok && proof.value.sound, "the journal is whole");
  const entries = await store.readAll(0, 100_000);
  const release = entries[0]?.stream ?? "";
  const events = entries.map((entry) => readEvent(entry));
  const holder = await store.hold("environment/production", "nobody");
  assert.equal(holder, "nobody", "the environment is free");
  assert.deepEqual(await store.intents(release), [], "nothing is wanted any more");
  await close();
  const ended = events.filter((event) => event.type === "ReleaseEnded");
  assert.deepEqual(
    ended.map(({ how }) => how),
    [wanted.ends],
  );
  const done = events.flatMap((event) => (event.type === "StepDone" ? [event.step] : []));
  assert.equal(new Set(done).size, done.length, "no step was done twice");
  assert.deepEqual(team.lines("effects").sort(), wanted.effects, "every command ran once");
  assert.deepEqual(await team.serving(), [wanted.version], "one version serves");
  const tags = team.git("tag", "--list").split("\n");
  assert.deepEqual(tags, wanted.ends === "stable" ? ["v1.0.0", "v1.0.1"] : ["v1.0.0"]);
  const keys = team.lines("team/told.log").map((line) => (JSON.parse(line) as { key: string }).key);
  assert.equal(new Set(keys).size, keys.length, "nothing was told twice");
  assert.ok(team.served.asked > 50);
  assert.equal(team.served.lost, 0, "the service served while its control plane was dead");
}
