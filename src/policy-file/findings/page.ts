// FINDINGS.md: what the verifier finds in a release document as it is written, and the reading that its policy takes.
import { sentenceOf } from "#core/base/words.ts";
import { soundness } from "#core/policy/soundness.ts";
import { type Lines, linesOf, lineText } from "../lines.ts";
import { locate } from "../locate.ts";
import { type Positions, placeOf } from "../positions.ts";
import type { Path, Problem } from "../problem.ts";
import { readPolicy } from "../read.ts";
import { endsIt, type Reading, readingsIn } from "./readings.ts";

/** A release document as it is written, and the policy that reads it. */
export interface Documents {
  readonly system: string;
  readonly written: string;
  readonly policy: string;
}

/** One finding in the document, with the clauses beside its place and the reading that ends it, if there is one. */
export interface Contradiction extends Problem {
  readonly clauses: readonly string[];
  readonly reading: Reading | null;
}

/** Everything that the verifier finds in a document as it is written; throws where it cannot be read at all. */
export function contradictionsIn({
  written,
  policy,
}: Omit<Documents, "system">): readonly Contradiction[] {
  const read = readPolicy("as-written.yaml", written);
  if (!read.ok) throw new Error(`as-written.yaml: ${read.error[0]?.sentence}`);
  const { positions } = read.value;
  const lines = linesOf(written);
  const readings = readingsIn(policy);
  const findings = soundness(read.value.policy);
  const paths = new Map(findings.map((found) => [`${found.rule} ${found.sentence}`, found.path]));
  return locate(findings, positions, "as-written.yaml").map((problem) => {
    const path = paths.get(`${problem.code} ${problem.sentence}`) ?? [];
    const of = { rule: problem.code, where: problem.where };
    const reading = readings.find((one) => endsIt(one, of)) ?? null;
    return { ...problem, clauses: clausesAt(path, positions, lines), reading };
  });
}

const ID = /\b[A-Z]{2,6}-\d{2,4}\b/g;

/** The clauses that are named in the line of a place, or of the nearest thing around it that names some. */
function clausesAt(path: Path, positions: Positions, lines: Lines): readonly string[] {
  for (let length = path.length; length > 0; length -= 1) {
    const part = path.slice(0, length);
    const [, comment = ""] =
      /(?:^|\s)#(.*)$/.exec(lineText(lines, placeOf(positions, part, "key").line)) ?? [];
    const ids = comment.match(ID) ?? [];
    if (ids.length > 0) return [...new Set(ids)];
  }
  return [];
}

/** The page, in Markdown. */
export function findingsPage(documents: Documents): string {
  const all = contradictionsIn(documents);
  const told = all.filter(({ severity }) => severity !== "note");
  const notes = all.filter(({ severity }) => severity === "note");
  const sections = told.map((one, index) => section(one, index + 1));
  const noted = notes.map((one) => `- ${placed(one)}: ${said(one)}`);
  return `${[
    `# ${documents.system}: what the verifier finds in its document`,
    "<!-- Written by `npm run generate` from as-written.yaml and holdpoint.yaml; changes here are lost. -->",
    "[as-written.yaml](as-written.yaml) says the release document word by word. What `holdpoint check` finds in it stands here,\nwith a case in which it shows, what could be done, and the reading that [holdpoint.yaml](holdpoint.yaml) takes instead, in\nwhich none of this is found.",
    ...sections,
    ...(noted.length === 0 ? [] : ["## Good to know", noted.join("\n")]),
  ].join("\n\n")}\n`;
}

function section(one: Contradiction, number: number): string {
  const { clauses, severity, code, counterexample, remedy, reading } = one;
  const rows = [
    [
      "Where",
      `${placed(one)}, \`${one.where}\`${clauses.length > 0 ? `, ${clauses.join(" ")}` : ""}`,
    ],
    ["Rule", `\`${code}\` (${severity})`],
    ...(counterexample === undefined ? [] : [["Such as", `${counterexample}.`]]),
    ["Remedy", sentenceOf(remedy)],
    ...(reading === null
      ? []
      : [
          [
            "Read as",
            `${reading.reading} ([holdpoint.yaml:${reading.line}](holdpoint.yaml#L${reading.line}))`,
          ],
        ]),
  ];
  const list = rows.map(([what, text]) => `- **${what}**: ${text}`).join("\n");
  return `## ${number}. ${sentenceOf(one.sentence).replace(/\.$/, "")}\n\n${list}`;
}

function placed({ line, column }: Problem): string {
  return `[as-written.yaml:${line}:${column}](as-written.yaml#L${line})`;
}

function said({ sentence, counterexample }: Problem): string {
  return counterexample === undefined ? sentence : `${sentence}; ${counterexample}`;
}
