import assert from "node:assert/strict";
import { test } from "node:test";
import { commitsOf } from "./given.fake.ts";
import { readKept } from "./keep.ts";
import { wholePage } from "./page.ts";
import { CHANGELOG_SECTIONS } from "./sections.ts";

const release = (version: string, order: number) => ({
  name: `v${version}`,
  commit: version,
  version,
  order,
  isCandidate: false,
  at: Date.UTC(2026, 10, order + 1, 23, 59) / 1000,
});

test("the page of a whole history has every release, the highest first, and addresses behind the headings", () => {
  const page = wholePage({
    sections: CHANGELOG_SECTIONS,
    links: { repository: "https://github.com/example/shop", references: [] },
  });
  page.add({ release: release("1.0.0", 0), commits: [] });
  page.add({ release: null, commits: commitsOf("feat: next") });
  page.add({ release: release("1.1.0", 1), commits: commitsOf("fix: one (#2)", "chore: hidden") });
  const top = "https://github.com/example/shop";
  const id = commitsOf("x")[0]?.id;
  const text = [...page.pieces()].join("");
  assert.equal(
    text,
    `# Changelog

## [Unreleased]

### Added

- next ([0abcdef0](${top}/commit/${id}))

## [1.1.0] - 2026-11-02

### Fixed

- one ([#2](${top}/issues/2)) ([0abcdef0](${top}/commit/${id}))

## [1.0.0] - 2026-11-01

[Unreleased]: ${top}/compare/v1.1.0...HEAD
[1.1.0]: ${top}/compare/v1.0.0...v1.1.0
[1.0.0]: ${top}/releases/tag/v1.0.0
`,
  );
  assert.ok(readKept(text).ok, "it can be kept by hand from here on");
});

test("without a page of the repository there are no addresses, and without releases no more than what is new", () => {
  const page = wholePage({ sections: CHANGELOG_SECTIONS, links: { references: [] } });
  page.add({ release: null, commits: commitsOf("docs: x") });
  assert.equal([...page.pieces()].join(""), "# Changelog\n\n## [Unreleased]\n");
});

test("a version that was withdrawn is marked in its heading", () => {
  const rules = { sections: CHANGELOG_SECTIONS, links: { references: [] } };
  const page = wholePage({ ...rules, withdrawn: new Set(["1.1.0"]) });
  page.add({ release: release("1.1.0", 1), commits: [] });
  page.add({ release: release("1.0.0", 0), commits: [] });
  const text = [...page.pieces()].join("");
  assert.match(text, /\n## \[1\.1\.0\] - 2026-11-02 \[YANKED\]\n\n## \[1\.0\.0\] - 2026-11-01\n/);
});
