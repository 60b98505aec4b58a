// `holdpoint version`, `lint` and `replay` as processes of their own, in real repositories.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const top = realpathSync(mkdtempSync(join(tmpdir(), "holdpoint-versions-")));
after(() => rmSync(top, { recursive: true }));
const HOLDPOINT = fileURLToPath(new URL("../../bin/holdpoint.mjs", import.meta.url));
const ENV = {
  PATH: process.env["PATH"] ?? "",
  HOME: top,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Dev",
  GIT_AUTHOR_EMAIL: "dev@example.test",
  GIT_COMMITTER_NAME: "Dev",
  GIT_COMMITTER_EMAIL: "dev@example.test",
};
let count = 0;
const git = (cwd: string, ...argv: string[]) =>
  execFileSync("git", argv, {
    cwd,
    env: ENV,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();

function begun(...more: string[]): string {
  count += 1;
  const root = join(top, `repo-${count}`);
  mkdirSync(root);
  git(root, "init", "-q", "-b", "main", ...more);
  commit(root, "chore: begin");
  return root;
}

function commit(root: string, message: string, files: Record<string, string> = {}): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  git(root, "add", "-A");
  git(root, "commit", "-q", "--allow-empty", "-m", message);
}

function holdpoint(cwd: string, argv: readonly string[], input = "") {
  const run = spawnSync(process.execPath, [HOLDPOINT, ...argv], {
    cwd,
    env: ENV,
    input,
    encoding: "utf8",
  });
  return { ...run, json: () => JSON.parse(run.stdout) as Record<string, unknown> };
}

function rulesFile(text: string): string {
  count += 1;
  const file = join(top, `rules-${count}.yaml`);
  writeFileSync(file, text);
  return file;
}

test("a range and rules are enough, in a bare repository without a branch too, for SHA-1 and SHA-256", () => {
  for (const format of ["sha1", "sha256"]) {
    const root = begun(`--object-format=${format}`);
    git(root, "tag", "app-1.0.0");
    commit(root, "build: x");
    commit(root, "docs: y");
    git(root, "tag", "-a", "-m", "x", "app-1.1.0");
    const bare = `${root}.git`;
    git(root, "clone", "-q", "--bare", root, bare);
    git(bare, "symbolic-ref", "HEAD", "refs/heads/nothing");
    const rules = rulesFile("tag: app-{version}\nbumps: { build: minor }\n");
    const argv = ["version", "--range", "app-1.0.0..app-1.1.0", "--rules", rules, "--json"];
    const answer = holdpoint(bare, argv).json();
    const { reasons, ...rest } = answer as { reasons: { subject: string }[] };
    assert.deepEqual(rest, {
      from: "app-1.0.0",
      to: "app-1.1.0",
      previous: "1.0.0",
      bump: "minor",
      version: "1.1.0",
      warnings: [],
      commits: 2,
      counted: 2,
    });
    assert.deepEqual(
      reasons.map(({ subject }) => subject),
      ["build: x"],
    );
    const many = holdpoint(
      bare,
      ["version", "--range", "-", "--rules", rules, "--json"],
      "app-1.0.0..app-1.1.0\n..app-1.0.0\n",
    );
    assert.deepEqual(
      (JSON.parse(many.stdout) as { version: string }[]).map(({ version }) => version),
      ["1.1.0", "0.1.0"],
    );
  }
});

test("without rules the policy's count, and without a policy the plain ones", () => {
  const root = begun();
  git(root, "tag", "v1.0.0");
  commit(root, "feat: x");
  assert.equal(holdpoint(root, ["version", "--json"]).json()["version"], "1.1.0");
  const text = holdpoint(root, ["version"]).stdout;
  assert.match(text, /^1\.1\.0, a minor bump\n1 commit from v1\.0\.0/);
  assert.match(text, /feat: x: type feat asks for a minor bump/);
});

test("commits count by the paths that they touch, merges by what they bring; components come from one pass", () => {
  const root = begun();
  commit(root, "chore: files", { "packages/web/a": "1", "packages/core/a": "1" });
  git(root, "tag", "web-v1.0.0");
  git(root, "tag", "core-v1.0.0");
  git(root, "switch", "-q", "-c", "side");
  commit(root, "wip", { "packages/core/ä b": "2" });
  git(root, "switch", "-q", "main");
  git(root, "merge", "-q", "--no-ff", "-m", "feat(core): merged", "side");
  commit(root, "fix: web", { "packages/web/a": "2" });
  const rules = rulesFile(
    "components:\n  web: { tag: 'web-v{version}', paths: [packages/web] }\n  core: { tag: 'core-v{version}', paths: [packages/core/] }\n",
  );
  const all = JSON.parse(holdpoint(root, ["version", "--rules", rules, "--json"]).stdout) as {
    component: string;
    version: string;
  }[];
  assert.deepEqual(
    all.map(({ component, version }) => [component, version]),
    [
      ["web", "1.0.1"],
      ["core", "1.1.0"],
    ],
  );
  const one = holdpoint(root, ["version", "--rules", rules, "--component", "web", "--json"]).json();
  assert.deepEqual([one["version"], one["commits"], one["counted"]], ["1.0.1", 3, 1]);
  const using = rulesFile(
    "components:\n  web: { tag: 'web-v{version}', paths: [none], uses: [core] }\n  core: { tag: 'core-v{version}', paths: [packages/core] }\n",
  );
  const lifted = holdpoint(root, ["version", "--rules", using, "--component", "web", "--json"]);
  const { version, reasons } = lifted.json() as { version: string; reasons: { because: string }[] };
  assert.deepEqual(
    [version, ...reasons.map(({ because }) => because)],
    ["1.0.1", "it uses core"],
    "one component by itself says what all of them say",
  );
  const none = holdpoint(root, ["version", "--rules", rules, "--component", "api", "--json"]);
  assert.equal(none.status, 2);
  assert.match(none.stdout, /no-component/);
});

test("what would count wrongly is refused with the remedy: cut, grafted, unknown, misread", () => {
  const root = begun();
  commit(root, "fix: x");
  const clone = `${root}-clone`;
  git(root, "clone", "-q", "--depth=1", `file://${root}`, clone);
  const shallow = holdpoint(clone, ["version"]);
  assert.equal(shallow.status, 1);
  assert.match(shallow.stderr, /shallow[\s\S]*git fetch --unshallow/);
  const grafted = begun();
  mkdirSync(join(grafted, ".git/info"), { recursive: true });
  writeFileSync(join(grafted, ".git/info/grafts"), `${git(grafted, "rev-parse", "HEAD")}\n`);
  assert.match(holdpoint(grafted, ["version"]).stderr, /grafted-history/);
  assert.match(holdpoint(root, ["version", "--range", "a..b"]).stderr, /no-commit/);
  assert.match(holdpoint(root, ["version", "--range", "main"]).stderr, /bad-range/);
  const rules = rulesFile("tag: v\nbumps: { fix: tiny }\n");
  const misread = holdpoint(root, ["version", "--rules", rules]);
  assert.equal(misread.status, 2);
  assert.match(misread.stderr, new RegExp(`${rules}:1:6`));
  assert.match(misread.stderr, new RegExp(`${rules}:2:15`));
});

test("lint is a commit-msg hook and a check of a range", () => {
  const root = begun();
  const file = join(root, "message");
  writeFileSync(file, "feat:x\n");
  const bad = holdpoint(root, ["lint", file]);
  assert.equal(bad.status, 1);
  assert.match(bad.stdout, /message:1:6 error: A space must follow/);
  writeFileSync(file, "feat: x\n# comment\n");
  assert.equal(holdpoint(root, ["lint", file]).status, 0);
  rmSync(file);
  git(root, "tag", "v1.0.0");
  commit(root, "Fix it");
  commit(root, "fix: it");
  const range = holdpoint(root, ["lint", "--range", "v1.0.0..HEAD", "--json"]);
  assert.equal(range.status, 1);
  const { sound, messages } = range.json() as {
    sound: boolean;
    messages: { subject: string; findings: unknown[] }[];
  };
  assert.equal(sound, false);
  assert.deepEqual(
    messages.map(({ subject, findings }) => [subject, findings.length]),
    [
      ["fix: it", 0],
      ["Fix it", 1],
    ],
  );
  assert.equal(holdpoint(root, ["lint"]).status, 2);
});

test("replay decides every old tag again and says where and why it would have been otherwise", () => {
  const root = begun();
  git(root, "tag", "v1.0.0");
  commit(root, "feat: a");
  git(root, "tag", "v1.0.1");
  commit(root, "fix: b");
  git(root, "tag", "v1.0.2");
  const run = holdpoint(root, ["replay", "--versions"]);
  assert.equal(run.status, 0);
  assert.match(run.stdout, /agree with 1 of 2 releases \(50 %\)/);
  assert.match(
    run.stdout,
    /v1\.0\.1 +after v1\.0\.0 +was patch +by today's rules minor, 1\.1\.0 +\w+ feat: a/,
  );
});
