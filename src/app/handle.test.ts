import assert from "node:assert/strict";
import { test } from "node:test";
import { LEAD, planFrom, QA } from "#core/release/given.fake.ts";
import { MemoryStore } from "../store/memory.ts";
import { Handler } from "./handle.ts";

const plan = planFrom();

async function begun() {
  const store = new MemoryStore();
  const ours = new Handler(store);
  const opened = await ours.handle(plan.release, { ask: "plan", by: LEAD, plan }, { now: 0 });
  assert(opened.ok);
  return { ours, theirs: new Handler(store), seen: opened.value.seq };
}

test("an act that rests on what was seen is recorded while nothing has happened since", async () => {
  const { ours, seen } = await begun();
  const done = await ours.handle(
    plan.release,
    { ask: "abort", by: LEAD, reason: "the wrong day" },
    { now: 1, seen },
  );
  assert(done.ok);
});

test("it is refused where another process appended after that, even while the act was decided", async () => {
  const { ours, theirs, seen } = await begun();
  const answers = await Promise.all(
    [ours, theirs].map((handler) =>
      handler.handle(
        plan.release,
        { ask: "abort", by: LEAD, reason: "the wrong day" },
        { now: 1, seen },
      ),
    ),
  );
  const codes = answers.map((answer) => (answer.ok ? "done" : answer.error.code));
  assert.deepEqual(codes.sort(), ["changed-meanwhile", "done"]);
});

test("without it, the second is decided on what the first did", async () => {
  const { ours, theirs } = await begun();
  const [one, two] = await Promise.all(
    [ours, theirs].map((handler, index) =>
      handler.handle(
        plan.release,
        { ask: "abort", by: [LEAD, QA][index] ?? LEAD, reason: "the wrong day" },
        { now: 1 },
      ),
    ),
  );
  assert(one?.ok);
  assert(two?.ok === false);
  assert.notEqual(two.error.code, "changed-meanwhile");
});
