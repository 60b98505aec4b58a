// A repository of components with versions of their own, released by the whole program on a real repository.
import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { program } from "./program.ts";

const { work, holdpoint } = program();
const { git } = work;
const POLICY = `holdpoint: 1
system: Shop
roles: { lead: [lead@example.test] }
versioning:
  files: [{ path: package.json }, { path: package-lock.json }]
  components:
    core:
      tag: "core-v{version}"
      paths: [packages/core]
      linked: platform
      files: [{ path: packages/core/package.json }]
      changelog: packages/core/CHANGELOG.md
    api:
      tag: "api-v{version}"
      paths: [packages/api]
      linked: platform
      files: [{ path: packages/api/package.json }]
    web:
      tag: "web@{version}"
      paths: [packages/web]
      uses: [core]
      files: [{ path: packages/web/package.json }]
      changelog: packages/web/CHANGELOG.md
phases:
  out:
    steps:
      - write: { branch: main }
      - tag: { of: written }
      - announce: { channel: log, message: out }
types:
  patch: { bumps: [patch], phases: [out] }
  minor: { bumps: [minor, major], phases: [out] }
rollback: { target: 5 min }
withdrawals: { roles: [lead] }
channels: { log: { file: { path: told.log } } }
messages: { out: { title: "{{version}}: {{components}}" } }
`;
const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
const manifest = (name: string, version: string, range?: string) =>
  json({ name: `@shop/${name}`, version, ...(range && { dependencies: { "@shop/core": range } }) });
const lock = (top: string, core: string, web: string, range: string) =>
  json({
    ...{ name: "shop", version: top, lockfileVersion: 3 },
    packages: {
      "": { name: "shop", version: top, workspaces: ["packages/*"] },
      "packages/api": { name: "@shop/api", version: core },
      "packages/core": { name: "@shop/core", version: core },
      "packages/web": { name: "@shop/web", version: web, dependencies: { "@shop/core": range } },
    },
  });

/** A repository in which everything was released once: the whole at 1.0.0, core and api at 2.0.0, web at 0.3.0. */
function begun(): string {
  const root = work.repository();
  work.commit(root, "feat: begin", {
    "holdpoint.yaml": POLICY,
    ".gitignore": ".holdpoint\ntold.log\n",
    "package.json": json({ name: "shop", version: "1.0.0", private: true }),
    "package-lock.json": lock("1.0.0", "2.0.0", "0.3.0", "^2.0.0"),
    "packages/core/package.json": manifest("core", "2.0.0"),
    "packages/api/package.json": manifest("api", "2.0.0"),
    "packages/web/package.json": manifest("web", "0.3.0", "^2.0.0"),
  });
  for (const tag of ["v1.0.0", "core-v2.0.0", "api-v2.0.0", "web@0.3.0"]) git(root, "tag", tag);
  return root;
}

function done(cwd: string, ...argv: string[]): string {
  const { code, out, err } = holdpoint(cwd, ...argv);
  assert.equal(code, 0, `${argv.join(" ")}\n${out}${err}`);
  return out;
}

const tagsAt = (root: string, commit: string) =>
  git(root, "tag", "--points-at", commit).split("\n").filter(Boolean);
const show = (root: string, file: string) => `${git(root, "show", `HEAD:${file}`)}\n`;

