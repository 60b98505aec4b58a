// The verbs changelog and notes, as whole processes on real repositories.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { scratch } from "#adapters/git/repository.fixture.ts";

const path = process.env["PATH"] ?? "";
const work = scratch(path);
after(() => work.remove());
const { git } = work;
const BIN = fileURLToPath(new URL("../../bin/holdpoint.mjs", import.meta.url));

const POLICY = `holdpoint: 1
system: Shop
roles: { lead: [lead@example.test] }
environments: { production: { local: {} } }
services: { web: { start: [node, web.js] } }
versioning:
  line: [{ tag: "rc-v{version}", means: candidate }]
  files: [{ path: package.json }]
links:
  repository: https://github.com/example/shop
  references: [{ find: "SHOP-{number}", url: "https://jira.example.test/browse/SHOP-{number}" }]
notes:
  contributors: true
  sections:
    - { title: New features, take: [{ types: [feat] }] }
    - { title: Bug fixes, take: [{ types: [fix] }] }
    - { title: API changes, take: [{ scopes: [api] }] }
    - { title: Known issues, file: docs/known-issues.md, required: [minor] }
phases:
  go: { environment: production, steps: [{ deploy: {} }, { promote: {} }, { write: { branch: main } }] }
types: { patch: { bumps: [patch], phases: [go] }, minor: { bumps: [minor, major], phases: [go] } }
rollback: { target: 5 min, on: { health: {} } }
`;

