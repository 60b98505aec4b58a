import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { owners } from "./owners.ts";

const found = (change: (text: Loose) => void) => owners(fakePolicy(change));

test("a gate that people answer has an owner", () => {
  const [nobody, ...rest] = found((text) => {
    text.gates.list = { checklist: { items: { a: "A" } } };
    text.gates.owned = { owner: "qa", evidence: { record: "drill", younger: "30 d" } };
  });
  assert.deepEqual(nobody?.path, ["gates", "list"]);
  assert.equal(nobody?.severity, "warning");
  assert.deepEqual(rest, []);
});