test("one release writes, tags and announces each component's own version, in one commit", () => {
  const root = begun();
  const planned = work.commit(root, "feat: baskets", { "packages/core/basket.ts": "1\n" });
  const plan = done(root, "plan");
  assert.match(
    plan,
    /component core: 2\.1\.0, a minor bump, after 2\.0\.0, to be tagged core-v2\.1\.0/,
  );
  assert.match(plan, /component web: 0\.3\.1, a patch bump/);
  done(root, "release");

  assert.equal(git(root, "rev-parse", "HEAD^"), planned, "one commit");
  assert.deepEqual(tagsAt(root, "HEAD"), ["api-v2.1.0", "core-v2.1.0", "v1.1.0", "web@0.3.1"]);
  const message = git(root, "log", "-1", "--format=%B");
  assert.match(message, /^chore\(release\): 1\.1\.0\n\ncore 2\.1\.0, api 2\.1\.0, web 0\.3\.1\n\n/);
  assert.equal(git(root, "tag", "-l", "--format=%(contents)", "web@0.3.1").trim(), "web 0.3.1");

  assert.equal(show(root, "packages/core/package.json"), manifest("core", "2.1.0"));
  assert.equal(show(root, "packages/api/package.json"), manifest("api", "2.1.0"));
  assert.equal(show(root, "packages/web/package.json"), manifest("web", "0.3.1", "^2.1.0"));
  assert.equal(show(root, "package-lock.json"), lock("1.1.0", "2.1.0", "0.3.1", "^2.1.0"));
  const core = show(root, "packages/core/CHANGELOG.md");
  assert.match(core, /^## \[2\.1\.0\] - \S+\n\n### Added\n\n- baskets \(\w+\)/m);
  const web = show(root, "packages/web/CHANGELOG.md");
  assert.match(web, /^## \[0\.3\.1\] - \S+\n\n### Together with\n\n- core 2\.1\.0\n/m);
  const whole = show(root, "CHANGELOG.md");
  assert.match(
    whole,
    /^## \[1\.1\.0\].*- baskets .*- core 2\.1\.0\n- api 2\.1\.0\n- web 0\.3\.1\n/ms,
  );
  const told = holdpoint(root, "log", "shop-1.1.0");
  assert.match(told.out, /planned minor 1\.1\.0 of Shop at \w+, with core 2\.1\.0, api 2\.1\.0/);
  assert.match(
    readFileSync(join(root, "told.log"), "utf8"),
    /1\.1\.0: core 2\.1\.0, api 2\.1\.0, web 0\.3\.1/,
  );
  assert.match(done(root, "status", "shop-1.1.0"), /core 2\.1\.0, api 2\.1\.0, web 0\.3\.1/);
});

test("the next release counts each component from its own tag, and leaves those alone that stay", () => {
  const root = begun();
  work.commit(root, "feat: baskets", { "packages/core/basket.ts": "1\n" });
  done(root, "release");
  work.commit(root, "fix: colours", { "packages/web/colour.ts": "1\n" });
  const plan = JSON.parse(done(root, "plan", "--json"));
  assert.deepEqual(
    plan.components.map((one: Record<string, string>) => [
      one["component"],
      one["tag"],
      one["bump"],
    ]),
    [
      ["core", "core-v2.1.0", "none"],
      ["api", "api-v2.1.0", "none"],
      ["web", "web@0.3.2", "patch"],
    ],
  );
  done(root, "release");
  assert.deepEqual(tagsAt(root, "HEAD"), ["v1.1.1", "web@0.3.2"]);
  const files = git(root, "diff", "--name-only", "HEAD^", "HEAD").split("\n");
  assert.deepEqual(files, [
    "CHANGELOG.md",
    "package-lock.json",
    "package.json",
    "packages/web/CHANGELOG.md",
    "packages/web/package.json",
  ]);
});

test("changelog --write and --check go over the changelog of every component, too", () => {
  const root = begun();
  work.commit(root, "feat: baskets", { "packages/core/basket.ts": "1\n" });
  assert.equal(
    done(root, "changelog", "--write"),
    "wrote 1.1.0 into CHANGELOG.md, packages/core/CHANGELOG.md and packages/web/CHANGELOG.md\n",
  );
  assert.equal(git(root, "diff", "--name-only"), "", "version files stay");
  git(root, "clean", "-fdq");
  assert.match(
    holdpoint(root, "changelog", "--check").err,
    /no changelog packages\/core\/CHANGELOG/,
  );
  done(root, "release");
  assert.match(done(root, "changelog", "--check"), /CHANGELOG\.md are as they should be\./);
});

test("withdrawn, every component that went out says so, and no number of theirs is used again", () => {
  const root = begun();
  work.commit(root, "feat: baskets", { "packages/core/basket.ts": "1\n" });
  done(root, "release");
  assert.equal(
    holdpoint(root, "withdraw", "shop-1.1.0", "--reason", "loses baskets", "--yes").code,
    0,
  );
  assert.match(holdpoint(root, "resume", "shop-1.1.0").out, /Ended withdrawn/);
  const marked = /\[YANKED\]\n\n> Withdrawn on \S+: loses baskets/;
  for (const log of ["CHANGELOG.md", "packages/core/CHANGELOG.md", "packages/web/CHANGELOG.md"])
    assert.match(show(root, log), marked, log);
  for (const tag of ["v1.1.0", "core-v2.1.0", "api-v2.1.0", "web@0.3.1"])
    git(root, "tag", "-d", tag);
  const numbers = () => {
    const plan = JSON.parse(done(root, "plan", "--json"));
    return [plan.tag, ...plan.components.map((one: { tag: string }) => one.tag)];
  };
  const next = ["v1.1.1", "core-v2.1.1", "api-v2.1.1", "web@0.3.2"];
  assert.deepEqual(numbers(), next);
  rmSync(join(root, ".holdpoint"), { recursive: true });
  const cloned = numbers();
  assert.deepEqual(cloned, next, "a clone without the journal goes by the changelogs");
});

test("a component's tag that no longer stands where its release set it, or stands in the way, is refused", () => {
  const root = begun();
  work.commit(root, "feat: baskets", { "packages/core/basket.ts": "1\n" });
  git(root, "switch", "-q", "-c", "elsewhere");
  work.commit(root, "fix: elsewhere");
  git(root, "tag", "web@0.3.1");
  git(root, "switch", "-q", "main");
  const inTheWay = holdpoint(root, "plan");
  assert.match(inTheWay.err, /Tag web@0\.3\.1 exists on commit .*\[tag-exists\]/);
  git(root, "tag", "-d", "web@0.3.1");
  done(root, "release");
  work.commit(root, "fix: colours", { "packages/web/colour.ts": "1\n" });
  assert.equal(holdpoint(root, "plan").code, 0);
  git(root, "tag", "--force", "core-v2.1.0", "HEAD");
  const moved = holdpoint(root, "plan");
  assert.match(moved.err, /Tag core-v2\.1\.0 stands on commit .*\[tag-moved\]/);
});
