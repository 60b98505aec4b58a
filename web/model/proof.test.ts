import assert from "node:assert/strict";
import { test } from "node:test";
import { provedOf } from "./proof.ts";

const head = { position: 5, hash: "a".repeat(64) } as const;
const texts = (proof: Parameters<typeof provedOf>[1]) =>
  [1, 4, 5, 6].map((position) => provedOf(position, proof).text);

test("every entry up to the head of a sound journal is proved; what came after it is not yet", () => {
  const sound = { sound: true, entries: 5, head: head as never, wrong: null };
  assert.deepEqual(texts(sound), ["✓ proved", "✓ proved", "✓ proved", "· not yet"]);
});

test("an entry that is wrong is marked, and nothing behind it is proved", () => {
  const wrong = { position: 4, sentence: "its hash is not that of its text" };
  const told = texts({ sound: false, entries: 3, head: null, wrong });
  assert.deepEqual(told, ["✓ proved", "✗ wrong", "· not yet", "· not yet"]);
});

test("before the first proof nothing is", () => {
  assert.equal(provedOf(1, undefined).text, "· not yet");
});
