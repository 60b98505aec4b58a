import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy } from "#core/policy/policy.fake.ts";
import { PLAIN_RULES } from "#core/versioning/plain-rules.ts";
import { planVersion } from "#core/versioning/plan.ts";
import { componentReports, notesBeside, plannedComponents } from "./components.ts";
import type { Commit } from "./ports/history.ts";

function commit(id: string, message: string, files: readonly string[]): Commit {
  const who = { author: "dev@example.test", committer: "dev@example.test", name: "Dev" };
  return { id, parents: [], ...who, at: 0, authoredAt: Number(id), message, files };
}
const component = (name: string, ...uses: string[]) => ({
  ...{ tag: `${name}-v{version}`, paths: [name], uses },
});

/** A plan after everything but the API was released. */
function planned(components: Record<string, ReturnType<typeof component>>) {
  const plan = planVersion({
    tags: ["v3.0.0", "core-v1.0.0", "web-v2.1.0", "docs-v1.0.0"].map((name) => ({
      ...{ name, commit: "0" },
    })),
    commits: [
      commit("2", "feat: quotes", ["core/quotes.ts"]),
      commit("1", "docs: typo", ["docs/readme.md"]),
      commit("3", "feat: the API", ["api/index.ts"]),
    ],
    versioning: { ...PLAIN_RULES, components },
    types: { any: { bumps: ["patch", "minor", "major"] } },
  });
  assert.ok(plan.ok);
  return plan.value;
}
const plan = planned({
  core: component("core"),
  web: component("web", "core"),
  docs: component("docs"),
  api: component("api"),
});
const rules = fakePolicy();

test("what is settled of a component that rises: its version, tag, changelog, notes, and why", () => {
  const parts = plannedComponents(rules, plan) ?? [];
  assert.deepEqual(
    parts.map((one) => [one.component, one.previous, one.bump, one.version, one.tag]),
    [
      ["core", "1.0.0", "minor", "1.1.0", "core-v1.1.0"],
      ["web", "2.1.0", "patch", "2.1.1", "web-v2.1.1"],
      ["api", null, "minor", "0.1.0", "api-v0.1.0"],
    ],
  );
  const [core, web] = parts;
  assert.equal(core?.changelog, "### Added\n\n- quotes (2)");
  assert.match(core?.notes ?? "", /^## 1\.1\.0\n\n### Features\n\n- quotes \(2\)\n$/);
  assert.match(core?.why[0] ?? "", /^2 feat: quotes: /);
  assert.equal(web?.changelog, "### Together with\n\n- core 1.1.0");
  assert.equal(web?.notes, "## 2.1.1\n\n### Together with\n\n- core 1.1.0\n");
});

test("the notes of the whole name every component that goes out", () => {
  const notes = notesBeside("## 3.1.0\n", plan, plan);
  assert.equal(notes, "## 3.1.0\n\n### Together with\n\n- core 1.1.0\n- web 2.1.1\n- api 0.1.0\n");
});

test("a plan shows every component, and what stays with nothing to be written", () => {
  const [, , docs] = componentReports(rules, plan);
  assert.deepEqual(docs, {
    ...{ component: "docs", previous: "1.0.0", bump: "none", version: "1.0.0" },
    ...{ tag: "docs-v1.0.0", changelog: "", reasons: [] },
  });
});

test("a repository whose parts have one version settles no components", () => {
  const alone = planned({});
  assert.equal(plannedComponents(rules, alone), undefined);
  assert.deepEqual(componentReports(rules, alone), []);
  assert.equal(notesBeside("## 3.1.0\n", alone, alone), "## 3.1.0\n");
});
