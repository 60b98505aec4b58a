import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf, commitsOf } from "./given.fake.ts";
import {
  contributorsOf,
  DEFAULT_NOTES,
  type NotesInput,
  type NotesRules,
  notesFiles,
  notesOf,
  partFor,
} from "./notes.ts";

const rules = (
  ...sections: (Partial<NotesRules["sections"][number]> & { title: string })[]
): NotesRules => ({
  sections: sections.map((section) => ({ take: [], required: [], ...section })),
  contributors: false,
});
const notes = (more: Partial<NotesInput>, ...messages: string[]) =>
  notesOf({
    version: "1.3.0",
    type: "minor",
    changes: changesOf(...messages),
    contributors: [],
    written: {},
    rules: DEFAULT_NOTES,
    links: { references: [] },
    ...more,
  });

test("every change stands once, in its section, with its scope and commit", () => {
  const { text, missing } = notes(
    {},
    "feat(cart): vouchers",
    "fix: round prices",
    "perf: fewer queries",
    "docs: say more",
    "Tidy up",
    "feat(api)!: drop v1\n\nBREAKING CHANGE: v1 is gone\nuse v2",
    "hotfix: stop the leak",
  );
  assert.deepEqual(missing, []);
  assert.equal(
    text,
    `## 1.3.0

### Breaking changes

- **api:** drop v1 (5abcdef0)
  - v1 is gone use v2

### Features

- **cart:** vouchers (0abcdef0)

### Fixes

- round prices (1abcdef0)
- stop the leak (6abcdef0)

### Performance

- fewer queries (2abcdef0)

### Other

- say more (3abcdef0)
- Tidy up (4abcdef0)
`,
  );
});

test("AA-20 MM-24: what people wrote in a file of the commit stands in its section, before the commits", () => {
  const sections = rules(
    { title: "Known issues", file: "docs/releases/{version}/known.md" },
    { title: "Fixes", take: [{ types: ["fix"] }], file: "docs/fixes.md" },
  );
  assert.deepEqual(notesFiles(sections, "1.3.0"), [
    "docs/releases/1.3.0/known.md",
    "docs/fixes.md",
  ]);
  const { text } = notes(
    {
      rules: sections,
      written: {
        "docs/releases/1.3.0/known.md": "# Known issues\n\n- Slow *mail*\n\n## Detail ##\nMore.\n",
        "docs/fixes.md": "## 1.3.0\nIn words.\n## 1.2.0\nOld.\n",
      },
    },
    "fix: one",
  );
  assert.equal(
    text,
    "## 1.3.0\n\n### Known issues\n\n- Slow *mail*\n\n**Detail**\nMore.\n\n### Fixes\n\nIn words.\n\n- one (0abcdef0)\n",
  );
});

test("a file with headings of versions says only what stands below the released one", () => {
  const text = "# All\r\n\r\n## [1.4.0] - 2026-11-21\r\n\r\nnew\r\n\r\n## v1.3.0\r\nold\r\n";
  assert.equal(partFor(text, "1.4.0"), "new");
  assert.equal(partFor(text, "1.3.0"), "old");
  assert.equal(partFor(text, "1.2.0"), "");
  assert.equal(partFor("", "1.2.0"), "");
});

test("a section that the release type requires and that is empty is told, with what would fill it", () => {
  const sections = rules(
    { title: "Upgrade notes", file: "docs/upgrade.md", required: ["minor", "major"] },
    { title: "Security", take: [{ types: ["security"] }], required: ["minor"] },
    { title: "For majors", take: [{}], required: ["major"] },
  );
  assert.deepEqual(notes({ rules: sections }).missing, [
    {
      title: "Upgrade notes",
      remedy:
        'Write docs/upgrade.md, or "none." in it where there is nothing to say under Upgrade notes',
    },
    { title: "Security", remedy: "Commit a change of type security, or do not require Security" },
  ]);
  assert.deepEqual(
    notes({ rules: sections, written: { "docs/upgrade.md": "none." } }, "security: x").missing,
    [],
  );
});

test("contributors are thanked by name, co-authors too; merges and machines are not, and no address is shown", () => {
  const named = commitsOf(
    "feat: a\n\nCo-authored-by: Zoe <zoe@example.test>\nCo-authored-by: x[bot] <b@example.test>",
    "merge",
  ).map((commit, at) => ({
    ...commit,
    parents: at === 0 ? ["p"] : ["p", "q"],
    name: at === 0 ? "Ann *B*" : "Merger",
  }));
  const contributors = contributorsOf(named);
  assert.deepEqual(contributors, ["Ann *B*", "Zoe"]);
  const { text } = notes({ contributors, rules: { ...DEFAULT_NOTES, contributors: true } });
  assert.equal(text, "## 1.3.0\n\n### Contributors\n\n- Ann \\*B\\*\n- Zoe\n");
});

test("a withdrawn version says so above everything", () => {
  const { text } = notes({ withdrawn: "the *cart* was lost" }, "fix: x");
  assert.match(
    text,
    /^## 1\.3\.0 \(withdrawn\)\n\n> Withdrawn: the \\\*cart\\\* was lost\n\n### Fixes/,
  );
});
