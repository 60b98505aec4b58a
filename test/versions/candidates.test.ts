// Candidates from their first to the version itself, with the whole program on a real repository.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { program } from "./program.ts";

const { work, holdpoint } = program();
const { git } = work;
const POLICY = `holdpoint: 1
system: Shop
roles: { lead: [lead@example.test] }
versioning:
  files: [{ path: package.json }]
  branches: { main: {}, next: { candidate: beta } }
phases:
  out:
    steps:
      - write: { branch: main }
      - tag: {}
  announce:
    steps: [{ tag: {} }]
types:
  patch: { bumps: [patch], phases: [out] }
  minor: { bumps: [minor, major], phases: [out] }
  beta: { bumps: [patch, minor, major], candidate: beta, phases: [announce] }
  rc: { bumps: [patch, minor, major], candidate: rc, phases: [announce] }
rollback: { target: 5 min }
`;

test("betas from a branch, a candidate by name, and the version itself: counted, tagged, and written down once", () => {
  const root = work.repository();
  work.commit(root, "feat: begin", {
    "holdpoint.yaml": POLICY,
    "package.json": '{ "name": "shop", "version": "1.2.0" }\n',
    ".gitignore": ".holdpoint\n",
  });
  git(root, "tag", "v1.2.0");
  const released = (...argv: string[]) => {
    const done = holdpoint(root, "release", ...argv);
    assert.equal(done.code, 0, done.out + done.err);
    return git(root, "tag", "--points-at", "HEAD");
  };
  git(root, "switch", "-q", "-c", "next");
  work.commit(root, "feat: vouchers");
  assert.equal(released(), "v1.3.0-beta.1");
  const again = holdpoint(root, "plan");
  assert.match(again.err, /no change to release since v1\.3\.0-beta\.1/);
  work.commit(root, "fix: round them");
  assert.match(holdpoint(root, "version", "--candidate", "beta").out, /1\.3\.0-beta\.2/);
  const range = ["--range", "v1.3.0-beta.1..next", "--candidate", "beta", "--json"];
  assert.equal(JSON.parse(holdpoint(root, "version", ...range).out).version, "1.3.0-beta.2");
  assert.equal(released(), "v1.3.0-beta.2");
  const wrong = holdpoint(root, "plan", "--type", "minor");
  assert.match(wrong.err, /brings no candidate "beta".*\[wrong-branch\]/s);

  git(root, "switch", "-q", "main");
  git(root, "merge", "-q", "--ff-only", "next");
  assert.match(
    holdpoint(root, "changelog", "--type", "rc", "--write").out,
    /1\.3\.0-rc\.1 is a candidate: what it brings stays under \[Unreleased\]/,
  );
  assert.equal(released("--type", "rc").split("\n").sort().join(" "), "v1.3.0-beta.2 v1.3.0-rc.1");
  const plan = JSON.parse(holdpoint(root, "plan", "--json").out);
  assert.deepEqual([plan.version, plan.type, plan.previous], ["1.3.0", "minor", "1.2.0"]);
  const done = holdpoint(root, "release");
  assert.equal(done.code, 0, done.out + done.err);
  assert.equal(git(root, "rev-parse", "v1.3.0^{}"), git(root, "rev-parse", "v1.3.0-rc.1^{}"));
  assert.match(readFileSync(join(root, "package.json"), "utf8"), /"version": "1\.3\.0"/);
  const log = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  assert.deepEqual(log.match(/^## .*?\]/gm), ["## [Unreleased]", "## [1.3.0]"]);
  assert.match(log, /- vouchers .*\n\n### Fixed\n\n- round them/);
  assert.equal(holdpoint(root, "changelog", "--check").code, 0);
  work.commit(root, "fix: x");
  assert.match(holdpoint(root, "version", "--candidate", "beta").out, /1\.3\.1-beta\.1/);
  assert.equal(holdpoint(root, "version", "--candidate", "Beta.1").code, 2);
});

test("two branches announce the same version under numbers of their own, and each tag can be set", () => {
  const root = work.repository();
  const policy = POLICY.replace("next: { candidate: beta }", '"next*": { candidate: beta }');
  work.commit(root, "feat: begin", { "holdpoint.yaml": policy, ".gitignore": ".holdpoint\n" });
  git(root, "tag", "v1.2.0");
  for (const [branch, tag] of [
    ["next-a", "v1.3.0-beta.1"],
    ["next-b", "v1.3.0-beta.2"],
  ] as const) {
    git(root, "switch", "-q", "-c", branch, "v1.2.0");
    work.commit(root, `feat: ${branch}`);
    const said = holdpoint(root, "version", "--candidate", "beta");
    assert.ok(said.out.includes(tag.slice(1)), said.out);
    const done = holdpoint(root, "release");
    assert.equal(done.code, 0, done.out + done.err);
    assert.equal(git(root, "tag", "--points-at", "HEAD"), tag);
  }
});
