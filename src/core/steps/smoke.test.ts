import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE, SECOND } from "../base/time.ts";
import { walk } from "./given.fake.ts";
import { smoke } from "./smoke.ts";

test("it probes the new version's paths, then runs the team's own smoke test", () => {
  const config = smoke.shape.parse({ paths: ["/health"], run: ["smoke"] });
  const [probe, run] = walk(smoke, config).asked;
  assert.equal(probe?.ask === "probe" && probe.version, "canary");
  assert.deepEqual(run?.ask === "command" && [run.argv, run.timeout], [["smoke"], MINUTE]);
  assert.equal(smoke.bound(config), 2 * MINUTE);
});

test("the stable version is probed where the policy says so; what is left out is not asked", () => {
  const config = smoke.shape.parse({ paths: ["/health"], of: "stable", within: "5 s" });
  const { asked } = walk(smoke, config);
  assert.equal(asked.length, 1);
  assert.equal(asked[0]?.ask === "probe" && asked[0].version, "stable");
  assert.equal(smoke.bound(config), 5 * SECOND);
});

test("it changes nothing, so there is nothing to undo", () => {
  assert.deepEqual(smoke.undo(smoke.shape.parse({})), { undo: "nothing" });
});
