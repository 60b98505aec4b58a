// The policies in this repository: each can be read, is sound, keeps its promise of a rollback time, and says of every
// clause of its release document where it stands.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { rollbackPlan } from "#core/policy/rollback-plan.ts";
import { soundness } from "#core/policy/soundness.ts";
import { locate } from "#policy-file/locate.ts";
import { printProblems } from "#policy-file/print.ts";
import { readPolicy } from "#policy-file/read.ts";

const folder = fileURLToPath(import.meta.resolve("../policies"));

/** How the clauses of each document are numbered. */
const CLAUSES: Readonly<Record<string, readonly [prefix: string, count: number]>> = {
  "mortgagematch-pro": ["MM", 33],
  "dirt-free-crm": ["DF", 39],
};

const days = fileURLToPath(import.meta.resolve("./days"));

/** The titles of the tests of whole releases, as they stand in their files. */
const DAYS = globSync("*.test.ts", { cwd: days }).flatMap((name) => {
  const source = readFileSync(join(days, name), "utf8");
  const calls = source.matchAll(/^\s*test\(\s*["`]([^\n]*?)["`],/gm);
  return [...calls].map(([, title = ""]) => ({ file: basename(name, ".test.ts"), title }));
});

/** The clauses that a title says it proves: those before its colon. */
function clausesOf(title: string): readonly string[] {
  return title.split(": ")[0]?.match(/\b[A-Z]{2}-\d+\b/g) ?? [];
}

it("every whole release is titled with clauses that its document has", () => {
  const known = Object.values(CLAUSES).flatMap(([prefix, count]) => idsOf(prefix, count));
  assert.ok(DAYS.length >= 60, `only ${DAYS.length} titles were found`);
  for (const { file, title } of DAYS) {
    assert.match(title, /^(?:[A-Z]{2}-\d{2} )*(?:[A-Z]{2}-\d{2}|\$\{clause\}): \S/, file);
    for (const id of clausesOf(title)) assert.ok(known.includes(id), `${file}: ${id}`);
  }
});

function idsOf(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    return `${prefix}-${String(index + 1).padStart(2, "0")}`;
  });
}

it("every policy has its clauses counted here", () => {
  const policies = globSync("*/holdpoint.yaml", { cwd: folder }).map((path) => path.split("/")[0]);
  assert.deepEqual(policies.sort(), Object.keys(CLAUSES).sort());
});

for (const [name, [prefix, count]] of Object.entries(CLAUSES)) {
  describe(name, () => {
    const text = readFileSync(join(folder, name, "holdpoint.yaml"), "utf8");
    const coverage = readFileSync(join(folder, name, "COVERAGE.md"), "utf8");
    const ids = idsOf(prefix, count);
    const result = readPolicy("holdpoint.yaml", text);

    it("can be read and is sound, without a warning", () => {
      const problems = result.ok
        ? locate(soundness(result.value.policy), result.value.positions, "holdpoint.yaml")
        : result.error;
      assert.equal(printProblems(problems, { text, colour: false }), "");
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

    const rows = [
      ...coverage.matchAll(/^\| (\S+) +\| (said|partly|not yet) +\| (.{10,}?) +\| (.*?) *\|$/gm),
    ].map(([, id = "", state = "", where = "", proved = ""]) => ({ id, state, where, proved }));

    it("says of every clause, in order, whether it is said", () => {
      assert.deepEqual(
        rows.map(({ id }) => id),
        ids,
      );
      const cited = new Set(text.match(new RegExp(`\\b${prefix}-\\d+`, "g")));
      for (const { id, state } of rows)
        assert.equal(cited.has(id), state !== "not yet", `${id} is ${state}`);
    });

    it("says of every clause by which days it is proved: all that are said, none that is not yet", () => {
      const proofs = new Map(ids.map((id) => [id, new Set<string>()]));
      for (const { file, title } of DAYS)
        for (const id of clausesOf(title)) proofs.get(id)?.add(`\`${file}\``);
      for (const { id, state, proved } of rows) {
        assert.equal(proved, [...(proofs.get(id) ?? [])].sort().join(", "), id);
        if (state !== "partly") assert.equal(proved !== "", state === "said", `${id} is ${state}`);
      }
    });

    it("cites no clause that the document does not have", () => {
      for (const [id] of text.matchAll(/\b[A-Z]{2}-\d+\b/g)) assert.ok(ids.includes(id), id);
    });

    it("names in its coverage only what the policy has", () => {
      assert.ok(result.ok);
      const { policy } = result.value;
      const named = coverage.matchAll(/`((?:gates|phases|types|channels|messages)\.[\w-]+)`/g);
      for (const [, path = ""] of named) {
        const [part, key = ""] = path.split(".") as ["gates", string];
        assert.ok(Object.hasOwn(policy[part], key), path);
      }
    });
  });
}
