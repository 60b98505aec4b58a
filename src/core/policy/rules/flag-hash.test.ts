import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { flagHash } from "./flag-hash.ts";

const found = (change: (text: Loose) => void) => flagHash(fakePolicy(change));

test("a hash that differs from process to process cannot keep a promise of the same answer", () => {
  for (const hash of ["python-hash", "random"]) {
    const [wrong] = found((text) => (text.flags = { hash, sticky: true }));
    assert.deepEqual(wrong?.path, ["flags", "hash"]);
    assert.notEqual(wrong?.counterexample ?? "", "");
    assert.deepEqual(
      found((text) => (text.flags = { hash, sticky: false })),
      [],
    );
  }
});

test("hashes without a salt keep it", () => {
  for (const hash of ["sha-256", "murmur3", "fnv-1a", "crc-32"])
    assert.deepEqual(
      found((text) => (text.flags = { hash })),
      [],
      hash,
    );
});
