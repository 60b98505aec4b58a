// What the five policies say of branches, commit messages, versions, notes and changelogs, put to real commits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf } from "#core/changelog/given.fake.ts";
import { linkerOf } from "#core/changelog/links.ts";
import { notesOf } from "#core/changelog/notes.ts";
import { changesText } from "#core/changelog/page.ts";
import { sorterOf } from "#core/changelog/sections.ts";
import type { Policy } from "#core/policy/policy.ts";
import { branchIn, placeRefusal } from "#core/versioning/branching.ts";
import { lintMessage } from "#core/versioning/lint.ts";
import { policyOf } from "./days/day.ts";

const [am, aa, df, mm, ss] = await Promise.all(
  ["agentmesh-cloud", "asset-anchor", "dirt-free-crm", "mortgagematch-pro", "swipesavvy"].map(
    policyOf,
  ),
);
assert.ok(am && aa && df && mm && ss);

const changes = changesOf(
  "feat: featured properties (JIRA-123)",
  "perf: property search is 30 % faster",
  "fix: payments no longer time out (#45)",
  "security: dependencies with known holes are updated",
  "feat(api): GET /properties/featured",
  "chore(config): FEATURE_NEW_BILLING is off at first",
  "test: more of them",
);
const titles = (text: string) => [...text.matchAll(/^#+ ([A-Z].+)$/gm)].map(([, title]) => title);

function notes(policy: Policy, type: string, written: Record<string, string> = {}) {
  const { notes: rules, links } = policy;
  const version = "1.3.0";
  return notesOf({ version, type, changes, contributors: [], written, rules, links });
}

test("AA-20: notes have the strategy's sections, tickets lead to where they are, and a major needs its upgrade notes", () => {
  const path = "docs/known-issues.md";
  const { text, missing } = notes(aa, "major", { [path]: "Notices may be late under load." });
  assert.deepEqual(titles(text), [
    ...["New Features", "Improvements", "Bug Fixes", "Security Updates", "API Changes"],
    ...["Configuration Changes", "Known Issues"],
  ]);
  assert.match(text, /\[JIRA-123\]\(https:\/\/jira\.example\.test\/browse\/JIRA-123\)/);
  assert.deepEqual(
    missing.map(({ title }) => title),
    ["Upgrade Notes"],
  );
});

test("SS-09: a minor's notes are not complete without its rollback instructions, a major's without both", () => {
  const missing = (type: string) => notes(ss, type).missing.map(({ title }) => title);
  assert.deepEqual(missing("patch"), []);
  assert.deepEqual(missing("minor"), ["Rollback Instructions"]);
  assert.deepEqual(missing("major"), ["Upgrade Instructions", "Rollback Instructions"]);
});

test("MM-24: a minor needs its known issues, a major its migration guide, too", () => {
  const missing = (type: string) => notes(mm, type).missing.map(({ title }) => title);
  assert.deepEqual(missing("patch"), []);
  assert.deepEqual(missing("minor"), ["Known issues"]);
  assert.deepEqual(missing("major"), ["Migration guide", "Known issues"]);
});

test("DF-32 AA-21 MM-09 AM-14 SS-18: the changelog is made from the commits by type, with links to issues and commits", () => {
  for (const policy of [df, aa, mm, am, ss]) {
    const { changelog, links } = policy;
    const text = changesText(changes, sorterOf(changelog.sections), linkerOf(links));
    assert.equal(changelog.file, "CHANGELOG.md");
    assert.deepEqual(titles(text), ["Added", "Changed", "Fixed", "Security"], policy.system);
    assert.match(text, /\[#45\]\(https:\/\/github\.com\/example\/[\w-]+\/issues\/45\)/);
  }
});

/** The code of the refusal to plan on a branch; null where it may. */
function refused(policy: Policy, name: string): string | null {
  const found = branchIn(policy.versioning.branches, name);
  return found.ok ? null : found.error.code;
}

test("MM-01 AM-01 DF-25 AA-14 SS-10: releases come from the branches of the document and from no others", () => {
  for (const policy of [am, aa, df, mm, ss]) {
    assert.equal(refused(policy, "main"), null, policy.system);
    assert.equal(refused(policy, "feature/new"), "wrong-branch", policy.system);
  }
  for (const policy of [aa, df, ss]) assert.equal(refused(policy, "hotfix/incident-7"), null);
  assert.equal(refused(aa, "release/1.3.0"), null);
  assert.equal(refused(ss, "release/v1.3.0"), null);
  assert.equal(refused(mm, "hotfix/incident-7"), "wrong-branch");
});

const previous = {
  version: "1.2.0",
  tag: "v1.2.0",
  means: "release" as const,
  commit: "a".repeat(40),
};

function place(policy: Policy, name: string, { fork = previous.commit, since = changesOf() }) {
  const found = branchIn(policy.versioning.branches, name);
  assert.ok(found.ok && found.value !== null);
  const placed = placeRefusal(found.value, { since, fork, previous });
  return placed.ok ? null : placed.error.code;
}

test("AA-14 SS-10: once a release branch has left, only fixes may come to it", () => {
  for (const [policy, name] of [
    [aa, "release/1.3.0"],
    [ss, "release/v1.3.0"],
  ] as const) {
    assert.equal(place(policy, name, { since: changesOf("fix: a last bug") }), null);
    assert.equal(place(policy, name, { since: changesOf("feat: one more") }), "after-freeze");
  }
});

test("DF-25 AA-14: a hotfix begins at the release that serves, and what lacks an earlier one is not planned", () => {
  for (const policy of [df, aa, ss]) {
    assert.equal(place(policy, "hotfix/incident-7", {}), null);
    const elsewhere = place(policy, "hotfix/incident-7", { fork: "b".repeat(40) });
    assert.equal(elsewhere, "not-from-release", policy.system);
  }
  assert.deepEqual([df.versioning.back, aa.versioning.back], ["refuse", "refuse"]);
});

test("AM-02: eleven types of commits are let in, and no others", () => {
  const errors = (text: string) =>
    lintMessage(text, am.versioning).filter(({ severity }) => severity === "error").length;
  const types = "feat fix docs style refactor perf test chore ci build revert".split(" ");
  for (const type of types) assert.equal(errors(`${type}: it`), 0, type);
  assert.equal(errors("wip: it"), 1);
  assert.equal(errors("just words"), 1);
});
