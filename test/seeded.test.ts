import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

const HOOK = new URL("../tools/seeded.mjs", import.meta.url).href;

function drawn(env: Readonly<Record<string, string>>): string {
  const program = 'import fc from "fast-check"; console.log(fc.sample(fc.nat(), 5).join())';
  const argv = ["--import", HOOK, "--input-type=module", "--eval", program];
  const cwd = join(import.meta.dirname, "..");
  return execFileSync(process.execPath, argv, { cwd, env, encoding: "utf8" });
}

test("property tests draw the same cases in each run of the test command, and others where another seed is asked for", () => {
  assert.equal(drawn({}), drawn({}));
  assert.notEqual(drawn({}), drawn({ PROPERTY_SEED: "7" }));
});
