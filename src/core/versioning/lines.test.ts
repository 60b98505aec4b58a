import assert from "node:assert/strict";
import { test } from "node:test";
import { idOf, rulesWith } from "./given.fake.ts";
import { linesOf, lineTags, newsOf, oldest } from "./lines.ts";

const component = (name: string) => ({
  ...{ tag: `${name}-v{version}`, paths: [`packages/${name}`], uses: [] as string[] },
});

test("all that is needed lies after the last releases of the lines; a whole without one takes those of its components", () => {
  const lines = linesOf(
    rulesWith({ components: { core: component("core"), web: component("web") } }),
  );
  const needed = (...names: readonly string[]) =>
    oldest(
      lineTags(
        lines,
        names.map((name, row) => ({ name, commit: idOf(row) })),
      ),
    );
  assert.deepEqual(needed("v1.0.0", "core-v2.0.0", "web-v0.3.0"), [idOf(0), idOf(1), idOf(2)]);
  assert.deepEqual(needed("core-v2.0.0", "web-v0.3.0"), [idOf(0), idOf(1)]);
  assert.equal(needed("v1.0.0", "core-v2.0.0"), null, "a component that was never released");
});

test("every line has what its own last release does not contain, on either side of a merge", () => {
  const commits = [
    { id: "m", parents: ["a", "b"], author: "", message: "m", files: [] },
    { id: "a", parents: ["o"], author: "", message: "a", files: ["packages/core/a"] },
    { id: "b", parents: ["o"], author: "", message: "b", files: ["packages/core/b"] },
    { id: "o", parents: [], author: "", message: "o", files: ["packages/core/o"] },
  ];
  const lines = linesOf(rulesWith({ components: { core: component("core") } }));
  const tagsAt = [
    { name: "v1.0.0", commit: "a" },
    { name: "core-v1.0.0", commit: "b" },
  ];
  const [whole, core] = newsOf(lineTags(lines, tagsAt), commits);
  assert.deepEqual(
    whole?.commits.map(({ id }) => id),
    ["m", "b"],
  );
  assert.deepEqual(
    core?.since.map(({ id }) => id),
    ["m", "a"],
  );
  assert.deepEqual(
    core?.commits.map(({ id }) => id),
    ["a"],
  );
});
