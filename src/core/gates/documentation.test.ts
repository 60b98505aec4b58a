import assert from "node:assert/strict";
import { test } from "node:test";
import { documentation } from "./documentation.ts";
import type { Answer } from "./gate.ts";
import { context, known } from "./given.fake.ts";

const config = documentation.shape.parse({ files: { guide: "docs/{version}.md" }, notes: true });
const judge = (answer?: Answer) =>
  documentation.judge(config, { ...known(), ...(answer && { answer }) }, context);

test("MM-24 SS-09: it asks for its files in the commit, and for what the notes must say", () => {
  assert.deepEqual(documentation.ask(config, context), {
    ask: "documents",
    files: { guide: "docs/{version}.md" },
    notes: true,
  });
});

test("all there is a pass; one that is missing is a fail that names it; what could not be looked at is an error", () => {
  assert.equal(judge().verdict, "pending");
  const facts = { asked: 2, missing: 0, names: "" };
  assert.equal(judge({ outcome: "done", facts }).verdict, "pass");
  const missing = judge({ outcome: "done", facts: { asked: 2, missing: 1, names: "guide" } });
  assert.equal(missing.verdict, "fail");
  assert.equal(missing.reason, "1 of 2 documents are missing or empty: guide");
  assert.match(missing.lift?.[0] ?? "", /revise/);
  assert.equal(judge({ outcome: "failed", reason: "no disk" }).verdict, "error");
});

test("it asks for something, below the top of the repository", () => {
  for (const bad of [{}, { files: {} }, { files: { a: "../x" } }, { files: { a: "/etc/passwd" } }])
    assert.ok(!documentation.shape.safeParse(bad).success, JSON.stringify(bad));
});
