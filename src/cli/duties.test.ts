import assert from "node:assert/strict";
import { test } from "node:test";
import { UNPAINTED } from "./text.ts";
import { dutyLines } from "./views/duties.ts";

const lead = {
  role: "lead",
  people: ["lead@example.test", "deputy@example.test"],
  duties: ["reads the plan"],
  todo: ["approve go-no-go"],
  later: 1,
};
const idle = { role: "qa", people: ["qa@example.test"], duties: [], todo: [], later: 3 };

test("AA-12: who does what at this moment is shown by role, with what is to be done", () => {
  assert.deepEqual(dutyLines({ when: "before", roles: [lead, idle] }, UNPAINTED), [
    "",
    "Who does what, before it goes out",
    "  lead (lead@example.test, deputy@example.test)",
    "    reads the plan",
    "    to do     approve go-no-go",
    "    later     one hold to come asks for it",
  ]);
});

test("a policy without duties needs no such list: who can lift what is told beside it", () => {
  assert.deepEqual(dutyLines({ when: "before", roles: [{ ...lead, duties: [] }] }, UNPAINTED), []);
});
