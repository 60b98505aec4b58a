import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf } from "#core/base/digest.ts";
import { err, ok } from "#core/base/result.ts";
import { fakePolicy } from "#core/policy/policy.fake.ts";
import { explained } from "#core/reports/explain/explain.ts";
import type { Engine } from "./engine.ts";
import { readInForce } from "./policy-in-force.ts";
import type { FileFinding, PolicyFile } from "./ports/policy-file.ts";

const NOW = Date.UTC(2026, 10, 24, 23);
const warning: FileFinding = {
  ...{ code: "unused", severity: "warning", where: "gates.old", line: 3, column: 5 },
  ...{ sentence: "no phase asks it", remedy: "" },
};
const policy = fakePolicy();
const asked: string[] = [];
const read = (file: PolicyFile | null) =>
  readInForce({
    policyFile: async (today) => {
      asked.push(today);
      return file === null ? err([{ code: "no-policy", sentence: "None.", remedy: "" }]) : ok(file);
    },
    engine: async () => ({ explained }) as unknown as Engine,
    clock: () => NOW,
  });

test("a sound policy is told with its document, and the digest that bundles have of it", async () => {
  const told = await read({ text: "holdpoint: 1", policy, problems: [warning] });
  assert.ok(told.ok);
  assert.equal(told.value.digest, digestOf(policy));
  assert.equal(told.value.markdown, explained(policy, NOW));
  assert.deepEqual(told.value.findings, [warning]);
  assert.deepEqual(asked, ["2026-11-24"]);
});

test("a policy that is not sound has findings and no document; a text that is no policy has no digest either", async () => {
  const problems = [{ ...warning, severity: "error" as const }];
  const unsound = await read({ text: "x", policy, problems });
  assert.ok(unsound.ok && unsound.value.markdown === null && unsound.value.digest !== null);
  const none = await read({ text: "x", policy: null, problems });
  assert.ok(none.ok && none.value.digest === null && none.value.findings.length === 1);
});

test("where no policy lies, that is the problem", async () => {
  const told = await read(null);
  assert.ok(!told.ok && told.error[0]?.code === "no-policy");
});
