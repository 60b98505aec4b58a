import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { soundness } from "#core/policy/soundness.ts";
import { locate } from "./locate.ts";
import { POLICY_TEXT } from "./policy-text.fake.ts";
import { readPolicy } from "./read.ts";

describe("locate", () => {
  it("puts findings at the place they speak of, in the order of the file", () => {
    const text = POLICY_TEXT.replace("gates: [lint, agreed]", "gates: [lind]")
      .replace("failures: 3", "")
      .concat("messages:\n  unread: { title: '{{moon}}' }\n");
    const result = readPolicy("holdpoint.yaml", text);
    assert.ok(result.ok);
    const problems = locate(
      soundness(result.value.policy),
      result.value.positions,
      "holdpoint.yaml",
    );
    assert.deepEqual(
      problems.map(({ line, column, code, where }) => [line, column, code, where]),
      [
        [10, 3, "unused", "gates.lint"],
        [11, 3, "unused", "gates.agreed"],
        [15, 13, "references", "phases.production.gates[0]"],
        [26, 3, "unused", "messages.unread"],
        [26, 20, "placeholders", "messages.unread.title"],
      ],
    );
  });
});
