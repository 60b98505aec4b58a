// Problems of a policy as SARIF 2.1.0 (OASIS Standard, 27 March 2020), for reviews on forges: one run, one result each.
import { RULES } from "#core/policy/rules/table.ts";
import type { Problem } from "./problem.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/**
 * Problems as one SARIF log. A path below `root` is written relative to it, as reviews want it.
 * @param root the folder that the review is of, absolute
 */
export function problemsAsSarif(problems: readonly Problem[], root: string): string {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "holdpoint", rules: codes.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { ROOT: { uri: `file://${uriOf(root)}/` } },
        results: problems.map((problem) => resultOf(problem, codes, root)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** A rule of the verifier says what it holds a policy to; other codes come from reading the file. */
function ruleOf(code: string): object {
  const rule = Object.hasOwn(RULES, code) ? RULES[code] : undefined;
  const text = rule === undefined ? "A policy file can be read." : sentence(rule.promise);
  return { id: code, shortDescription: { text } };
}

function resultOf(problem: Problem, codes: readonly string[], root: string): object {
  const { code, severity, where, sentence: said, counterexample, remedy } = problem;
  const shows = counterexample === undefined ? [] : [`Such as: ${counterexample}`];
  const text = [said, ...shows, ...(remedy === "" ? [] : [remedy])].map(sentence).join(" ");
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text },
    locations: [
      {
        physicalLocation: placeOf(problem, root),
        ...(where !== "" && { logicalLocations: [{ fullyQualifiedName: where }] }),
      },
    ],
    // The same finding keeps its name when lines move: forges know by it what they have shown before.
    partialFingerprints: { "holdpoint/v1": `${code}:${where}` },
  };
}

/** A region's end is the column after its last. */
function placeOf({ file, line, column, length }: Problem, root: string): object {
  const below = file.startsWith(`${root}/`) ? file.slice(root.length + 1) : null;
  const artifactLocation =
    below === null ? { uri: `file://${uriOf(file)}` } : { uri: uriOf(below), uriBaseId: "ROOT" };
  const region = { startLine: line, startColumn: column, endColumn: column + Math.max(1, length) };
  return { artifactLocation, region };
}

function uriOf(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function sentence(text: string): string {
  const capital = `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
}
