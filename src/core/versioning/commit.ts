// Conventional Commits 1.0.0, read as real histories are written. A header of another form is no error: the commit is
// kept as it is, asks for nothing by its type, and what it nearly said is told with its place.
import { isVisibleLine, visibleLine } from "./text.ts";

interface Footer {
  readonly token: string;
  readonly value: string;
}

/** Something that kept a part of a message from counting, and where: 1-based. */
interface CommitProblem {
  readonly line: number;
  readonly column: number;
  readonly sentence: string;
}

export interface CommitMessage {
  /** The first line that is not blank. */
  readonly header: string;
  /** Whether the header has the form `type(scope)!: description`. */
  readonly conventional: boolean;
  /** In lower case; `revert` for git's own `Revert "..."`; null where the header names none. */
  readonly type: string | null;
  readonly scope: string | null;
  /** What the header says after the type; the whole header where it names none. */
  readonly description: string;
  readonly body: string;
  readonly footers: readonly Footer[];
  readonly breaking: boolean;
  /** Whether `!` stands after the type. */
  readonly exclamation: boolean;
  /** What BREAKING CHANGE and BREAKING-CHANGE say, wherever they begin a line; empty for a bare `!`. */
  readonly breakingNotes: readonly string[];
  readonly problems: readonly CommitProblem[];
}

/** No more of a message than this is read, in UTF-16 code units. */
const MAX_MESSAGE = 64 * 1024;

/** Reads a commit message; total over every text. */
export function readCommit(message: string): CommitMessage {
  const text = message.length > MAX_MESSAGE ? message.slice(0, MAX_MESSAGE) : message;
  // Most messages of a long history are one line; the rest of the others is taken apart only as far as it says something.
  const lines = isOneLine(text) ? NONE : text.split(/\r\n|\n|\r/);
  let first = 0;
  while (first < lines.length - 1 && (lines[first] ?? "").trim() === "") first += 1;
  const line = lines[first] ?? text;
  const header = line.trim();
  const isClean = isVisibleLine(header);
  const said = readHeader(header, isClean);
  const blanks = line.indexOf(header);
  const rest = lines.length < 2 ? NO_REST : readRest(lines.slice(first + 1), text);
  // Key by key, always the same: objects of one form are read several times as fast.
  return {
    header: isClean ? header : visibleLine(header),
    conventional: said.conventional,
    type: said.type,
    scope: said.scope,
    description: said.description,
    body: rest.body,
    footers: rest.footers,
    breaking: said.exclamation || rest.notes.length > 0,
    exclamation: said.exclamation,
    breakingNotes: rest.notes,
    problems:
      blanks + said.problems.length + rest.problems.length === 0
        ? NONE
        : problemsOf(said, rest, { first, blanks }),
  };
}

/** Whether there is nothing but one line, which may have an end, as git writes it. */
function isOneLine(text: string): boolean {
  const end = text.indexOf("\n");
  return (end === -1 || end === text.length - 1) && !text.includes("\r");
}

/** What kept parts of a message from counting, with its place in the whole. */
function problemsOf(
  { conventional, problems }: Header,
  rest: Rest,
  { first, blanks }: { first: number; blanks: number },
): readonly CommitProblem[] {
  const inLine = problems.map(({ column, ...more }) => ({ ...more, column: column + blanks }));
  const near = conventional && blanks > 0 ? [...inLine, LEADING_BLANK] : inLine;
  return [
    ...near.map((problem) => ({ ...problem, line: first + 1 })),
    ...rest.problems.map((problem) => ({ ...problem, line: problem.line + first + 1 })),
  ];
}

const NONE: readonly never[] = [];
const LEADING_BLANK = {
  column: 1,
  sentence:
    "A blank stands before the type; it counts here, but other tools pass such a commit over.",
};

interface Rest {
  readonly body: string;
  readonly footers: readonly Footer[];
  readonly notes: readonly string[];
  readonly problems: readonly CommitProblem[];
}

const NO_REST: Rest = { body: "", footers: NONE, notes: NONE, problems: NONE };

/** What stands below the header. */
function readRest(lines: readonly string[], text: string): Rest {
  if (lines.length === 0) return NO_REST;
  const start = footerStart(lines);
  const body = lines.slice(0, start).join("\n").trim();
  const footers = start < lines.length ? footersIn(lines.slice(start)) : NONE;
  // Two plain searches of the whole text are many times faster than one pattern for every line.
  if (!text.includes("reaking") && !text.includes("REAKING"))
    return { body, footers, notes: NONE, problems: NONE };
  return { body, footers, notes: breakingNotes(lines), problems: bodyProblems(lines) };
}

const HEADER = /^(\p{L}[\p{L}\p{N}_-]{0,40})(?:\(([^()]*)\))?(!?):[ \t]+(\S.*)$/u;
/** The same for the headers that are written in ASCII, as nearly all are: several times as fast. */
const ASCII_HEADER = /^([A-Za-z][\w-]{0,40})(?:\(([^()]*)\))?(!?):[ \t]+(\S.*)$/;
const GIT_REVERT = /^(Revert|Reapply) "(.+)"/;

