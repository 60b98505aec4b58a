import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "../base/time.ts";
import { command, walk } from "./given.fake.ts";
import { migrate } from "./migrate.ts";

const part = (name: "expand" | "backfill" | "contract", more = {}) =>
  migrate.shape.parse({ part: name, run: ["up"], ...more });
const whole = part("expand", { before: ["dry"], verify: ["status"] });

test("it asks for the dry run, the migration and its verification, in this order", () => {
  assert.deepEqual(walk(migrate, whole).asked, [command("dry"), command("up"), command("status")]);
  assert.deepEqual(walk(migrate, part("expand")).asked, [command("up")]);
});

test("each of its commands may take its time", () => {
  assert.deepEqual(
    [migrate.bound(part("expand")), migrate.bound(whole)],
    [10 * MINUTE, 30 * MINUTE],
  );
});

test("expand and backfill need no undoing: the stable version runs on the expanded schema", () => {
  for (const name of ["expand", "backfill"] as const)
    assert.deepEqual(migrate.undo(part(name)), { undo: "nothing" });
});

test("contract is the point of no return, unless a command takes it back", () => {
  assert.equal(migrate.undo(part("contract")).undo, "impossible");
  const undo = migrate.undo(part("contract", { undo: ["down"] }));
  const config = { run: ["down"], timeout: 10 * MINUTE, env: [], irreversible: false };
  assert.deepEqual(undo, { undo: "steps", steps: [{ kind: "run", config, retries: 2 }] });
});
