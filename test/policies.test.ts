// The policies in this repository: each can be read, is sound, keeps its promise of a rollback time, and says of every
// clause of its release document where it stands.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { rollbackPlan } from "#core/policy/rollback-plan.ts";
import { soundness } from "#core/policy/soundness.ts";
import { readCoverage } from "#policy-file/clauses/read.ts";
import { locate } from "#policy-file/locate.ts";
import { printProblems } from "#policy-file/print.ts";
import { readPolicy } from "#policy-file/read.ts";

const root = fileURLToPath(import.meta.resolve(".."));
const folder = join(root, "policies");

const found = await readCoverage({ root, policyFile: "" });
assert.ok(found.ok);
const coverages = found.value;

it("every policy says of its document's clauses where they stand", () => {
  const policies = globSync("*/holdpoint.yaml", { cwd: folder });
  assert.equal(coverages.length, policies.length);
  assert.ok(coverages.reduce((sum, { clauses }) => sum + clauses.length, 0) >= 72);
});

it("every whole release is titled with the clauses that it proves", () => {
  const days = coverages.flatMap(({ clauses }) => clauses.flatMap(({ tests }) => tests));
  const files = globSync("test/days/*.test.ts", { cwd: root });
  assert.ok(files.length >= 5);
  for (const file of files) {
    const titles = new Set(days.filter((day) => day.file === file).map(({ title }) => title));
    const calls = [
      ...readFileSync(join(root, file), "utf8").matchAll(/^\s*test\(\s*["`]([^\n]*?)["`],/gm),
    ];
    for (const [, title = ""] of calls)
      assert.ok(titles.has(title) || /^\$\{clauses?\}: /.test(title), `${file}: ${title}`);
  }
});

for (const [index, name] of globSync("*", { cwd: folder }).sort().entries()) {
  describe(name, () => {
    const text = readFileSync(join(folder, name, "holdpoint.yaml"), "utf8");
    const result = readPolicy("holdpoint.yaml", text);

    it("can be read and is sound, without a warning", () => {
      const problems = result.ok
        ? locate(soundness(result.value.policy), result.value.positions, "holdpoint.yaml")
        : result.error;
      const wrong = problems.filter(({ severity }) => severity !== "note");
      assert.equal(printProblems(wrong, { text, colour: false }), "");
    });

    it("can turn back within its target from every step, and says where it no longer can", () => {
      assert.ok(result.ok);
      const { policy } = result.value;
      for (const type of Object.keys(policy.types)) {
        const plan = rollbackPlan(policy, type);
        assert.ok(plan.slowest !== null, `${type} never has anything to undo`);
        assert.ok(plan.slowest.bound <= policy.rollback.target, type);
        assert.equal(plan.noReturn?.environment, "production");
      }
    });

    it("begins with the line that gives editors its schema", () => {
      const [, path = ""] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
      assert.equal(basename(path), "policy.schema.json");
      assert.ok(readFileSync(join(folder, name, path), "utf8").length > 0);
    });

    it("has every clause of its document in the list, and nothing in it that is not true", () => {
      assert.deepEqual(coverages[index]?.problems, []);
    });

    it("has its document beside it as it is written, which can be read", () => {
      const written = readFileSync(join(folder, name, "as-written.yaml"), "utf8");
      const read = readPolicy("as-written.yaml", written);
      assert.equal(read.ok ? "" : printProblems(read.error, { text: written, colour: false }), "");
    });
  });
}
