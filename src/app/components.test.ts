import assert from "node:assert/strict";
import { test } from "node:test";
import { PLAIN_RULES } from "#core/versioning/plain-rules.ts";
import { componentsAt } from "./components.ts";
import type { Commit, History } from "./ports/history.ts";

const ID = "a".repeat(40);

function commit(id: string, message: string, files: readonly string[]): Commit {
  const who = { author: "dev@example.test", committer: "dev@example.test", name: "Dev" };
  return { id, parents: [], ...who, at: 0, authoredAt: Number(id), message, files };
}

/** A history in which core is at 1.0.0, web at 2.1.0, and api was never released. */
const history = {
  resolve: async () => ID,
  tags: async () => [
    { name: "core-v1.0.0", commit: "0" },
    { name: "web-v2.1.0", commit: "0" },
  ],
  mergeBase: async () => "0",
  walk: async (_: object, take: (commit: Commit) => void) => {
    take(commit("2", "feat: quotes", ["core/quotes.ts"]));
    take(commit("1", "docs: typo", ["web/readme.md"]));
    take(commit("3", "feat: the API", ["api/index.ts"]));
  },
} as unknown as History;

const component = (name: string) => ({
  tag: `${name}-v{version}`,
  paths: [`${name}/**`],
  uses: [],
});

test("a plan says of each component what comes next, after what, and why", async () => {
  const components = {
    core: component("core"),
    web: component("web"),
    api: component("api"),
  };
  const found = await componentsAt(history, "HEAD", { ...PLAIN_RULES, components });
  assert.ok(found.ok);
  assert.deepEqual(
    found.value.map((one) => [one.component, one.previous, one.bump, one.version]),
    [
      ["core", "1.0.0", "minor", "1.1.0"],
      ["web", "2.1.0", "none", "2.1.0"],
      ["api", null, "minor", "0.1.0"],
    ],
  );
  assert.match(found.value[0]?.reasons[0] ?? "", /^2 feat: quotes: /);
});

test("a repository whose parts have one version has no components in its plan, and git is not asked", async () => {
  assert.deepEqual(await componentsAt({} as History, "HEAD", PLAIN_RULES), { ok: true, value: [] });
});
