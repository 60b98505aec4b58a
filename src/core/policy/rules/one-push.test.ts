import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { onePush } from "./one-push.ts";

const found = (change: (text: Loose) => void) => onePush(fakePolicy(change));

const pushes = (first: string[], second: string[]) =>
  found((text) => {
    text.phases.staging.steps = [{ run: { run: first } }];
    text.phases.production.steps = [{ run: { run: second } }];
  });
const PUSH = ["git", "push", "origin", "main"];

test("two deployments in order are not set going by one push", () => {
  const [both, ...rest] = pushes(PUSH, PUSH);
  assert.deepEqual(both?.path, ["phases", "production", "steps", 0, "run"]);
  assert.match(both?.sentence ?? "", /`production` is to come after `staging`/);
  assert.deepEqual(rest, []);
});

test("pushes of different things, and other commands, may stand twice", () => {
  assert.deepEqual(pushes(PUSH, ["git", "push", "origin", "front"]), []);
  assert.deepEqual(pushes(["npm", "test"], ["npm", "test"]), []);
});
