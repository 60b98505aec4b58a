import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import type { Head } from "#core/audit/entry.ts";
import { canonical } from "#core/base/canonical.ts";
import { append, event, NOON } from "../../test/appends.ts";
import { StoreError } from "./errors.ts";
import { checkJournal, loadJournal, saveJournal } from "./journal-file.ts";
import { linesOf, piecesIn } from "./journal-lines.ts";
import { MemoryStore } from "./memory.ts";
import { openSqlite } from "./sqlite/store.ts";
import type { Piece, PortableStore } from "./transfer.ts";

const folder = mkdtempSync(join(tmpdir(), "holdpoint-journal-"));
after(() => rmSync(folder, { recursive: true }));

/** A store with something of everything. */
async function sample(appends: number): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (let index = 0; index < appends; index++) {
    const data = { index, text: 'é😀\u001f"', numbers: [1e21, -1.5, 0] };
    const intents = [{ id: `i${index}`, due: NOON + index, body: { index } }];
    const stream = `r${index % 4}`;
    const expected = Math.floor(index / 4);
    const asked = append(stream, expected, {
      events: [event({ data })],
      intents,
      request: `k${index}`,
    });
    assert.equal((await store.append(asked)).ok, true);
  }
  await store.hold("production", "r0");
  return store;
}

async function textOf(store: PortableStore): Promise<Buffer> {
  return Buffer.from((await Array.fromAsync(linesOf(store))).join(""));
}

/** The line at which reading a text stops; 0 when nothing is wrong. */
async function badLine(text: Uint8Array, kept?: Head): Promise<number> {
  try {
    await Array.fromAsync(piecesIn(chunks(text), kept));
    return 0;
  } catch (error) {
    assert.ok(error instanceof StoreError);
    assert.equal(error.code, "journal-corrupt");
    return Number(/^Line (\d+) of the journal: /.exec(error.message)?.[1]) + 0.5;
  }
}

async function* chunks(text: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < text.length; from += 1000) yield text.subarray(from, from + 1000);
}

test("a journal goes through a file from one store into another, byte for byte", async () => {
  const store = await sample(30);
  const file = join(folder, "a.journal");
  assert.equal((await saveJournal(store, file)).ok, true);
  const opened = openSqlite(join(folder, "a.sqlite"));
  if (!opened.ok) throw opened.error;
  const head = await store.head();
  assert.deepEqual(await loadJournal(opened.value, file), { ok: true, value: head });
  assert.deepEqual(await checkJournal(file), { ok: true, value: head });
  const again = join(folder, "b.journal");
  assert.equal((await saveJournal(opened.value, again)).ok, true);
  const sorted = (path: string) => readFileSync(path, "utf8").split("\n").slice(0, -2).sort();
  assert.deepEqual(sorted(again), sorted(file));
  await opened.value.close();
});

test("the file is for its owner only, and nothing else is left beside it", async () => {
  const own = mkdtempSync(join(folder, "own-"));
  const file = join(own, "x.journal");
  writeFileSync(file, "an older one");
  assert.equal((await saveJournal(await sample(3), file)).ok, true);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(own), ["x.journal"]);
});

test("every line is the canonical encoding of what it says", async () => {
  const lines = (await textOf(await sample(5))).toString().split("\n");
  assert.equal(lines.pop(), "");
  for (const line of lines) assert.equal(canonical(JSON.parse(line)), line);
  const kinds = lines.map((line) => JSON.parse(line).kind);
  assert.deepEqual(
    [...new Set(kinds)],
    ["journal", "entry", "stream", "row", "request", "hold", "head", "end"],
  );
});

