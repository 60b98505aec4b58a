import assert from "node:assert/strict";
import type { Problem } from "./problem.ts";
import { readPolicy } from "./read.ts";

/** A small policy without a fault, as its author would write it. */
export const POLICY_TEXT = `holdpoint: 1
system: Shop
roles:
  lead: [lead@example.test, deputy@example.test, third@example.test]
services:
  web: { start: [node, web.ts] }
environments:
  production: { local: { port: 0 } }
gates:
  lint: { check: { run: [npm, run, lint], timeout: 5 min } }
  agreed: { signoff: { roles: { lead: 1 } } }
phases:
  production:
    environment: production
    gates: [lint, agreed]
    steps:
      - deploy: {}
      - shift: { weights: [10 %, 100 %], soak: 1 min }
      - promote: {}
types:
  patch: { bumps: [patch], phases: [production] }
rollback:
  target: 5 min
  on: { health: { failures: 3 } }
`;

/** The text with one thing replaced, which must be in it. */
export function changed(from: string, to: string): string {
  if (!POLICY_TEXT.includes(from)) throw new Error(`the policy text does not say ${from}`);
  return POLICY_TEXT.replace(from, () => to);
}

/** What is wrong with a text, each with a place and a sentence; fails when nothing is. */
export function problemsOf(text: string | Uint8Array): readonly Problem[] {
  const result = readPolicy("holdpoint.yaml", text);
  assert.ok(!result.ok, "the text was read");
  for (const { line, column, length, sentence } of result.error) {
    assert.ok(line >= 1 && column >= 1 && length >= 1);
    assert.notEqual(sentence, "");
  }
  return result.error;
}
