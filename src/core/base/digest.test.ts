import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf, digestText } from "./digest.ts";

test("a digest is the SHA-256 of the UTF-8 bytes, in lower-case hexadecimal", () => {
  assert.equal(
    digestText("abc"),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
  assert.equal(digestText(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert.equal(digestText("é"), "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
});

test("equal values have equal digests whatever the order of their keys; others differ", () => {
  assert.equal(digestOf({ a: 1, b: [2] }), digestOf({ b: [2], a: 1 }));
  assert.notEqual(digestOf({ a: 1 }), digestOf({ a: "1" }));
  assert.notEqual(digestOf([1, 2]), digestOf([2, 1]));
});
