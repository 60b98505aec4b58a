import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy } from "../policy.fake.ts";
import { components } from "./components.ts";
import { cycles } from "./cycles.ts";
import { references } from "./references.ts";
import { tags } from "./tags.ts";

const policyWith = (parts: object, more: object = {}) =>
  fakePolicy((text) => {
    text.versioning = { ...more, components: parts } as never;
  });
const part = (name: string, more: object = {}) => ({
  ...{ tag: `${name}-v{version}`, paths: [`packages/${name}`] },
  ...more,
});
const found = (parts: object, more: object = {}) =>
  components(policyWith(parts, more)).map(({ severity, path, sentence }) => [
    severity,
    path.slice(1).join("."),
    sentence,
  ]);

test("components that keep apart are sound; a lock that all of them name has a place for each", () => {
  const lock = { files: [{ path: "package-lock.json" }] };
  const sound = policyWith(
    { core: part("core", lock), web: part("web", { ...lock, uses: ["core"] }) },
    lock,
  );
  for (const rule of [components, cycles, references, tags]) assert.deepEqual(rule(sound), []);
});

test("a folder that two components have, or one within the other's, is told; so is a component without any", () => {
  const web = part("web", { paths: ["packages/web", "packages/core/shared/"] });
  assert.deepEqual(found({ core: part("core"), web }), [
    [
      "warning",
      "components.web.paths.1",
      "a commit in `packages/core/shared/` counts for `web` and for `core`",
    ],
  ]);
  const same = { core: part("core"), web: part("web", { paths: ["packages/core"] }) };
  assert.equal(found(same)[0]?.[1], "components.web.paths.0");
  assert.deepEqual(
    found({ core: part("core"), corex: part("core-x", { paths: ["packages/corex"] }) }),
    [],
  );
  assert.match(`${found({ web: part("web", { paths: [] }) })}`, /no paths, so every commit counts/);
});

test("one file cannot have the versions of two lines, nor keep two changelogs", () => {
  const both = {
    core: part("core", { files: [{ path: "package.json" }], changelog: "CHANGELOG.md" }),
    web: part("web", { files: [{ path: "VERSIONS", line: "web {version}" }] }),
    api: part("api", { files: [{ path: "VERSIONS", line: "api {version}" }] }),
  };
  assert.deepEqual(found(both, { files: [{ path: "package.json" }] }), [
    [
      "error",
      "components.core.files.0",
      "`package.json` would get the version of the whole and that of core",
    ],
    [
      "error",
      "components.core.changelog",
      "`CHANGELOG.md` would keep the changelog of the whole and that of core",
    ],
  ]);
});

test("a group of one is linked with nothing; with the whole it may be", () => {
  const alone = { core: part("core", { linked: "platform" }) };
  assert.deepEqual(found(alone), [
    ["warning", "components.core.linked", "nothing else is linked by `platform`"],
  ]);
  assert.deepEqual(found(alone, { linked: "platform" }), []);
});

test("a component that is used is one of the policy, and none uses itself in a circle", () => {
  const [unknown] = references(
    policyWith({ web: part("web", { uses: ["cor"] }), core: part("core") }),
  );
  assert.deepEqual(unknown?.path, ["versioning", "components", "web", "uses", 0]);
  assert.equal(unknown?.remedy, "Did you mean `core`?");
  const circle = policyWith({
    core: part("core", { uses: ["web"] }),
    web: part("web", { uses: ["core"] }),
  });
  const [round] = cycles(circle);
  assert.deepEqual(
    [round?.severity, round?.path.slice(1), round?.sentence],
    [
      "warning",
      ["components", "core", "uses"],
      "components use each other in a circle: core uses web uses core",
    ],
  );
});

test("no tag of a component can be read as a version of another, or of the whole", () => {
  const clash = (a: string, b: string) =>
    tags(policyWith({ a: part("a", { tag: a }), b: part("b", { tag: b }) })).map(
      ({ path }) => path,
    );
  assert.deepEqual(clash("a-v{version}", "b-v{version}"), []);
  const same = ["versioning", "components", "b", "tag"];
  assert.deepEqual(clash("a-v{version}", "a-v{version}"), [same]);
  assert.deepEqual(clash("a-v{version}", "v{version}"), [same]);
  assert.deepEqual(clash("a-v{version}", "a-v{version}-b"), [same]);
  assert.deepEqual(clash("a v{version}", "b-v{version}"), [
    ["versioning", "components", "a", "tag"],
  ]);
});
