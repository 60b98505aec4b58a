import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MOST_TEXT, withVersion } from "./version-file.ts";

const to = (path: string, text: string, more: { line?: string; packages?: string[] } = {}) =>
  withVersion(text, {
    file: { path, line: more.line },
    version: "1.4.0",
    versions: {
      packages: new Map((more.packages ?? ["."]).map((folder) => [folder, "1.4.0"])),
      named: new Map(),
    },
  });
const edited = (...of: Parameters<typeof to>) => {
  const result = to(...of);
  assert.ok(result.ok, result.ok ? "" : (result.error[0]?.sentence ?? ""));
  return result.value;
};
const faults = (...of: Parameters<typeof to>) => {
  const result = to(...of);
  assert.ok(!result.ok, "it was written");
  return result.error;
};

test("only the version of package.json changes: tabs, CR LF, a BOM, order and a missing last line break stay", () => {
  const text =
    '\ufeff{\r\n\t"name": "shop",\r\n\t"config": {"version": "7.0.0"},\r\n\t"version":   "1.3.9"\r\n}';
  assert.equal(edited("package.json", text), text.replace("1.3.9", "1.4.0"));
});

test("npm's lock says the version of the top twice, and of each package of the workspace that has a file of its own", () => {
  const lock = (version: string, web: string) =>
    JSON.stringify(
      {
        name: "shop",
        version,
        lockfileVersion: 3,
        packages: {
          "": { name: "shop", version, workspaces: ["packages/*"] },
          "packages/web": { version: web },
          "packages/api": { version: "1.3.9" },
          "node_modules/shop": { version: "1.3.9" },
        },
      },
      null,
      2,
    );
  const before = lock("1.3.9", "1.3.9");
  assert.equal(edited("package-lock.json", before), lock("1.4.0", "1.3.9"));
  const packages = [".", "packages/web"];
  assert.equal(edited("package-lock.json", before, { packages }), lock("1.4.0", "1.4.0"));
  const below = { packages: ["apps/shop", "apps/shop/packages/web"] };
  assert.equal(edited("apps/shop/package-lock.json", before, below), lock("1.4.0", "1.4.0"));
});

test("the locks of pnpm and Yarn say no version of the packages they lock, and stay as they are", () => {
  const lock = "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies: {}\n";
  assert.equal(edited("pnpm-lock.yaml", lock), lock);
  assert.equal(edited("web/yarn.lock", "# yarn lockfile v1\n"), "# yarn lockfile v1\n");
});

test("any file is known by one line of it, however it is indented", () => {
  const line = 'export const VERSION = "{version}";';
  const text = '// 1.3.9\r\n  export const VERSION = "1.3.9";\r\nexport const VERSION = "none";\n';
  const wanted = text.replace('N = "1.3.9"', 'N = "1.4.0"');
  assert.equal(edited("src/version.ts", text, { line }), wanted);
  assert.equal(edited("VERSION", "1.3.9\n", { line: "{version}" }), "1.4.0\n");
  assert.equal(
    edited("pom.xml", "<v>1.3.9-rc.1</v>", { line: "<v>{version}</v>" }),
    "<v>1.4.0</v>",
  );
});

test("refused with its place: no such line, two such lines, no version there, no JSON, no member, a file that is not known", () => {
  const line = "v={version}";
  assert.deepEqual(faults("a.txt", "x=1.0.0\n", { line }), [
    {
      line: 1,
      column: 1,
      sentence: "no line of it is `v={version}`",
      remedy: "Write the line as it stands there, with {version} in place of the version",
    },
  ]);
  const twice = faults("a.txt", "v=1.0.0\n\n  v=1.0.1\n", { line })[0];
  assert.deepEqual([twice?.line, twice?.column], [3, 5]);
  assert.equal(twice?.sentence, "`v={version}` fits this line and line 1");
  const none = faults("a.txt", "\nv=soon\n", { line })[0];
  assert.deepEqual([none?.line, none?.column, none?.sentence], [2, 3, "`soon` is no version"]);
  const json = faults("package.json", '{\n  "version": 1.2.3\n}')[0];
  assert.deepEqual([json?.line, json?.sentence], [2, "this is no JSON"]);
  assert.equal(faults("package.json", '{"name": "x"}')[0]?.sentence, "there is no `version` in it");
  assert.match(faults("version.ts", "1.2.3")[0]?.remedy ?? "", /Name the `line`/);
  assert.match(
    faults("package-lock.json", " ".repeat(MOST_TEXT + 1))[0]?.sentence ?? "",
    /at most/,
  );
});

test("writing a version and writing it again is writing it once", () => {
  const name = fc.constantFrom("package.json", "package-lock.json");
  const rest = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 });
  fc.assert(
    fc.property(name, rest, fc.nat({ max: 8 }), (path, more, indent) => {
      const text = JSON.stringify({ ...more, version: "0.1.0" }, null, indent);
      const once = edited(path, text);
      assert.deepEqual(JSON.parse(once), { ...JSON.parse(text), version: "1.4.0" });
      assert.equal(edited(path, once), once);
      assert.equal(once.length, text.length);
    }),
  );
});

test("in the lock each package has the version of its own line, and asks for others by their new versions", () => {
  const lock = (web: string, core: string, range: string) =>
    JSON.stringify({
      version: "1.0.0",
      packages: {
        "": { version: "1.0.0" },
        "packages/web": { version: web, dependencies: { "@shop/core": range } },
        "packages/core": { version: core },
      },
    });
  const file = { path: "package-lock.json" };
  const versions = {
    packages: new Map([
      ["packages/web", "0.3.1"],
      ["packages/core", "2.0.0"],
    ]),
    named: new Map([["@shop/core", "2.0.0"]]),
  };
  const text = lock("0.3.0", "1.2.0", "^1.2.0");
  const result = withVersion(text, { file, version: "1.0.1", versions });
  assert.equal(result.ok && result.value, lock("0.3.1", "2.0.0", "^2.0.0"));
});

test("pnpm's lock asks for new versions by the folders as it calls them", () => {
  const lock = (range: string) =>
    `importers:\n  web:\n    dependencies:\n      core:\n        specifier: ${range}\n`;
  const file = { path: "apps/pnpm-lock.yaml" };
  const versions = {
    packages: new Map([["apps/web", "0.3.1"]]),
    named: new Map([["core", "2.0.0"]]),
  };
  const result = withVersion(lock("^1.2.0"), { file, version: "1.0.1", versions });
  assert.equal(result.ok && result.value, lock("^2.0.0"));
});
