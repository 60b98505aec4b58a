import assert from "node:assert/strict";
import { test } from "node:test";
import { planComponents } from "./components.ts";
import { idOf, lineOf, rulesWith } from "./given.fake.ts";
import { within } from "./scope.ts";

const touching = (message: string, ...files: string[]) => ({ message, files });
const component = (name: string, more: object = {}) => ({
  tag: `${name}-v{version}`,
  paths: [`packages/${name}`],
  uses: [],
  ...more,
});
const HISTORY = lineOf(
  touching("chore: begin", "packages/core/a.ts"),
  touching("feat: core", "packages/core/a.ts"),
  touching("fix: web", "packages/web/x/y.ts"),
  touching("feat: web later", "packages/web/a.ts", "readme.md"),
  touching("docs: all", "readme.md"),
);
const tags = [
  { name: "core-v1.0.0", commit: idOf(0) },
  { name: "web-v2.1.0", commit: idOf(2) },
  { name: "api-v0.3.0", commit: idOf(0) },
];
const plan = (components: Record<string, ReturnType<typeof component>>) =>
  Object.fromEntries(
    planComponents({ tags, commits: HISTORY }, rulesWith({ components })).map((one) => [
      one.component,
      [one.bump, one.version],
    ]),
  );

test("each component counts what touches its paths since its own last tag, in one pass", () => {
  assert.deepEqual(
    plan({ core: component("core"), web: component("web"), api: component("api") }),
    { core: ["minor", "1.1.0"], web: ["minor", "2.2.0"], api: ["none", "0.3.0"] },
  );
});

test("dependents rise with what they use, by a patch at least, through any number of steps", () => {
  const components = {
    core: component("core"),
    api: component("api", { uses: ["core"] }),
    cli: component("cli", { uses: ["api"] }),
  };
  const all = planComponents(
    { tags: [...tags, { name: "cli-v1.0.0", commit: idOf(4) }], commits: HISTORY },
    rulesWith({ components }),
  );
  assert.deepEqual(
    all.map(({ version }) => version),
    ["1.1.0", "0.3.1", "1.0.1"],
  );
  assert.match(all[2]?.reasons[0]?.because ?? "", /it uses api/);
});

test("components that use each other in a circle come to an end", () => {
  const components = {
    core: component("core", { uses: ["api"] }),
    api: component("api", { uses: ["core"] }),
  };
  assert.deepEqual(plan(components), { core: ["minor", "1.1.0"], api: ["patch", "0.3.1"] });
});

test("linked components all take the highest version of their group", () => {
  const linked = { linked: "all" };
  assert.deepEqual(
    plan({
      core: component("core", linked),
      web: component("web", linked),
      api: component("api"),
    }),
    { core: ["major", "2.2.0"], web: ["minor", "2.2.0"], api: ["none", "0.3.0"] },
  );
});

test("paths are folders, files or globs; a name that only begins alike is another", () => {
  const counted = (...paths: string[]) => within(HISTORY, paths).map(({ message }) => message);
  assert.deepEqual(counted("packages/web/"), ["feat: web later", "fix: web"]);
  assert.deepEqual(counted("packages/we"), []);
  assert.deepEqual(counted("*.md"), ["docs: all", "feat: web later"]);
  assert.deepEqual(counted("packages/web/x/y.ts"), ["fix: web"]);
  assert.equal(counted().length, 5);
});
