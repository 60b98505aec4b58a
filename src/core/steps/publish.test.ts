import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "../base/time.ts";
import { walk } from "./given.fake.ts";
import { publish } from "./publish.ts";

const config = publish.shape.parse({ assets: ["dist/*.tgz"] });

test("MM-10: it publishes notes and files, once", () => {
  const { asked, end } = walk(publish, config);
  assert.deepEqual(asked, [{ ask: "publish", assets: ["dist/*.tgz"], withdrawn: false }]);
  assert.equal(end.move, "done");
  assert.equal(publish.bound(config), 15 * MINUTE);
});

test("each component that goes out is published after the release, and marked as withdrawn like it", () => {
  const components = [{ component: "core", version: "2.1.0", tag: "core-v2.1.0" }];
  const core = { ask: "publish", assets: [], withdrawn: false, component: "core" };
  assert.deepEqual(walk(publish, config, { components }).asked.slice(1), [core]);
  const marked = publish.shape.parse({ withdrawn: true });
  assert.deepEqual(walk(publish, marked, { components }).asked.slice(1), [
    { ...core, withdrawn: true },
  ]);
});

test("what others have seen is marked as withdrawn, not taken away", () => {
  assert.deepEqual(publish.undo(config), { undo: "nothing" });
  const marked = publish.shape.parse(publish.setRight?.(config)[0]?.config);
  assert.deepEqual(walk(publish, marked).asked, [{ ask: "publish", assets: [], withdrawn: true }]);
  assert.deepEqual(publish.setRight?.(marked), []);
});

test("assets lie below the top of the work tree", () => {
  for (const bad of ["../x", "/etc/passwd", "a/../../b"])
    assert.ok(!publish.shape.safeParse({ assets: [bad] }).success, bad);
});