test("every single flipped bit of a small journal is found, in an entry not later than at its line", async () => {
  const text = await textOf(await sample(2));
  assert.equal(await badLine(text), 0);
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const changed = Buffer.from(text);
      changed[at] = (text[at] ?? 0) ^ (1 << bit);
      const found = await badLine(changed);
      assert.ok(found > 0, `byte ${at}, bit ${bit}`);
      // Lines 2 and 3 are the entries: there it is the chain that finds it, long before the digest at the end.
      if (line <= 3) assert.ok(found <= line + 0.5, `byte ${at}, bit ${bit}: found at ${found}`);
    }
    if (text[at] === 10) line += 1;
  }
});

test("any byte that was replaced, left out or put in is found in a large journal", async () => {
  const text = await textOf(await sample(200));
  assert.ok(text.length > 65_536);
  const place = fc.nat(text.length - 1);
  const byte = fc.nat(255);
  const change = fc.constantFrom("replace", "drop", "insert");
  const property = fc.asyncProperty(place, byte, change, async (at, value, how) => {
    const changed = [...text];
    changed.splice(at, how === "insert" ? 0 : 1, ...(how === "drop" ? [] : [value]));
    const after = Buffer.from(changed);
    fc.pre(!after.equals(text));
    assert.ok((await badLine(after)) > 0);
  });
  await fc.assert(property, { numRuns: 150 });
});

test("a journal that breaks off anywhere, or goes on after its end, is found", async () => {
  const text = await textOf(await sample(2));
  for (let length = 0; length < text.length; length++) {
    assert.ok((await badLine(text.subarray(0, length))) > 0, `${length} bytes`);
  }
  assert.ok((await badLine(Buffer.concat([text, Buffer.from("\n")]))) > 0);
  assert.ok((await badLine(Buffer.concat([text, Buffer.from("{}")]))) > 0);
});

test("a journal whose entries were left out is found even when its end was written anew", async () => {
  const store = await sample(6);
  async function* without(position: number): AsyncGenerator<Piece> {
    for await (const piece of store.pieces()) {
      if (piece.kind !== "entry" || piece.entry.position !== position) yield piece;
    }
  }
  for (const position of [1, 4, 6]) {
    const cut = { pieces: () => without(position), fill: async () => {} };
    await assert.rejects(Array.fromAsync(linesOf(cut)), { code: "journal-corrupt" });
  }
});

test("a journal that does not contain the head kept elsewhere is refused", async () => {
  const [store, other] = [await sample(9), await sample(8)];
  const text = await textOf(store);
  assert.equal(await badLine(text, await other.head()), 0);
  const forged = { position: 5, hash: "f".repeat(64) };
  assert.equal(await badLine(text, forged), 6.5);
  assert.ok((await badLine(await textOf(other), await store.head())) > 0);
});

test("nothing is kept of a journal that turns out bad, and a store with entries takes none", async () => {
  const file = join(folder, "bad.journal");
  const text = await textOf(await sample(20));
  text[text.length - 10] = 0x21;
  writeFileSync(file, text);
  const opened = openSqlite(join(folder, "bad.sqlite"));
  if (!opened.ok) throw opened.error;
  const store = opened.value;
  const bad = await loadJournal(store, file);
  assert.equal(bad.ok ? "" : bad.error.code, "journal-corrupt");
  assert.equal((await store.head()).position, 0);
  assert.deepEqual(await store.rows({ limit: 9 }), []);
  await saveJournal(await sample(4), file);
  assert.equal((await loadJournal(store, file)).ok, true);
  const full = await loadJournal(store, file);
  assert.equal(full.ok ? "" : full.error.code, "not-empty");
  await store.close();
});

test("a file that is not there, or cannot be written, is a refusal with a remedy", async () => {
  const missing = join(folder, "missing", "x.journal");
  for (const result of [
    await saveJournal(await sample(1), missing),
    await loadJournal(new MemoryStore(), missing),
    await checkJournal(missing),
  ]) {
    if (result.ok) throw new Error("it was there");
    assert.equal(result.error.code, "file-unusable");
    assert.equal(result.error.message, `The file ${missing} cannot be used (ENOENT).`);
    assert.ok(result.error.problem.remedy.length > 20);
  }
});
