import assert from "node:assert/strict";
import { test } from "node:test";
import { gapsIn } from "./check.ts";
import { readKept } from "./keep.ts";

const gaps = (text: string, versions: readonly string[], withdrawn: readonly string[] = []) => {
  const kept = readKept(text);
  assert.ok(kept.ok);
  const releases = versions.map((version, order) => ({
    name: `v${version}`,
    version,
    commit: "",
    at: 0,
    order,
    isCandidate: false,
  }));
  return gapsIn(kept.value, { releases, withdrawn }).map(
    ({ line, sentence }) => `${line} ${sentence}`,
  );
};
const TEXT = "# C\n## [Unreleased]\n## [1.2.0] - 2026-11-01\n## [1.0.0] - 2026-10-01\n";

test("AA-21: every release since the changelog is kept has a part in it", () => {
  assert.deepEqual(gaps(TEXT, ["0.9.0", "1.0.0", "1.2.0"]), []);
  assert.deepEqual(gaps(TEXT, ["1.0.0", "1.1.0", "1.2.0"]), [
    "3 1.1.0 was released (tag v1.1.0), and the changelog has no part for it",
  ]);
  assert.deepEqual(gaps("## [Unreleased]\n", ["0.9.0", "1.0.0"]), [
    "2 1.0.0 was released (tag v1.0.0), and the changelog has no part for it",
  ]);
});

test("a withdrawn version is marked in its heading", () => {
  assert.deepEqual(gaps(TEXT, ["1.2.0"], ["1.2.0"]), [
    "3 1.2.0 was withdrawn, and its heading does not say so",
  ]);
  assert.deepEqual(gaps(TEXT.replace("01\n", "01 [YANKED]\n"), ["1.2.0"], ["1.2.0"]), []);
});
