import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonical } from "../base/canonical.ts";
import { digestText } from "../base/digest.ts";
import { chain, verifyChain } from "./chain.ts";
import { EMPTY_HEAD, type Entry, type Head, type NewEvent } from "./entry.ts";

const event: NewEvent = { type: "noted", version: 1, at: 5, by: "lead@example.test", data: {} };

/** A journal of `count` entries in three streams. */
function journal(count: number, data: (index: number) => NewEvent["data"] = () => ({})): Entry[] {
  const entries: Entry[] = [];
  for (let index = 0; index < count; index++) {
    const stream = `r${index % 3}`;
    const seq = Math.floor(index / 3) + 1;
    const head = entries.at(-1) ?? EMPTY_HEAD;
    entries.push(chain(head, stream, seq, { ...event, data: data(index) }));
  }
  return entries;
}

function headOf(entries: readonly Entry[]): Head {
  const { position, hash } = entries.at(-1) ?? EMPTY_HEAD;
  return { position, hash };
}

function verify(entries: readonly Entry[], recorded: Head, kept?: Head) {
  const check = verifyChain(kept);
  for (const entry of entries) check.add(entry);
  return check.end(recorded);
}

function firstBad(entries: readonly Entry[], recorded: Head, kept?: Head): number {
  const result = verify(entries, recorded, kept);
  assert.equal(result.ok, false);
  return result.ok ? 0 : result.error.position;
}

test("an entry's hash is the SHA-256 of the canonical encoding of all its other fields", () => {
  const entry = chain({ position: 6, hash: "ab".repeat(32) }, "r1", 3, {
    ...event,
    data: { b: 1, a: [2] },
  });
  const { hash, ...rest } = entry;
  assert.equal(hash, digestText(canonical(rest)));
  assert.equal(
    canonical(rest),
    `{"at":5,"by":"lead@example.test","data":{"a":[2],"b":1},"position":7,"prev":"${"ab".repeat(32)}","seq":3,"stream":"r1","type":"noted","version":1}`,
  );
});

test("a journal as it was written verifies up to its head, and so does an empty one", () => {
  const entries = journal(20);
  assert.deepEqual(verify(entries, headOf(entries)), { ok: true, value: headOf(entries) });
  assert.deepEqual(verify([], EMPTY_HEAD), { ok: true, value: EMPTY_HEAD });
  assert.equal(verify(entries, headOf(entries), headOf(entries.slice(0, 7))).ok, true);
});

test("any changed field of any entry is found at that entry", () => {
  const entries = journal(9, (index) => ({ index }));
  const changes: Partial<Entry>[] = [
    { position: 40 },
    { stream: "r9" },
    { seq: 40 },
    { type: "noted!" },
    { version: 2 },
    { at: 6 },
    { by: "else@example.test" },
    { data: { index: -1 } },
    { prev: "0".repeat(63).concat("1") },
    { hash: "0".repeat(63).concat("1") },
  ];
  for (const change of changes) {
    for (const [index, entry] of entries.entries()) {
      const changed = entries.with(index, { ...entry, ...change });
      assert.equal(firstBad(changed, headOf(entries)), index + 1, JSON.stringify(change));
    }
  }
});

test("an entry whose hash was made to fit its changed content is found by the next one", () => {
  const entries = journal(9);
  const before = entries[3] as Entry;
  const forged = chain(before, "r1", 2, { ...event, by: "else@example.test" });
  assert.equal(firstBad(entries.with(4, forged), headOf(entries)), 6);
});

test("a dropped, inserted or swapped entry is found where it happened", () => {
  fc.assert(
    fc.property(fc.nat(18), fc.nat(18), (one, other) => {
      const entries = journal(20);
      const head = headOf(entries);
      assert.equal(firstBad(entries.toSpliced(one, 1), head), one + 1);
      assert.equal(
        firstBad(entries.toSpliced(one, 0, entries[other] as Entry), head),
        one + (one === other ? 2 : 1),
      );
      if (one === other) return;
      const swapped = entries.with(one, entries[other] as Entry).with(other, entries[one] as Entry);
      assert.equal(firstBad(swapped, head), Math.min(one, other) + 1);
    }),
  );
});

test("a number that a stream leaves out or gives twice is found, even in a chain that holds", () => {
  const first = chain(EMPTY_HEAD, "r1", 1, event);
  for (const seq of [1, 3]) {
    const second = chain(first, "r1", seq, event);
    assert.equal(firstBad([first, second], headOf([second])), 2);
  }
});

test("a cut tail is found against the recorded head, and entries behind that head too", () => {
  const entries = journal(12);
  for (let left = 0; left < 12; left++) {
    assert.equal(firstBad(entries.slice(0, left), headOf(entries)), left + 1);
    assert.equal(firstBad(entries, headOf(entries.slice(0, left))), left + 1);
  }
});

test("a rest that was written anew with its own head is found only against a head kept elsewhere", () => {
  const entries = journal(12);
  const anew = entries.slice(0, 8);
  for (const [index, old] of entries.slice(8).entries()) {
    const data = { anew: index };
    anew.push(chain(headOf(anew), old.stream, old.seq, { ...event, data }));
  }
  assert.equal(verify(anew, headOf(anew)).ok, true);
  assert.equal(verify(anew, headOf(anew), headOf(entries.slice(0, 8))).ok, true);
  assert.equal(firstBad(anew, headOf(anew), headOf(entries.slice(0, 10))), 10);
  const cut = entries.slice(0, 5);
  assert.equal(firstBad(cut, headOf(cut), headOf(entries.slice(0, 10))), 6);
});

test("the first fault stays the answer, and says in a sentence what is wrong", () => {
  const entries = journal(6);
  const check = verifyChain();
  const faults = entries.toSpliced(2, 1).map((entry) => check.add(entry));
  const fault = { position: 3, problem: "Entry 3 is not there: in its place stands entry 4." };
  assert.deepEqual(faults, [null, null, fault, fault, fault]);
  assert.deepEqual(check.end(headOf(entries)), { ok: false, error: fault });
});
