import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "../base/time.ts";
import { command, walk } from "./given.fake.ts";
import { run } from "./run.ts";

const plain = run.shape.parse({ run: ["work"] });

test("it runs its command and is done with what that answered", () => {
  const { asked, end } = walk(run, plain);
  assert.deepEqual(asked, [command("work")]);
  assert.deepEqual(end, { move: "done", evidence: { exit: 0 } });
  assert.equal(run.bound(plain), 10 * MINUTE);
});

test("it is undone by its undo command, by nothing where there is none, and never where it is irreversible", () => {
  assert.deepEqual(run.undo(plain), { undo: "nothing" });
  const undo = run.undo({ ...plain, undo: ["unwork"] });
  const config = { run: ["unwork"], timeout: 10 * MINUTE, env: [], irreversible: false };
  assert.deepEqual(undo, { undo: "steps", steps: [{ kind: "run", config, retries: 2 }] });
  assert.deepEqual(run.undo({ ...plain, undo: ["unwork"], irreversible: true }), {
    undo: "impossible",
    why: "work cannot be taken back",
  });
});

test("the command that undoes can be run as a step itself", () => {
  const undo = run.undo({ ...plain, undo: ["unwork"] });
  const [step] = undo.undo === "steps" ? undo.steps : [];
  const config = step?.config as typeof plain;
  assert.deepEqual(walk(run, config).asked, [command("unwork")]);
  assert.deepEqual(run.undo(config), { undo: "nothing" });
});

test("what cannot be taken back can still be told to others, by a command of its own", () => {
  assert.deepEqual(run.setRight?.(plain), []);
  const [step] = run.setRight?.({ ...plain, irreversible: true, withdraw: ["deprecate"] }) ?? [];
  const config = step?.config as typeof plain;
  assert.deepEqual(walk(run, config).asked, [command("deprecate")]);
  assert.deepEqual(run.setRight?.(config), []);
});

test("a doubt is settled by its reconcile command, or by a person where there is none", () => {
  assert.equal(run.reconcile?.(plain), null);
  assert.deepEqual(run.reconcile?.({ ...plain, reconcile: ["ask"] }), command("ask"));
});
