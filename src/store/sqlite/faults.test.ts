import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { append, event, NOON } from "../../../test/appends.ts";
import { StoreError } from "../errors.ts";
import { verifyJournal } from "../verify-journal.ts";
import { openDatabase } from "./database.ts";
import { SCHEMA } from "./schema.ts";
import { openSqlite, SqliteStore } from "./store.ts";

const folder = mkdtempSync(join(tmpdir(), "holdpoint-faults-"));
after(() => rmSync(folder, { recursive: true }));
let count = 0;
const fresh = () => join(folder, `${count++}.sqlite`);

function open(file: string): SqliteStore {
  const store = openSqlite(file);
  if (!store.ok) throw store.error;
  return store.value;
}

function refusal(file: string): StoreError {
  const store = openSqlite(file);
  assert.equal(store.ok, false);
  if (store.ok) throw new Error("it was opened");
  assert.ok(store.error.problem.remedy.length > 20);
  assert.match(store.error.message, /^[^\n]+\.$/);
  return store.error;
}

/** Appends 20 kB at a time until the store refuses; answers how many were acknowledged. */
async function fill(store: SqliteStore, from: number): Promise<number> {
  const data = "x".repeat(20_000);
  for (let seq = from; seq < from + 1000; seq++) {
    const intents = [{ id: `i${seq}`, due: NOON, body: null }];
    const wanted = append("r1", seq, {
      events: [event({ data }), event()],
      intents,
      request: `k${seq}`,
    });
    try {
      const asked = { ...wanted, expected: 2 * seq };
      assert.equal((await store.append(asked)).ok, true);
    } catch (error) {
      assert.ok(error instanceof StoreError);
      assert.equal(error.code, "disk-full");
      assert.match(error.message, /the disk is full\.$/);
      return seq;
    }
  }
  throw new Error("the disk did not fill up");
}

/** After a refusal: everything acknowledged is there, nothing else is, and the rest of the transaction is not either. */
async function checkKept(store: SqliteStore, appends: number): Promise<void> {
  assert.equal((await store.read("r1")).length, 2 * appends);
  assert.deepEqual(
    (await store.intents("r1")).map(({ id }) => id),
    [`i${appends - 1}`],
  );
  assert.equal((await verifyJournal(store)).ok, true);
}

test("a store that may not grow refuses appends, keeps what it had, and goes on once it may", async () => {
  const file = fresh();
  const db = openDatabase(file);
  if (!db.ok) throw db.error;
  const store = new SqliteStore(db.value, file);
  db.value.exec("PRAGMA max_page_count = 200");
  const first = await fill(store, 0);
  assert.ok(first > 3);
  await checkKept(store, first);
  db.value.exec("PRAGMA max_page_count = 400");
  const second = await fill(store, first);
  assert.ok(second > first);
  await checkKept(store, second);
  await store.close();
  const again = open(file);
  await checkKept(again, second);
  await again.close();
});

test("a full disk refuses appends, keeps what was acknowledged, and work goes on once there is space", async (t) => {
  const disk = join(folder, "small-disk");
  mkdirSync(disk);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]);
  if (mounted.status !== 0) {
    t.skip("only root can make a small disk; the test above limits the file instead");
    return;
  }
  try {
    const ballast = join(disk, "ballast");
    writeFileSync(ballast, Buffer.alloc(500_000));
    const file = join(disk, "holdpoint.sqlite");
    const store = open(file);
    const first = await fill(store, 0);
    await checkKept(store, first);
    rmSync(ballast);
    const second = await fill(store, first);
    assert.ok(second > first);
    await checkKept(store, second);
    await store.close();
    const again = open(file);
    await checkKept(again, second);
    await again.close();
  } finally {
    spawnSync("umount", [disk]);
  }
});

test("the database is written so that a commit is on disk when it returns", () => {
  const db = openDatabase(fresh());
  if (!db.ok) throw db.error;
  const setting = (name: string) =>
    Object.values(db.value.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  const FULL = 2;
  assert.deepEqual(
    [setting("journal_mode"), setting("synchronous"), setting("fullfsync")],
    ["wal", FULL, 1],
  );
  db.value.close();
});

test("an append waits for another process's transaction without halting the event loop", async () => {
  const file = fresh();
  const store = open(file);
  const other = new DatabaseSync(file);
  other.exec("BEGIN IMMEDIATE");
  let answered = false;
  const waiting = store.append(append("r1")).then((answer) => {
    answered = true;
    return answer;
  });
  for (let turn = 0; turn < 5; turn++) await new Promise((resume) => setTimeout(resume, 10));
  assert.equal(answered, false);
  assert.deepEqual(await store.readAll(0, 10), []);
  other.exec("ROLLBACK");
  assert.equal((await waiting).ok, true);
  other.close();
  await store.close();
});

test("a file that is no database is refused as damaged", () => {
  const file = fresh();
  writeFileSync(file, "not a database, but long enough to look like a header\n".repeat(40));
  assert.equal(refusal(file).code, "database-corrupt");
});

test("a file that lost its end or whose pages were overwritten never answers as if it were whole", async () => {
  const damages: ((file: string, size: number) => void)[] = [
    (file, size) => truncateSync(file, Math.floor(size / 8192) * 4096),
    (file, size) => {
      const handle = openSync(file, "r+");
      writeSync(handle, Buffer.alloc(size - 8192, 0xa5), 0, size - 8192, 4096);
      closeSync(handle);
    },
  ];
  for (const damage of damages) {
    const file = fresh();
    const store = open(file);
    for (let seq = 0; seq < 40; seq++) {
      await store.append(append("r1", seq, { events: [event({ data: "x".repeat(2000) })] }));
    }
    await store.close();
    damage(file, statSync(file).size);
    const opened = openSqlite(file);
    if (!opened.ok) {
      assert.equal(opened.error.code, "database-corrupt");
      continue;
    }
    await assert.rejects(opened.value.readAll(0, 1000), { code: "database-corrupt" });
    await assert.rejects(opened.value.append(append("r1", 40)), { code: "database-corrupt" });
    await opened.value.close();
  }
});

test("a database of another program is refused", () => {
  const file = fresh();
  const db = new DatabaseSync(file);
  db.exec("CREATE TABLE theirs (x)");
  db.close();
  assert.equal(refusal(file).code, "not-ours");
});

test("a store with a newer schema is refused, and said to be so", async () => {
  const file = fresh();
  await open(file).close();
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA user_version = ${SCHEMA.length + 1}`);
  db.close();
  const error = refusal(file);
  assert.equal(error.code, "schema-too-new");
  assert.match(
    error.message,
    new RegExp(`schema ${SCHEMA.length + 1}; .* up to ${SCHEMA.length}\\.$`),
  );
});

test("a file whose folder is missing is refused", () => {
  assert.equal(refusal(join(folder, "missing", "holdpoint.sqlite")).code, "access-denied");
});

test("a number that no store writes is a damaged journal, not a crash", async () => {
  const file = fresh();
  const store = open(file);
  await store.append(append("r1"));
  const db = new DatabaseSync(file);
  db.exec(`UPDATE entries SET "at" = 9223372036854775807`);
  db.close();
  await assert.rejects(store.read("r1"), { code: "journal-corrupt" });
  const verified = await verifyJournal(store);
  assert.equal(verified.ok ? 0 : verified.error.position, 1);
  await store.close();
});
