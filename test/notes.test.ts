// The notes and changelogs that three release documents ask for, from their policies as they stand.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { linkerOf } from "#core/changelog/links.ts";
import { notesOf } from "#core/changelog/notes.ts";
import { changesText } from "#core/changelog/page.ts";
import { sorterOf } from "#core/changelog/sections.ts";
import type { Policy } from "#core/policy/policy.ts";
import { standing } from "#core/versioning/reverts.ts";
import { readPolicy } from "#policy-file/read.ts";

function policyOf(name: string): Policy {
  const file = `policies/${name}/holdpoint.yaml`;
  const read = readPolicy(file, readFileSync(file, "utf8"));
  assert.ok(read.ok);
  return read.value.policy;
}

const changes = standing(
  [
    "feat(search): saved searches JIRA-123",
    "perf: faster search",
    "fix: payment timeouts (#101)",
    "security: newer dependencies",
    "feat(api): featured properties",
    "chore(config): FEATURE_NEW_BILLING",
    "feat!: accounts by organisation\n\nUpgrade: run it twice",
    "docs: words",
  ].map((message, at) => ({ id: `${at}`.repeat(40), parents: ["p"], author: "", message })),
);

function notes(name: string, written: Readonly<Record<string, string>>) {
  const { notes: rules, links } = policyOf(name);
  const about = { version: "1.3.0", type: "minor", contributors: [] };
  const { text } = notesOf({ ...about, changes, written, rules, links });
  const parts = text.split(/^### /m).slice(1);
  return parts.map((part) => `${part.split("\n")[0]}: ${part.match(/^- /gm)?.length ?? "prose"}`);
}

test("AA-20: the notes of Asset Anchor have its sections, in its order, with tickets as links", () => {
  const written = { "docs/known-issues.md": "# Known issues\n\nLate mail JIRA-555\n" };
  assert.deepEqual(notes("asset-anchor", written), [
    "New Features: 1",
    "Improvements: 1",
    "Bug Fixes: 1",
    "Security Updates: 1",
    "API Changes: 1",
    "Configuration Changes: 1",
    "Known Issues: prose",
    "Upgrade Notes: 1",
  ]);
  const linked = linkerOf(policyOf("asset-anchor").links).text("saved searches JIRA-123");
  assert.equal(linked, "saved searches [JIRA-123](https://jira.example.test/browse/JIRA-123)");
});

test("SS-09: the notes of SwipeSavvy have its sections, those that people write too", () => {
  const written = {
    "docs/rollback.md": "Run the way back.\n",
    "docs/upgrade/1.3.0.md": "First this.\n",
  };
  assert.deepEqual(notes("swipesavvy", written), [
    "Features: 2",
    "Bug Fixes: 2",
    "Improvements: 1",
    "Breaking Changes: 1",
    "Upgrade Instructions: prose",
    "Rollback Instructions: prose",
  ]);
});

test("DF-32: the changelog of Dirt Free CRM has its four headings, with numbers as links, and nothing that users do not see", () => {
  const { changelog, links } = policyOf("dirt-free-crm");
  const text = changesText(changes, sorterOf(changelog.sections), linkerOf(links));
  assert.deepEqual(text.match(/^### .*$/gm), [
    "### Added",
    "### Changed",
    "### Fixed",
    "### Security",
  ]);
  assert.match(text, /\(\[#101\]\(https:\/\/github\.com\/example\/dirt-free-crm\/issues\/101\)\)/);
  assert.doesNotMatch(text, /words|FEATURE_NEW_BILLING/);
});
