import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_CHANGELOG, readKept } from "./keep.ts";

const faults = (text: string) => {
  const read = readKept(text);
  assert.ok(!read.ok, "it was read");
  return read.error.map(({ line, column, sentence }) => `${line}:${column} ${sentence}`);
};
const parts = (text: string) => {
  const read = readKept(text);
  assert.ok(read.ok, read.ok ? "" : (read.error[0]?.sentence ?? ""));
  return read.value.parts.map(({ version, yanked }) => `${version}${yanked ? " yanked" : ""}`);
};

test("a changelog is read with its versions, what is withdrawn, and its addresses", () => {
  const text = [
    "# Changelog",
    "",
    "## [Unreleased]",
    "### Added",
    "- x",
    "```",
    "## [9.9.9] - in a block of code",
    "```",
    "## [1.1.0] - 2026-11-01 [YANKED]",
    "## 1.0.0 - 2026-10-01",
    "",
    "[Unreleased]: https://example.test/compare/v1.1.0...HEAD",
    "[1.1.0]: https://example.test/compare/v1.0.0...v1.1.0",
  ].join("\n");
  assert.deepEqual(parts(text), ["null", "1.1.0 yanked", "1.0.0"]);
  const read = readKept(text);
  assert.ok(read.ok);
  assert.deepEqual(
    read.value.addresses.map(({ label }) => label),
    ["Unreleased", "1.1.0"],
  );
  assert.equal(
    text.slice(read.value.parts[2]?.from, read.value.parts[2]?.to),
    "## 1.0.0 - 2026-10-01\n\n",
  );
});

test("CR LF and a BOM are read as what they are", () => {
  const text = "\ufeff# Changelog\r\n\r\n## [Unreleased]\r\n\r\n## [1.0.0] - 2026-10-01\r\n";
  assert.deepEqual(parts(text), ["null", "1.0.0"]);
  const read = readKept(text);
  assert.ok(read.ok && read.value.eol === "\r\n");
  assert.deepEqual(parts("\ufeff## [1.0.0] - 2026-10-01"), ["1.0.0"]);
});

test("refused with its place: what is not in the form", () => {
  assert.deepEqual(faults("# Changelog\n\nNothing yet.\n"), [
    "1:1 the changelog has no heading of a version",
  ]);
  assert.deepEqual(faults("# C\n## [Unreleased]\n## Notes on things\n"), [
    "3:1 `## Notes on things` is not the heading of a version",
  ]);
  assert.deepEqual(faults("## [1.0]\n## [1.0.0]\n## [1.1.0] - 2026-02-30\n"), [
    "1:1 `1.0` is no version",
    "2:1 the heading of `1.0.0` says no date",
    "3:1 2026-02-30 is no day of the calendar",
  ]);
});

test("refused with its place: two Unreleased parts, a version twice, Unreleased below a version", () => {
  assert.deepEqual(faults("## [Unreleased]\n\n## [Unreleased]\n"), [
    "3:1 [Unreleased] stands here again, first in line 1",
  ]);
  assert.deepEqual(faults("## [1.0.0] - 2026-10-01\r\n\r\n## 1.0.0 - 2026-10-02\r\n"), [
    "3:1 [1.0.0] stands here again, first in line 1",
  ]);
  assert.deepEqual(faults("## [1.0.0] - 2026-10-01\n## [Unreleased]\n"), [
    "2:1 [Unreleased] stands below a version",
  ]);
});

test("a changelog that is too large is not read", () => {
  assert.match(faults("x".repeat(MOST_CHANGELOG + 1))[0] ?? "", /at most/);
});
