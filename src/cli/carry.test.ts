import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openStore } from "#store/open.ts";
import { append, boardRow, event } from "../../test/appends.ts";
import { EXIT } from "./exit-codes.ts";
import { fakeWorld } from "./world.fake.ts";

/** A team whose embedded store has one release with three events. */
async function team() {
  const world = fakeWorld();
  const store = await openStore({ dataDir: join(world.folder, ".holdpoint") });
  assert.ok(store.ok);
  const events = [event(), event({ type: "held" }), event({ type: "ended" })];
  await store.value.append(append("shop-1.4.0", 0, { events }));
  await store.value.close();
  const file = join(world.folder, "journal.jsonl");
  return { ...world, file, exported: () => world.run("export journal.jsonl") };
}

test("what is exported fills another store, with every row and entry and the head that was printed", async () => {
  const { run, folder, file, exported, remove } = await team();
  const out = await exported();
  assert.equal(out.exit, EXIT.ok, out.err);
  const head = /^head (3:[0-9a-f]{64})$/m.exec(out.out)?.[1];
  assert.ok(head !== undefined, out.out);
  assert.equal(statSync(file).mode & 0o777, 0o600, "only its owner may read it");
  const imported = await run(`import journal.jsonl --data-dir other --head ${head}`);
  assert.equal(imported.exit, EXIT.ok, imported.err);
  assert.match(imported.out, new RegExp(`^head ${head}$`, "m"));
  const copy = await openStore({ dataDir: join(folder, "other") });
  assert.ok(copy.ok);
  assert.equal((await copy.value.read("shop-1.4.0")).length, 3);
  assert.deepEqual(await copy.value.rows({ limit: 9 }), [boardRow("shop-1.4.0")]);
  await copy.value.close();
  remove();
});

test("an import into a store that has something is refused, and the store stays as it was", async () => {
  const { run, exported, remove } = await team();
  await exported();
  const again = await run("import journal.jsonl --json");
  assert.equal(again.exit, EXIT.failed);
  assert.equal(JSON.parse(again.out).problems[0].code, "not-empty");
  remove();
});

test("a file that was changed, or that another history wrote, is refused before there is a store", async () => {
  const { run, file, folder, exported, remove } = await team();
  await exported();
  const other = await run(`import journal.jsonl --data-dir other --head 2:${"0".repeat(64)}`);
  assert.equal(other.exit, EXIT.failed);
  assert.match(other.err, /\[journal-corrupt\]/);
  writeFileSync(file, readFileSync(file, "utf8").replace("lead@example.test", "liar@example.test"));
  const changed = await run("import journal.jsonl --data-dir other");
  assert.equal(changed.exit, EXIT.failed);
  assert.match(changed.err, /\[journal-corrupt\]/);
  assert.equal(statSync(join(folder, "other"), { throwIfNoEntry: false }), undefined);
  remove();
});

test("an empty store is not exported, so that a wrong folder never passes for a backup", async () => {
  const { run, file, remove } = await team();
  const empty = await run("export journal.jsonl --data-dir elsewhere");
  assert.equal(empty.exit, EXIT.failed);
  assert.match(empty.err, /\[nothing-to-export\]/);
  assert.equal(statSync(file, { throwIfNoEntry: false }), undefined);
  remove();
});

test("a head that is not one, and a file that is not there, are told as what they are", async () => {
  const { run, remove } = await team();
  assert.equal((await run("import journal.jsonl --head 12")).exit, EXIT.usage);
  const missing = await run("import missing.jsonl --data-dir other");
  assert.equal(missing.exit, EXIT.failed);
  assert.match(missing.err, /missing\.jsonl.*\[file-unusable\]/s);
  remove();
});
