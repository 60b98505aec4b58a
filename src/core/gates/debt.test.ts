import assert from "node:assert/strict";
import { test } from "node:test";
import { debt } from "./debt.ts";
import type { Answer } from "./gate.ts";
import { context, known } from "./given.fake.ts";

const judged = (answer?: Answer) => debt.judge({}, known(answer && { answer }), context);

test("it asks what is overdue and holds the type", () => {
  assert.deepEqual(debt.ask({}, context), { ask: "debts", type: "patch" });
});

test("it passes only when nothing is overdue", () => {
  assert.equal(judged().verdict, "pending");
  assert.equal(judged({ outcome: "done", facts: { overdue: 0 } }).verdict, "pass");
  assert.equal(judged({ outcome: "done", facts: {} }).verdict, "pending");
  assert.equal(judged({ outcome: "failed", reason: "lost" }).verdict, "error");
});

test("what is overdue is named with who settles it, and asked for again by itself", () => {
  const facts = { overdue: 2, what: "tests (shop-1.0.1)", lift: "qa settles it\nlead settles it" };
  const verdict = judged({ outcome: "done", facts });
  assert.match(verdict.reason, /tests \(shop-1\.0\.1\)/);
  assert.deepEqual(verdict.lift, ["qa settles it", "lead settles it"]);
  assert.ok((debt.askAgain?.({}, { outcome: "done", facts }) ?? 0) > 0);
});