function holdpoint(cwd: string, ...argv: string[]) {
  const env = { PATH: path, HOME: work.top, HOLDPOINT_PERSON: "lead@example.test", NO_COLOR: "1" };
  const run = spawnSync(process.execPath, [BIN, ...argv], { cwd, env, encoding: "utf8" });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

function shop(): string {
  const root = work.repository();
  work.commit(root, "feat: begin", {
    "holdpoint.yaml": POLICY,
    "package.json": '{ "name": "shop", "version": "1.0.0" }\n',
    ".gitignore": ".holdpoint\n",
  });
  git(root, "tag", "-a", "v1.0.0", "-m", "x");
  work.commit(root, "feat(api): vouchers (#7)");
  git(root, "tag", "rc-v1.1.0");
  work.commit(root, "fix: round SHOP-12 for @team <b>");
  return root;
}

const day = () => new Date().toISOString().slice(0, 10);

test("AA-21 DF-32: changelog --write writes the next release into a changelog kept by hand, once, and --check finds it as it should be", () => {
  const root = shop();
  const before =
    "# Our log\r\n\r\nKept by hand.\r\n\r\n## [Unreleased]\r\n\r\n## [1.0.0] - 2026-01-01\r\n\r\nFirst *words*.\r\n";
  work.commit(root, "docs: a log", { "CHANGELOG.md": before });
  const shown = holdpoint(root, "changelog");
  assert.match(
    shown.out,
    /^## \[1\.1\.0\] - \d{4}-\d\d-\d\d\n\n### Added\n\n- \*\*api:\*\* vouchers/,
  );
  const written = holdpoint(root, "changelog", "--write");
  assert.equal(written.code, 0, written.err);
  assert.equal(written.out, "wrote 1.1.0 into CHANGELOG.md\n");
  const text = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  const top = "https://github.com/example/shop";
  assert.ok(
    text.startsWith(
      `# Our log\r\n\r\nKept by hand.\r\n\r\n## [Unreleased]\r\n\r\n## [1.1.0] - ${day()}\r\n`,
    ),
    text,
  );
  assert.ok(text.includes("## [1.0.0] - 2026-01-01\r\n\r\nFirst *words*.\r\n"));
  assert.ok(text.includes(`([#7](${top}/issues/7))`));
  assert.ok(
    text.includes(
      "round [SHOP-12](https://jira.example.test/browse/SHOP-12) for @&#8203;team \\<b\\>",
    ),
  );
  assert.ok(
    text.endsWith(
      `[Unreleased]: ${top}/compare/v1.1.0...HEAD\r\n[1.1.0]: ${top}/compare/v1.0.0...v1.1.0\r\n`,
    ),
  );
  git(root, "commit", "-qam", "chore: log");
  assert.equal(holdpoint(root, "changelog", "--write").out, "1.1.0 is written already\n");
  assert.equal(readFileSync(join(root, "CHANGELOG.md"), "utf8"), text);
  assert.deepEqual(
    readdirSync(root).filter((name) => name.includes(".new")),
    [],
  );
  const checked = holdpoint(root, "changelog", "--check");
  assert.deepEqual([checked.code, checked.out], [0, "CHANGELOG.md is as it should be.\n"]);
});

test("changelog --check says where it is not in the form, and which release it leaves out; --write then writes nothing", () => {
  const root = shop();
  const none = holdpoint(root, "changelog", "--check");
  assert.equal(none.code, 1);
  assert.match(none.err, /There is no changelog CHANGELOG\.md/);
  work.commit(root, "docs: a log", {
    "CHANGELOG.md": "# C\n\n## [Unreleased]\n\n## [0.9.0] - 2025-01-01\n",
  });
  const gap = holdpoint(root, "changelog", "--check");
  assert.equal(gap.code, 1);
  assert.match(gap.err, /CHANGELOG\.md:5:1/);
  assert.match(
    gap.err,
    /1\.0\.0 was released \(tag v1\.0\.0\), and the changelog has no part for it/,
  );
  const broken = "# C\n## [Unreleased]\n## [Unreleased]\n";
  work.commit(root, "docs: break it", { "CHANGELOG.md": broken });
  for (const option of ["--check", "--write"]) {
    const refused = holdpoint(root, "changelog", option);
    assert.equal(refused.code, 2, refused.err);
    assert.match(
      refused.err,
      /In CHANGELOG\.md, \[Unreleased\] stands here again, first in line 2\./,
    );
    assert.match(refused.err, /CHANGELOG\.md:3:1/);
  }
  assert.equal(readFileSync(join(root, "CHANGELOG.md"), "utf8"), broken);
});

test("changelog --all marks what the kept changelog says was withdrawn", () => {
  const root = shop();
  const heading = "## [1.0.0] - 2026-01-01";
  const kept = (mark: string) =>
    writeFileSync(join(root, "CHANGELOG.md"), `# C\n\n${heading}${mark}\n`);
  const headings = () => holdpoint(root, "changelog", "--all").out.match(/^## \[1\.0.*/gm) ?? [];
  kept("");
  assert.match(headings().join(), /^## \[1\.0\.0\] - \S+$/);
  kept(" [YANKED]");
  assert.match(headings().join(), /^## \[1\.0\.0\] - \S+ \[YANKED\]$/);
});

test("changelog --all tells a whole history, in a bare repository too, and refuses one that is cut", () => {
  const root = shop();
  const bare = join(work.top, "all.git");
  git(work.top, "clone", "-q", "--bare", root, bare);
  const all = holdpoint(bare, "changelog", "--all");
  assert.equal(all.code, 0, all.err);
  assert.match(
    all.out,
    /^# Changelog\n\n## \[Unreleased\]\n\n### Added\n\n- \*\*api:\*\* vouchers \(#7\) \([0-9a-f]{8}\)\n\n### Fixed\n\n- round SHOP-12 for @&#8203;team \\<b\\> \([0-9a-f]{8}\)\n\n## \[1\.0\.0\] - \d{4}-\d\d-\d\d\n\n### Added\n\n- begin \([0-9a-f]{8}\)\n$/,
  );
  assert.match(
    holdpoint(root, "changelog", "--all").out,
    /## \[1\.1\.0\] - .*\n\n### Added\n\n- \*\*api:\*\* vouchers \(\[#7\]/,
  );
  const cut = join(work.top, "cut");
  git(work.top, "clone", "-q", "--depth", "1", `file://${root}`, cut);
  const refused = holdpoint(cut, "changelog", "--all");
  assert.equal(refused.code, 1);
  assert.match(refused.err, /shallow.*\n?.*git fetch --unshallow/);
  assert.equal(holdpoint(bare, "changelog", "--all", "--ref", "nope").code, 2);
});

test("AA-20: notes show the next release in the policy's sections, and a version that was released", () => {
  const root = shop();
  const next = holdpoint(root, "notes");
  assert.match(
    next.out,
    /^## 1\.1\.0\n\n### Bug fixes\n\n- round \[SHOP-12\][^\n]*\n\n### API changes\n\n- \*\*api:\*\* vouchers[^\n]*\n\n### Contributors\n\n- Dev\n$/,
  );
  assert.match(
    holdpoint(root, "notes", "1.0.0").out,
    /^## 1\.0\.0\n\n### New features\n\n- begin[^\n]*\n\n### Contributors\n\n- Dev\n$/,
  );
  const unknown = holdpoint(root, "notes", "9.9.9");
  assert.equal(unknown.code, 1);
  assert.match(unknown.err, /No tag says that 9\.9\.9 was released/);
});

test("plan shows which lines of which files would be written, and warns of notes that the type requires; a file that does not fit refuses it", () => {
  const root = shop();
  const plan = holdpoint(root, "plan");
  assert.equal(plan.code, 0, plan.err);
  assert.match(
    plan.out,
    /writes {4}package\.json\n {2}- \{ "name": "shop", "version": "1\.0\.0" \}\n {2}\+ \{ "name": "shop", "version": "1\.1\.0" \}/,
  );
  assert.match(plan.out, /writes {4}CHANGELOG\.md\n {2}\+ # Changelog/);
  assert.match(plan.out, /warning: a minor release needs notes under "Known issues"/);
  writeFileSync(join(root, "package.json"), "{ nope }\n");
  git(root, "commit", "-qam", "chore: break it");
  const refused = holdpoint(root, "plan");
  assert.equal(refused.code, 2);
  assert.match(refused.err, /In package\.json, this is no JSON\./);
  assert.match(refused.err, /package\.json:1:3/);
});
