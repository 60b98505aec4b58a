// Keeps docs/words.md true: the words of the program stand there, or in a generated page that it names; and the words
// that stand there are words of the program.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { PROBLEMS } from "#api/problems.ts";
import { GATES } from "#core/gates/table.ts";
import { channelShapes, platformShapes } from "#core/policy/outside.ts";
import { MOMENTS } from "#core/policy/tell.ts";
import { REFUSALS } from "#core/release/refusals.ts";
import { STATUSES } from "#core/release/state.ts";
import { STEPS } from "#core/steps/table.ts";

const words = readFileSync("docs/words.md", "utf8");
const named = [...words.matchAll(/\]\(([a-z]+\.md)\)/g)].map(([, page]) => `docs/${page}`);
const pages = named.map((page) => readFileSync(page, "utf8")).join("\n");
const source = globSync("src/**/*.ts")
  .filter((file) => !/\.(test|suite|fake|fixture|sample)\.ts$/.test(file))
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");

/** The words in the first column of the table below a heading; those of the page's first table without one. */
function column(heading?: string): readonly string[] {
  const from = heading === undefined ? 0 : words.indexOf(`\n## ${heading}\n`);
  assert.ok(from >= 0, `there is no heading ${heading}`);
  const [, table = ""] = words.slice(from).split(/\n\n(?=\|)/);
  const [rows = ""] = table.split("\n\n");
  return rows
    .trim()
    .split("\n")
    .slice(2)
    .flatMap((row) => (row.split("|")[1] ?? "").replaceAll("`", "").trim().split(", "));
}

/** The members of a union of object types, by the key that tells them apart. */
function unionIn(file: string, key: string): readonly string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(new RegExp(`readonly ${key}: "(\\w+)"`, "g"))].map(
    ([, word = ""]) => word,
  );
}

describe("docs/words.md", () => {
  const tables = {
    "Where a release stands": STATUSES,
    "What may be asked of a release": unionIn("src/core/release/commands.ts", "ask"),
    "What happens to a release": unionIn("src/core/release/events.ts", "type"),
    "What may be said of an incident": unionIn("src/core/incidents/decide.ts", "ask"),
    "What happens to an incident": unionIn("src/core/incidents/incident.ts", "type"),
  };
  for (const [heading, known] of Object.entries(tables)) {
    it(`"${heading}" has every such word and no other`, () => {
      assert.ok(known.length >= 3, "the words were found");
      assert.deepEqual([...column(heading)].sort(), [...known].sort());
    });
  }

  const elsewhere = { GATES, STEPS, platformShapes, channelShapes, REFUSALS, PROBLEMS };
  for (const [table, kinds] of Object.entries(elsewhere)) {
    it(`names a page that has every word of ${table}`, () => {
      const missing = Object.keys(kinds).filter((kind) => !pages.includes(`\`${kind}\``));
      assert.deepEqual(missing, []);
    });
  }

  it("names a page that has every moment", () => {
    assert.deepEqual(
      MOMENTS.filter((moment) => !pages.includes(`\`${moment}\``)),
      [],
    );
  });

  it("gives no word that the program does not use", () => {
    const given = column();
    assert.ok(given.length > 40, "the table was found");
    const unused = given.filter(
      (word) => !new RegExp(`\\b${word.replaceAll(" ", "[ -]")}s?\\b`, "i").test(source),
    );
    assert.deepEqual(unused, []);
  });

  it("gives no word twice", () => {
    const given = column();
    assert.equal(new Set(given).size, given.length);
  });
});
