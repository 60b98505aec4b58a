import assert from "node:assert/strict";
import { test } from "node:test";
import { idOf, lineOf, rulesWith } from "./given.fake.ts";
import { type PlanInput, planVersion } from "./plan.ts";

const touching = (message: string, ...files: string[]) => ({ message, files });
const component = (name: string, more: object = {}) => ({
  ...{ tag: `${name}-v{version}`, paths: [`packages/${name}`], uses: [] as string[] },
  ...more,
});
const TYPES = {
  patch: { bumps: ["patch"] },
  minor: { bumps: ["minor"] },
  major: { bumps: ["major"] },
  beta: { bumps: ["patch", "minor", "major"], candidate: "beta" },
  hotfix: { bumps: ["patch"], suffix: "hotfix", automatic: false },
} as const;
const COMPONENTS = {
  core: component("core"),
  web: component("web", { uses: ["core"] }),
  cli: component("cli"),
};
const RELEASED = ["v1.0.0", "core-v2.0.0", "web-v0.3.0", "cli-v1.1.0"];

/** Every line was released at the first commit; the others come after it. */
function input(
  commits: readonly ReturnType<typeof touching>[],
  more: Partial<PlanInput> & { components?: object; released?: readonly string[] } = {},
): PlanInput {
  const { components = COMPONENTS, released = RELEASED, ...rest } = more;
  return {
    tags: released.map((name) => ({ name, commit: idOf(0) })),
    commits: lineOf(touching("feat: begin", "packages/core/a.ts"), ...commits),
    versioning: rulesWith({ components: components as typeof COMPONENTS }),
    types: TYPES,
    ...rest,
  };
}
function planned(...of: Parameters<typeof input>) {
  const plan = planVersion(input(...of));
  assert.ok(plan.ok, plan.ok ? "" : plan.error.sentence);
  return plan.value;
}
/** The versions of all lines that rise, as tags. */
function tags(...of: Parameters<typeof input>): readonly string[] {
  const { tag, components } = planned(...of);
  return [tag, ...components.filter(({ bump }) => bump !== "none").map((one) => one.tag)];
}
const CORE = touching("feat: core", "packages/core/a.ts");
const CLI = touching("fix: cli", "packages/cli/a.ts");

test("a release names every component that rises, what uses one with it, and its own number", () => {
  assert.deepEqual(tags([CORE]), ["v1.1.0", "core-v2.1.0", "web-v0.3.1"]);
  assert.deepEqual(tags([CLI]), ["v1.0.1", "cli-v1.1.1"]);
  assert.deepEqual(tags([touching("fix: readme", "readme.md")]), ["v1.0.1"]);
  const { components, beside } = planned([CORE]);
  assert.deepEqual(beside, ["core", "web"]);
  assert.deepEqual(
    components.map((one) => [one.component, one.previous?.version, one.version, one.beside]),
    [
      ["core", "2.0.0", "2.1.0", []],
      ["web", "0.3.0", "0.3.1", ["core"]],
      ["cli", "1.1.0", "1.1.0", []],
    ],
  );
  assert.match(components[1]?.reasons[0]?.because ?? "", /^it uses core$/);
});

test("where only a component rises, the whole rises with it by a patch, so the release has a number", () => {
  const tagged = [
    { name: "v1.0.0", commit: idOf(1) },
    { name: "cli-v1.1.0", commit: idOf(0) },
  ];
  const components = { cli: component("cli") };
  const plan = planned([CLI], { tags: tagged, components });
  assert.deepEqual([plan.tag, plan.components[0]?.tag], ["v1.0.1", "cli-v1.1.1"]);
  assert.deepEqual(plan.changes, []);
  assert.deepEqual(plan.carried, [], "it went out with the whole already");
  const apart = planned([CLI], {
    components,
    versioning: { ...rulesWith({ components }), paths: ["apps"] },
  });
  assert.deepEqual([apart.tag, apart.reasons[0]?.because], ["v1.0.1", "it uses cli"]);
});

test("where the rules have paths, only commits that touch them count; the others go out all the same, with their authors", () => {
  const commits = [touching("fix: app", "apps/a.ts"), touching("feat: site", "site/a.ts")];
  const versioning = { ...rulesWith({ components: {} }), paths: ["apps"] };
  const { tag, changes, carried } = planned(commits, { versioning, released: ["v1.0.0"] });
  assert.equal(tag, "v1.0.1");
  assert.deepEqual(
    [changes.length, carried.map(({ message }) => message)],
    [1, ["feat: site", "fix: app"]],
  );
});

