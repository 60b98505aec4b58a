import assert from "node:assert/strict";
import { test } from "node:test";
import { SECOND } from "../base/time.ts";
import { walk } from "./given.fake.ts";
import { warm } from "./warm.ts";

test("it asks the new version for its paths, and nobody else", () => {
  const config = warm.shape.parse({
    paths: ["/", "/search"],
    times: 3,
    every: "1 s",
    within: "30 s",
  });
  assert.deepEqual(walk(warm, config).asked, [
    {
      ask: "probe",
      environment: "production",
      version: "canary",
      paths: ["/", "/search"],
      times: 3,
      every: SECOND,
      timeout: 30 * SECOND,
    },
  ]);
  assert.equal(warm.bound(config), 30 * SECOND);
  assert.deepEqual(warm.undo(config), { undo: "nothing" });
});

test("a path that is none is refused", () => {
  for (const path of ["search", "http://elsewhere.test/", "/a b", "/<script>"])
    assert.equal(warm.shape.safeParse({ paths: [path] }).success, false, path);
});
