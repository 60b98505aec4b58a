import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { sarif as reader } from "#core/evidence/sarif.ts";
import { soundness } from "#core/policy/soundness.ts";
import { locate } from "./locate.ts";
import type { Problem } from "./problem.ts";
import { readPolicy } from "./read.ts";
import { problemsAsSarif } from "./sarif.ts";

const ROOT = fileURLToPath(import.meta.resolve("../..")).replace(/\/$/, "");

/** Everything that is wrong with a policy's document as it is written. */
function written(name: string): { file: string; text: string; problems: readonly Problem[] } {
  const file = `${ROOT}/policies/${name}/as-written.yaml`;
  const text = readFileSync(file, "utf8");
  const read = readPolicy(file, text);
  if (!read.ok) return { file, text, problems: read.error };
  return { file, text, problems: locate(soundness(read.value.policy), read.value.positions, file) };
}

// biome-ignore lint/suspicious/noExplicitAny: the standard is held against what any program would have written
type Any = any;

/** What SARIF 2.1.0 requires of a log with one tool and results in files (sections 3.13 to 3.49); the first breach, or null. */
function breach(log: Any): string | null {
  const is = (what: string, holds: unknown) => (holds ? [] : [what]);
  const isText = (value: unknown) => typeof value === "string" && value.length > 0;
  const isFrom = (value: unknown, least: number) =>
    Number.isInteger(value) && (value as number) >= least;
  const found = [
    ...is("3.13.2 version", log.version === "2.1.0"),
    ...is("3.13.3 $schema is an absolute URI", URL.canParse(log.$schema)),
    ...is("3.13.4 runs", Array.isArray(log.runs) && log.runs.length > 0),
    ...log.runs.flatMap((run: Any) => {
      const rules = run.tool?.driver?.rules ?? [];
      return [
        ...is("3.14.6 tool, 3.18.2 driver, 3.19.8 name", isText(run.tool?.driver?.name)),
        ...is(
          "3.14.17 columnKind",
          ["utf16CodeUnits", "unicodeCodePoints"].includes(run.columnKind),
        ),
        ...is("3.14.23 results", Array.isArray(run.results)),
        ...is(
          "3.19.23 rules are unique",
          new Set(rules.map(({ id }: Any) => id)).size === rules.length,
        ),
        ...rules.flatMap(({ id, shortDescription }: Any) => [
          ...is("3.49.3 rule id", isText(id)),
          ...is(
            "3.49.9 shortDescription text, a sentence",
            /[.?!]$/.test(shortDescription?.text ?? ""),
          ),
        ]),
        ...Object.values(run.originalUriBaseIds ?? {}).flatMap(({ uri }: Any) =>
          is("3.14.14 base ends with /, absolute", URL.canParse(uri) && uri.endsWith("/")),
        ),
        ...run.results.flatMap((result: Any) => [
          ...is("3.27.5 ruleId", isText(result.ruleId)),
          ...is("3.27.6 ruleIndex", rules[result.ruleIndex]?.id === result.ruleId),
          ...is("3.27.10 level", ["none", "note", "warning", "error"].includes(result.level)),
          ...is("3.27.11 message, 3.11.8 text", isText(result.message?.text)),
          ...is("3.27.12 locations", Array.isArray(result.locations)),
          ...is("3.27.17 fingerprints", Object.values(result.partialFingerprints).every(isText)),
          ...result.locations.flatMap(({ physicalLocation: at, logicalLocations = [] }: Any) => [
            ...is("3.29.3 artifactLocation uri", isText(at?.artifactLocation?.uri)),
            ...is("3.4.3 uri is a URI reference", !/[\s\\<>"{}|^`]/.test(at.artifactLocation.uri)),
            ...is(
              "3.4.4 uriBaseId is one of the run's",
              at.artifactLocation.uriBaseId === undefined ||
                at.artifactLocation.uriBaseId in run.originalUriBaseIds,
            ),
            ...is("3.30.5 startLine", isFrom(at.region?.startLine, 1)),
            ...is("3.30.6 startColumn", isFrom(at.region?.startColumn, 1)),
            ...is("3.30.8 endColumn", isFrom(at.region?.endColumn, at.region.startColumn + 1)),
            ...logicalLocations.flatMap(({ fullyQualifiedName }: Any) =>
              is("3.33.5 fullyQualifiedName", isText(fullyQualifiedName)),
            ),
          ]),
        ]),
      ];
    }),
  ];
  return found[0] ?? null;
}

for (const name of [
  "mortgagematch-pro",
  "dirt-free-crm",
  "agentmesh-cloud",
  "swipesavvy",
  "asset-anchor",
]) {
  test(`what is wrong with ${name} as it is written is SARIF 2.1.0, and points where it stands`, () => {
    const { problems, text } = written(name);
    assert.ok(problems.length > 0);
    const log = JSON.parse(problemsAsSarif(problems, ROOT));
    assert.equal(breach(log), null);
    const lines = text.split("\n");
    const { results } = log.runs[0];
    assert.equal(results.length, problems.length);
    for (const { locations } of results) {
      const { artifactLocation, region } = locations[0].physicalLocation;
      assert.equal(artifactLocation.uri, `policies/${name}/as-written.yaml`);
      assert.ok((lines[region.startLine - 1] ?? "").length + 2 >= region.endColumn);
    }
  });
}

test("Holdpoint's own reader of SARIF counts as many errors and warnings as were written", () => {
  const { problems } = written("swipesavvy");
  const read = reader.read(problemsAsSarif(problems, ROOT));
  assert.ok(read.ok);
  const count = (which: string) => problems.filter(({ severity }) => severity === which).length;
  assert.equal(read.value["errors"], count("error"));
  assert.equal(read.value["warnings"], count("warning"));
});

test("a file that is no policy at all, with odd letters in its path, is told in the same way", () => {
  const file = "/elsewhere/a b%#/pölicy.yaml";
  const read = readPolicy(file, "holdpoint: [1\n");
  assert.ok(!read.ok);
  const log = JSON.parse(problemsAsSarif(read.error, ROOT));
  assert.equal(breach(log), null);
  const { uri } = log.runs[0].results[0].locations[0].physicalLocation.artifactLocation;
  assert.equal(uri, "file:///elsewhere/a%20b%25%23/p%C3%B6licy.yaml");
});

test("a sound policy is a run without results, and the check above can fail", () => {
  const log = JSON.parse(problemsAsSarif([], ROOT));
  assert.equal(breach(log), null);
  assert.deepEqual(log.runs[0].results, []);
  assert.equal(breach({ ...log, version: "2.0.0" }), "3.13.2 version");
  const { problems } = written("swipesavvy");
  const broken = JSON.parse(problemsAsSarif(problems, ROOT));
  broken.runs[0].results[0].ruleIndex = 999;
  assert.equal(breach(broken), "3.27.6 ruleIndex");
});
