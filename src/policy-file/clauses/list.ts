import { type Lines, linesOf, placeAt } from "../lines.ts";
import type { Place } from "../problem.ts";

/** How far a clause of the release document has come. */
export const CLAUSE_STATES = ["said", "done", "partly", "not yet"] as const;
type ClauseState = (typeof CLAUSE_STATES)[number];

/** One row of COVERAGE.md. */
export interface Clause {
  readonly id: string;
  /** What the clause asks for, in a few words. */
  readonly clause: string;
  readonly state: ClauseState;
  /** Where it stands, or why not yet. */
  readonly note: string;
  readonly place: Place;
}

/** COVERAGE.md as read: which clauses the document has, and a row for each of them. */
export interface ClauseList {
  /** `AA` of `AA-01`. */
  readonly prefix: string;
  /** Every clause of the document, in order. */
  readonly ids: readonly string[];
  readonly clauses: readonly Clause[];
  readonly faults: readonly CoverageFault[];
}

/** What is wrong with the coverage, and where in the text. */
export interface CoverageFault extends Place {
  readonly sentence: string;
  readonly remedy: string;
}

const RANGE = /\bthe clauses ([A-Z]{2,6})-(\d{2,4}) to \1-(\d{2,4})\b/;
const ROW = /^\|\s*([A-Z]{2,6}-\d{2,4})\s*\|(.*)\|\s*$/;

/**
 * Reads COVERAGE.md: a sentence that says `the clauses AA-01 to AA-31`, and a table with the columns id, clause, state
 * and where. Everything else in it is for people. Never throws, whatever the text.
 */
export function readClauseList(text: string): ClauseList {
  const lines = linesOf(text);
  const range = RANGE.exec(text);
  const [, prefix = "", first = "1", last = "0"] = range ?? [];
  const ids = range === null ? [] : idsOf(prefix, Number(first), Number(last));
  const unclear = range === null ? [notSaid(lines)] : [];
  const clauses: Clause[] = [];
  const faults: CoverageFault[] = [...unclear];
  const begun = new Set<string>();
  for (const [index, start] of lines.starts.entries()) {
    const end = lines.starts[index + 1] ?? text.length + 1;
    const row = ROW.exec(text.slice(start, end).trimEnd());
    if (row === null) continue;
    begun.add(row[1] ?? "");
    const place = placeAt(lines, start + 2, start + 2 + (row[1] ?? "").length);
    const read = readRow(row[1] ?? "", row[2] ?? "", place);
    if ("id" in read) clauses.push(read);
    else faults.push(read);
  }
  const missing = ids.filter((id) => !begun.has(id)).map((id) => noRow(id, lines));
  return { prefix, ids, clauses, faults: [...faults, ...missing, ...oddRows(ids, clauses)] };
}

/** At most this many clauses are listed: no release document has more. */
const MOST = 2000;

function idsOf(prefix: string, first: number, last: number): readonly string[] {
  const count = Math.max(0, Math.min(MOST, last - first + 1));
  return Array.from({ length: count }, (_, index) => {
    return `${prefix}-${String(first + index).padStart(2, "0")}`;
  });
}

function notSaid(lines: Lines): CoverageFault {
  return {
    ...placeAt(lines, 0),
    sentence: "it is not said which clauses the release document has",
    remedy: "Write a sentence with `the clauses XX-01 to XX-33` above the table",
  };
}

function readRow(id: string, rest: string, place: Place): Clause | CoverageFault {
  const cells = rest.split("|").map((cell) => cell.trim());
  const [clause = "", state = "", note = ""] = cells;
  const known = CLAUSE_STATES.find((one) => one === state);
  if (cells.length !== 3 || clause === "" || note === "" || known === undefined)
    return {
      ...place,
      sentence: `the row of ${id} is not: id, clause, state, where`,
      remedy: `Fill all four cells; the state is one of ${CLAUSE_STATES.join(", ")}`,
    };
  return { id, clause, state: known, note, place };
}

function noRow(id: string, lines: Lines): CoverageFault {
  const remedy = "Say where it stands, or why not yet";
  return { ...placeAt(lines, 0), sentence: `${id} has no row`, remedy };
}

/** Rows are of clauses that the document has, one each, in order. */
function oddRows(ids: readonly string[], clauses: readonly Clause[]): readonly CoverageFault[] {
  const rows = clauses.map(({ id }) => id);
  return clauses.flatMap(({ id, place }, index) => {
    const odd = (sentence: string, remedy: string) => [{ ...place, sentence, remedy }];
    if (!ids.includes(id)) return odd(`the document has no ${id}`, "Take the row out");
    if (rows.indexOf(id) !== index) return odd(`${id} has two rows`, "Keep one of them");
    const before = rows[index - 1];
    if (before === undefined || ids.indexOf(before) < ids.indexOf(id)) return [];
    return odd(`${id} comes after ${before}`, "Keep the rows in order");
  });
}