test("nothing is released where no line rises", () => {
  const refused = planVersion(input([touching("docs: core", "packages/core/readme.md")]));
  assert.ok(!refused.ok);
  assert.equal(refused.error.code, "nothing-to-release");
});

test("the type is that of the highest bump on any line, and raises no line that asks for less", () => {
  const breaking = touching("feat!: core", "packages/core/a.ts");
  const released = ["v0.4.0", "core-v2.0.0", "web-v0.3.0", "cli-v1.1.0"];
  const { type, tag, bump, components } = planned([breaking], { released });
  assert.deepEqual([type, tag, bump], ["major", "v0.5.0", "minor"]);
  assert.deepEqual([components[0]?.tag, components[1]?.tag], ["core-v3.0.0", "web-v0.3.1"]);
});

test("what a person asks for is asked of the whole; a type that carries more raises the whole alone", () => {
  assert.deepEqual(tags([CLI], { wantedBump: "major" }), ["v2.0.0", "cli-v1.1.1"]);
  assert.deepEqual(tags([CLI], { wantedType: "major" }), ["v2.0.0", "cli-v1.1.1"]);
  const wantedVersion = { version: "3.0.0", reason: "new prices" };
  assert.deepEqual(tags([CLI], { wantedVersion }), ["v3.0.0", "cli-v1.1.1"]);
});

test("components that are linked with the whole have its version, also where a person set it", () => {
  const linked = { linked: "all" };
  const components = { core: component("core", linked), cli: component("cli") };
  const released = ["v2.0.0", "core-v2.0.0", "cli-v1.1.0"];
  const versioning = rulesWith({ components, linked: "all" });
  const more = { components, released, versioning };
  assert.deepEqual(tags([CLI], more), ["v2.0.1", "core-v2.0.1", "cli-v1.1.1"]);
  const wantedVersion = { version: "3.0.0", reason: "new prices" };
  const byHand = tags([CLI], { ...more, wantedVersion });
  assert.deepEqual(byHand, ["v3.0.0", "core-v3.0.0", "cli-v1.1.1"]);
  const ahead = { ...more, released: ["v2.0.0", "core-v4.0.0"] };
  const refused = planVersion(input([CORE], { ...ahead, wantedVersion }));
  assert.ok(!refused.ok);
  assert.match(refused.error.sentence, /linked with it goes to 4\.1\.0/);
});

test("a candidate is one on every line that rises, and so is a fix upon a version", () => {
  assert.deepEqual(tags([CORE], { wantedType: "beta" }), [
    "v1.1.0-beta.1",
    "core-v2.1.0-beta.1",
    "web-v0.3.1-beta.1",
  ]);
  assert.deepEqual(tags([CLI], { wantedType: "hotfix" }), [
    "v1.0.0-hotfix.1",
    "cli-v1.1.0-hotfix.1",
  ]);
  const fresh = { wantedType: "hotfix", released: ["v1.0.0"] };
  const { components } = planned([CLI], { ...fresh, components: { cli: component("cli") } });
  assert.equal(components[0]?.tag, "cli-v0.1.0", "a new component has nothing to be fixed");
});

test("a number that was withdrawn is never used again on its line, nor on a line that is linked with it", () => {
  const withdrawn = ["core-v2.1.0", "v9.9.9", "cli-v2.1.0"];
  assert.deepEqual(tags([CORE], { withdrawn }), ["v1.1.0", "core-v2.1.1", "web-v0.3.1"]);
  const components = {
    core: component("core", { linked: "all" }),
    web: component("web", { linked: "all" }),
  };
  const pair = { components, released: ["v1.0.0", "core-v2.0.0", "web-v2.0.0"] };
  assert.deepEqual(tags([CORE], { ...pair, withdrawn: ["web-v2.1.0"] }), [
    "v1.1.0",
    "core-v2.1.1",
    "web-v2.1.1",
  ]);
});

test("Release-As in a commit of a component sets that version, and in a commit of none that of the whole", () => {
  const set = (version: string, file: string) => touching(`fix: x\n\nRelease-As: ${version}`, file);
  assert.deepEqual(tags([set("5.0.0", "packages/cli/a.ts")]), ["v1.0.1", "cli-v5.0.0"]);
  assert.deepEqual(tags([set("5.0.0", "readme.md"), CLI]), ["v5.0.0", "cli-v1.1.1"]);
});

test("a whole that was never released is new after the last releases of its components", () => {
  const released = ["core-v2.0.0", "web-v0.3.0", "cli-v1.1.0"];
  const { tag, changes } = planned([CLI], { released });
  assert.deepEqual([tag, changes.map(({ message }) => message.header)], ["v0.1.0", ["fix: cli"]]);
});
