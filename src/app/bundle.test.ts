import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf } from "#core/base/digest.ts";
import { bundleOf } from "./bundle.ts";

const POLICY = { artifacts: [], configuration: ["config/**"], migrations: ["migrations/**"] };

/** A repository of one commit, whose globs are plain prefixes. */
function repositoryOf(files: Record<string, string>) {
  return {
    resolve: async (name: string) => (name === "main" || name === "c0ffee" ? "c0ffee" : null),
    files: async (commit: string, globs: readonly string[]) => {
      assert.equal(commit, "c0ffee");
      return Object.entries(files)
        .filter(([path]) => globs.some((glob) => path.startsWith(glob.replace("**", ""))))
        .map(([path, blob]) => ({ path, blob }))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}
const FILES = { "migrations/1.sql": "b1", "migrations/2.sql": "b2", "config/app.json": "b3" };
const bundle = (files: Record<string, string>) =>
  bundleOf(repositoryOf(files), "main", { policy: POLICY, policyDigest: "policy-digest" });

test("a bundle says the commit, the digest of each part's files, and the policy's", async () => {
  assert.deepEqual(await bundle(FILES), {
    commit: "c0ffee",
    artifacts: digestOf([]),
    configuration: digestOf([{ path: "config/app.json", blob: "b3" }]),
    migrations: digestOf([
      { path: "migrations/1.sql", blob: "b1" },
      { path: "migrations/2.sql", blob: "b2" },
    ]),
    policy: "policy-digest",
  });
});

test("a part changes with its own files only: added, taken away, renamed or changed", async () => {
  const before = await bundle(FILES);
  const changed: Record<string, string>[] = [
    { ...FILES, "migrations/3.sql": "b4" },
    { "migrations/1.sql": "b1", "config/app.json": "b3" },
    { "migrations/1.sql": "b1", "migrations/two.sql": "b2", "config/app.json": "b3" },
    { ...FILES, "migrations/2.sql": "b9" },
  ];
  for (const files of changed) {
    const after = await bundle(files);
    assert.notEqual(after.migrations, before.migrations);
    assert.deepEqual({ ...after, migrations: "" }, { ...before, migrations: "" });
  }
  assert.deepEqual(await bundle({ ...FILES, "src/a.ts": "b5" }), before);
});

test("a part whose globs match nothing is as one without globs", async () => {
  assert.equal((await bundle({})).migrations, digestOf([]));
});

test("a commit that is not there has no bundle", async () => {
  await assert.rejects(
    bundleOf(repositoryOf(FILES), "gone", { policy: POLICY, policyDigest: "p" }),
    /has no commit "gone"/,
  );
});