interface Header
  extends Pick<CommitMessage, "conventional" | "type" | "scope" | "description" | "exclamation"> {
  readonly problems: readonly Omit<CommitProblem, "line">[];
}

function readHeader(header: string, isClean: boolean): Header {
  const found = ASCII_HEADER.exec(header) ?? (isClean ? null : HEADER.exec(header));
  // By place: taking an array apart by pattern costs more than the match does, and a history has many headers.
  const type = found?.[1];
  const scope = found?.[2];
  const description = found?.[4];
  if (type === undefined || description === undefined) return readOtherHeader(header);
  const named = scope === undefined ? null : visibleLine(scope, 60);
  return {
    conventional: true,
    type: type.toLowerCase(),
    scope: named === "" ? null : named,
    description: isClean ? description : visibleLine(description),
    exclamation: found?.[3] === "!",
    problems:
      named === ""
        ? [{ column: type.length + 1, sentence: "The scope in parentheses is empty." }]
        : NONE,
  };
}

/** A header that is not conventional: git's own revert, or plain words. */
function readOtherHeader(header: string): Header {
  const [, verb, quoted] = header.startsWith("Re") ? (GIT_REVERT.exec(header) ?? []) : [];
  const again = verb === "Reapply" ? (HEADER.exec(quoted ?? "")?.[1]?.toLowerCase() ?? null) : null;
  return {
    conventional: false,
    type: verb === "Revert" ? "revert" : again,
    scope: null,
    description: visibleLine(header),
    exclamation: false,
    problems: verb === undefined ? nearMiss(header) : NONE,
  };
}

/** What keeps a header from being conventional that was nearly so. */
function nearMiss(header: string): Header["problems"] {
  if (!header.includes(":")) return NONE;
  const near =
    /^(\p{L}[\p{L}\p{N}_-]{0,40})([ \t]{0,3})(?:\([^()]*\))?([ \t]{0,3})!?([ \t]{0,3}):(.*)$/u.exec(
      header,
    );
  if (near === null) return [];
  const [, type = "", ...gaps] = near;
  const after = gaps.pop() ?? "";
  if (after.startsWith("//")) return [];
  if (gaps.some((gap) => gap !== ""))
    return [{ column: type.length + 1, sentence: "No space goes before the colon of a type." }];
  const column = header.length - after.length + 1;
  if (after.trim() === "")
    return [{ column, sentence: "The description after the colon is missing." }];
  return [{ column, sentence: "A space must follow the colon of a type." }];
}

const BREAKING = /^BREAKING[ -]CHANGE(?:[ \t]*$|:| #)(.*)$/;
const FOOTER = /^(BREAKING[ -]CHANGE|[A-Za-z][A-Za-z0-9-]{0,60})(?:: +| (?=#))(\S.*)$/;

function breakingNotes(lines: readonly string[]): string[] {
  return lines.flatMap((line, at) => {
    const said = BREAKING.exec(line)?.[1];
    if (said === undefined) return [];
    const after = lines.slice(at + 1);
    const end = after.findIndex((next) => next.trim() === "" || FOOTER.test(next));
    const note = [said, ...after.slice(0, end < 0 ? undefined : end)].join("\n").trim();
    return [note];
  });
}

/** Where the footers begin: the run of last paragraphs that each begin with one. */
function footerStart(lines: readonly string[]): number {
  let start = lines.length;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    if ((lines[at] ?? "").trim() === "") continue;
    const begins = at === 0 || (lines[at - 1] ?? "").trim() === "";
    if (!begins) continue;
    if (!FOOTER.test(lines[at] ?? "") && !BREAKING.test(lines[at] ?? "")) return start;
    start = at;
  }
  return start;
}

function footersIn(lines: readonly string[]): Footer[] {
  const footers: { token: string; value: string }[] = [];
  for (const line of lines) {
    const found = FOOTER.exec(line);
    const said = found === null ? BREAKING.exec(line)?.[1] : undefined;
    const last = footers.at(-1);
    if (found !== null) footers.push({ token: found[1] ?? "", value: (found[2] ?? "").trim() });
    else if (said !== undefined)
      footers.push({ token: line.slice(0, "BREAKING CHANGE".length), value: said.trim() });
    else if (last !== undefined) last.value = `${last.value}\n${line}`.trim();
  }
  return footers;
}

const NEAR_BREAKING = /\bbreaking[ _-]changes?\b/i;

/** Lines that nearly mark a breaking change. */
function bodyProblems(lines: readonly string[]): CommitProblem[] {
  return lines.flatMap((line, at) => {
    const place = line.search(NEAR_BREAKING);
    if (place === -1 || BREAKING.test(line)) return [];
    const sentence =
      'A breaking change counts only as "BREAKING CHANGE: " at the start of a line, in upper case.';
    return [{ line: at + 1, column: place + 1, sentence }];
  });
}
