import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleReport } from "#cli/report.sample.ts";
import type { Entry } from "#core/audit/entry.ts";
import { alarmsOf } from "./alarms.ts";
import { approvals, standing } from "./approvals.ts";
import { owed } from "./debts.ts";
import { safeLink } from "./link.ts";

const DAY = 86_400_000;

test("debts are told with a countdown, the most urgent first; the clock alone makes them overdue", () => {
  const debt = { release: "r", what: "", roles: ["lead"], link: null, state: "open" } as const;
  const debts = [
    { ...debt, debt: "done", due: 1, state: "settled", link: "https://x.test" } as const,
    { ...debt, debt: "later", due: 2 * DAY },
    { ...debt, debt: "soon", due: 90_000 },
  ];
  const told = (now: number) =>
    owed(debts, now).map(({ debt: id, look, countdown }) => [id, look.word, countdown]);
  assert.deepEqual(told(0), [
    ["soon", "open", "due in 1 min 30 s"],
    ["later", "open", "due in 2 d"],
    ["done", "settled", ""],
  ]);
  assert.deepEqual(told(95_000)[0], ["soon", "overdue", "was due 5 s ago"]);
});

test("an open alert is told with its reason and since when, the gravest first", () => {
  const raised = (position: number, cause: string): Entry => ({
    ...{ position, stream: "r", seq: position, type: "AlertRaised", version: 1, at: position },
    ...{ by: "holdpoint", prev: "", hash: "" },
    data: { cause, severity: "critical", reason: `it is ${cause}` },
  });
  const alerts = [
    { cause: "held-long", severity: "warning" },
    { cause: "frozen", severity: "critical" },
  ];
  const told = alarmsOf(sampleReport({ alerts }), [raised(7, "frozen")]);
  assert.deepEqual(
    told.map(({ cause, look, reason, since }) => [cause, look.word, reason, since]),
    [
      ["frozen", "critical", "it is frozen", 7],
      ["held-long", "warning", "", null],
    ],
  );
});

test("an approval is said to stand or to be void, with the parts that changed", () => {
  const base = { gate: "build/go", role: "lead", by: "a", at: 0, covers: ["policy"] } as const;
  const changed = [{ part: "commit", was: "1", is: "2" }] as const;
  assert.equal(
    standing({ ...base, changed: [], voidBecause: null }).text,
    "Nothing has changed since.",
  );
  const stands = standing({ ...base, changed, voidBecause: null });
  assert.equal(stands.look.word, "stands");
  assert.equal(stands.text, "Changed since: commit; it rests on the policy.");
  const gone = standing({ ...base, changed, voidBecause: ["commit", "policy"] });
  assert.equal(gone.look.word, "void");
  assert.match(gone.text, /because of the commit and policy/);
  assert.deepEqual(approvals([]), []);
});

test("only addresses of web pages become links; what runs or hides a password stays text", () => {
  assert.equal(safeLink("https://wiki.test/a b"), "https://wiki.test/a%20b");
  assert.equal(safeLink(" http://x.test "), "http://x.test/");
  const bad = ["javascript:alert(1)", "data:text/html,x", "//x.test", "x.test", "https://", ""];
  for (const text of [...bad, "https://me:secret@x.test", "JaVaScRiPt:https://x.test"])
    assert.equal(safeLink(text), null, text);
});
