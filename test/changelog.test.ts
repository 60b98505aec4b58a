// Holdpoint's own changelog is kept by the rules that it asks others to keep.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { partText } from "#core/changelog/edit.ts";
import { readKept } from "#core/changelog/keep.ts";
import { CHANGELOG_SECTIONS } from "#core/changelog/sections.ts";
import about from "../package.json" with { type: "json" };

const read = readKept(readFileSync("CHANGELOG.md", "utf8"));

test("CHANGELOG.md is in the form of Keep a Changelog, with what is not released yet above all versions", () => {
  assert.ok(read.ok, read.ok ? "" : JSON.stringify(read.error));
  assert.equal(read.value.parts[0]?.version, null);
});

test("its sections are those of Keep a Changelog, each once in a part and with something in it", () => {
  assert.ok(read.ok);
  const known = CHANGELOG_SECTIONS.map(({ title }) => title);
  const kept = read.value;
  for (const { version } of kept.parts) {
    const text: string = partText(kept, version) ?? "";
    const titles = [...text.matchAll(/^### (.+)$/gm)].map(([, title = ""]) => title);
    assert.ok(titles.length > 0 || version === null, `${version} says nothing`);
    assert.deepEqual(
      titles.filter((title) => !known.includes(title)),
      [],
    );
    assert.equal(new Set(titles).size, titles.length, `${version} has a section twice`);
    for (const section of text.split(/^### .+$/m).slice(1)) assert.match(section, /^- \S/m);
  }
});

test("the package's version has a part, or comes first and is not released yet", () => {
  assert.ok(read.ok);
  const versions = read.value.parts.flatMap(({ version }) => (version === null ? [] : [version]));
  if (versions.length > 0) assert.ok(versions.includes(about.version), about.version);
  else assert.equal(about.version, "0.1.0");
});
