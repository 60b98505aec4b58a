import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy } from "#core/policy/policy.fake.ts";
import { type ReadFile, releaseFiles, withdrawnFiles } from "./release-files.ts";

const rules = fakePolicy((text) => {
  text.versioning = {
    files: [{ path: "VERSIONS", line: "whole {version}" }],
    components: {
      core: {
        ...{ tag: "core-v{version}", paths: ["core"], changelog: "core/log.md" },
        files: [{ path: "core/package.json" }, { path: "VERSIONS", line: "core {version}" }],
      },
      web: {
        ...{ tag: "web-v{version}", paths: ["web"], uses: ["core"] },
        files: [{ path: "web/package.json" }],
      },
    },
  };
  text.links = { repository: "https://github.com/example/shop" };
});
const FILES: Readonly<Record<string, string>> = {
  VERSIONS: "whole 1.0.0\ncore 2.0.0\n",
  "core/package.json": '{"name":"@shop/core","version":"2.0.0"}',
  "web/package.json":
    '{"name":"@shop/web","version":"0.3.0","peerDependencies":{"@shop/core":"^2.0.0"},"dependencies":{"@shop/core":"~2.0.0"}}',
};
const from =
  (files: Readonly<Record<string, string>>): ReadFile =>
  async (path) => {
    const text = files[path];
    return text === undefined ? null : { text };
  };
const component = (name: string, previous: string, version: string) => ({
  ...{ component: name, previous, version, tag: `${name}-v${version}` },
  changelog: "### Added\n\n- baskets",
});
const release = {
  ...{ version: "1.1.0", tag: "v1.1.0", previous: "1.0.0", day: "2026-11-21" },
  changelog: "### Added\n\n- baskets",
  components: [component("core", "2.0.0", "2.1.0"), component("web", "0.3.0", "0.3.1")],
};
async function written(files: Readonly<Record<string, string>>, what = release) {
  const edits = await releaseFiles(from(files), rules, what);
  assert.ok(edits.ok, edits.ok ? "" : (edits.error[0]?.sentence ?? ""));
  return Object.fromEntries(edits.value.map(({ path, after }) => [path, after]));
}

test("several lines write into one file, each its own version, and what one wrote the next finds", async () => {
  const files = await written(FILES);
  assert.equal(files["VERSIONS"], "whole 1.1.0\ncore 2.1.0\n");
  assert.deepEqual(Object.keys(files), [
    "VERSIONS",
    "CHANGELOG.md",
    "core/package.json",
    "core/log.md",
    "web/package.json",
  ]);
});

test("a dependent asks for what goes out beside it; its peer's range stays as long as it holds", async () => {
  const web = JSON.parse((await written(FILES))["web/package.json"] ?? "");
  assert.deepEqual(web.dependencies, { "@shop/core": "~2.1.0" });
  assert.deepEqual(web.peerDependencies, { "@shop/core": "^2.0.0" });
});

test("a component's changelog compares its own tags", async () => {
  const log = (await written(FILES))["core/log.md"] ?? "";
  assert.match(log, /^## \[2\.1\.0\] - 2026-11-21$/m);
  assert.match(log, /\[2\.1\.0\]: https:\S+\/compare\/core-v2\.0\.0\.\.\.core-v2\.1\.0/);
});

test("a component that stays is not written; written again, nothing changes", async () => {
  const alone = { ...release, components: [component("web", "0.3.0", "0.3.1")] };
  const files = await written(FILES, alone);
  assert.deepEqual(Object.keys(files), ["VERSIONS", "CHANGELOG.md", "web/package.json"]);
  assert.deepEqual(await written({ ...FILES, ...files }, alone), {});
});

test("all that stands against it is told at once, whichever line it is of", async () => {
  const { "core/package.json": _, ...files } = FILES;
  const broken = { ...files, "web/package.json": "{" };
  const refused = await releaseFiles(from(broken), rules, release);
  assert.ok(!refused.ok);
  assert.deepEqual(
    refused.error.map(({ code, where }) => [code, where]),
    [
      ["bad-version-file", "core/package.json:1:1"],
      ["bad-version-file", "web/package.json:1:2"],
    ],
  );
});

test("withdrawn, the changelog of the whole and of every component that went out is marked", async () => {
  const files = await written(FILES);
  const back = { ...release, reason: "loses baskets" };
  const edits = await withdrawnFiles(from({ ...FILES, ...files }), rules, back);
  assert.ok(edits.ok);
  assert.deepEqual(
    edits.value.map(({ path, after }) => [path, after.match(/\[YANKED\]/g)?.length]),
    [
      ["CHANGELOG.md", 1],
      ["core/log.md", 1],
    ],
  );
});
