// Where each clause of a release document stands: joined from COVERAGE.md, the comments of the policy, and the titles of
// tests. Pure: the texts are arguments.
import { basename } from "node:path";
import type { Beside } from "../beside.ts";
import { readPolicy } from "../read.ts";
import {
  citedInPolicy,
  citedInTests,
  type PolicyCitation,
  type Source,
  type TestCitation,
} from "./citations.ts";
import { type Clause, type ClauseList, type CoverageFault, readClauseList } from "./list.ts";

export interface CoverageTexts {
  /** COVERAGE.md: the list of clauses. */
  readonly list: Source;
  readonly policy: Source;
  /** The files that the policy is read with: its roster, its OpenSLO documents. */
  readonly readWith?: Beside | undefined;
  /** Other files whose clauses must be real, such as the document as it is written. */
  readonly beside: readonly Source[];
  readonly tests: readonly Source[];
}

/** A clause with everything that points at it. */
export interface Covered extends Clause {
  readonly policy: readonly PolicyCitation[];
  readonly tests: readonly TestCitation[];
}

export interface CoverageProblem extends CoverageFault {
  readonly file: string;
}

export interface Coverage {
  readonly system: string;
  readonly clauses: readonly Covered[];
  /** Everything that does not fit together, in the order of the files. */
  readonly problems: readonly CoverageProblem[];
}

/** Where every clause stands, and what points at nothing. Never throws, whatever the texts. */
export function coverage({ list, policy, readWith, beside, tests }: CoverageTexts): Coverage {
  const known = readClauseList(list.text);
  const read = readPolicy(policy.file, policy.text, readWith);
  const cited = citedInPolicy(policy.text, read.ok ? read.value.positions : new Map());
  const proved = citedInTests(tests);
  const clauses = known.clauses.map((clause) => ({
    ...clause,
    policy: cited.filter(({ id }) => id === clause.id),
    tests: proved.filter(({ id }) => id === clause.id),
  }));
  const inList = [
    ...known.faults,
    ...clauses.flatMap(agreement),
    ...clauses.flatMap((clause) =>
      dangling(clause, { policy: read.ok ? read.value.policy : null, tests }),
    ),
  ];
  return {
    system: read.ok ? read.value.policy.system : basename(policy.file),
    clauses,
    problems: [
      ...at(list.file, inList),
      ...at(policy.file, read.ok ? strangers(known, cited) : [unread(policy)]),
      ...beside.flatMap(({ file, text }) =>
        at(file, strangers(known, citedInPolicy(text, new Map()))),
      ),
      ...strangeTests(known, proved),
    ],
  };
}

function at(file: string, faults: readonly CoverageFault[]): readonly CoverageProblem[] {
  return faults.map((fault) => ({ ...fault, file }));
}

function unread({ file }: Source): CoverageFault {
  return {
    ...START,
    sentence: "the policy cannot be read",
    remedy: `\`holdpoint check ${file}\` says why`,
  };
}

const START = { line: 1, column: 1, length: 1 };

/** What a row calls itself is what points at it. */
function agreement({ id, state, place, policy, tests }: Covered): readonly CoverageFault[] {
  const wrong = (sentence: string, remedy: string) => [{ ...place, sentence, remedy }];
  if (state === "not yet") {
    const [cited] = policy;
    if (cited !== undefined)
      return wrong(
        `${id} is not yet, but line ${cited.line} of the policy cites it`,
        "Say `partly`",
      );
    const [test] = tests;
    if (test !== undefined)
      return wrong(`${id} is not yet, but a test in ${test.file} proves it`, "Say `partly`");
    return [];
  }
  if (state === "said" && policy.length === 0)
    return wrong(
      `${id} is said, but no comment of the policy cites it`,
      "Cite it beside what says it",
    );
  if (state === "partly" && policy.length + tests.length === 0)
    return wrong(
      `${id} is partly there, but nothing cites it`,
      "Cite it in the policy, or say `not yet`",
    );
  if (state !== "partly" && tests.length === 0)
    return wrong(
      `${id} is ${state}, but no test has it in its title`,
      `Title a test \`${id}: ...\`, or say \`partly\``,
    );
  return [];
}

const QUOTED = /`([^`]+)`/g;

/** Parts of the policy and tests that a row names, and that are not there. */
function dangling(
  { note, place }: Clause,
  { policy, tests }: { policy: object | null; tests: readonly Source[] },
): readonly CoverageFault[] {
  return [...note.matchAll(QUOTED)].flatMap(([, named = ""]) => {
    if (/\.test\.\w+$/.test(named))
      return tests.some(({ file }) => file === named || file.endsWith(`/${named}`))
        ? []
        : [{ ...place, sentence: `there is no test ${named}`, remedy: "Name one that is there" }];
    const path = /^[a-z][\w-]*(?:\.[\w-]+)+$/.test(named) ? named.split(".") : [];
    if (policy === null || !Object.hasOwn(policy, path[0] ?? "")) return [];
    return reaches(policy, path)
      ? []
      : [{ ...place, sentence: `the policy has no ${named}`, remedy: "Name what says it" }];
  });
}

function reaches(from: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (typeof from !== "object" || from === null || !Object.hasOwn(from, key)) return false;
  return reaches((from as Record<string, unknown>)[key], rest);
}

/** Clauses that are cited and that the document does not have. */
function strangers(
  { ids, prefix }: ClauseList,
  cited: readonly PolicyCitation[],
): readonly CoverageFault[] {
  return cited
    .filter(({ id }) => id.startsWith(`${prefix}-`) && !ids.includes(id))
    .map(({ id, line, column, length }) => {
      const sentence = `the document has no ${id}`;
      return { line, column, length, sentence, remedy: "Cite a clause of the list" };
    });
}

function strangeTests(
  { ids, prefix }: ClauseList,
  proved: readonly TestCitation[],
): readonly CoverageProblem[] {
  return proved
    .filter(({ id }) => id.startsWith(`${prefix}-`) && !ids.includes(id))
    .map(({ id, file, title }) => ({
      ...START,
      file,
      sentence: `the test "${title}" names ${id}, which the document does not have`,
      remedy: "Name a clause of the list",
    }));
}
