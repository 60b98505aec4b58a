import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "../base/time.ts";
import { deploy } from "./deploy.ts";
import { walk } from "./given.fake.ts";

const config = deploy.shape.parse({});

test("it starts the new version in its environment, beside the stable one", () => {
  assert.deepEqual(walk(deploy, config).asked, [
    { ask: "deploy", environment: "production", timeout: config.timeout },
  ]);
  assert.equal(deploy.bound(config), 5 * MINUTE);
});

test("it is undone by stopping the new version", () => {
  assert.deepEqual(deploy.undo(config), {
    undo: "steps",
    steps: [{ kind: "retire", config: {}, retries: 3 }],
  });
});

test("without an environment it is a bug, not a deployment somewhere", () => {
  const nowhere = { environment: undefined } as never;
  assert.throws(() => walk(deploy, config, nowhere), /planned without one/);
});
