// A changelog that people keep by hand, in the form of Keep a Changelog 1.1.0, read without changing a byte of it.
import { type FileFault, placeIn } from "../base/place.ts";
import { err, ok, type Result } from "../base/result.ts";
import { quoted } from "../base/words.ts";
import { isVersion } from "../versioning/version.ts";

/** The part of one version, or of what is not released yet. Offsets are into the text. */
export interface Part {
  /** `null` for `[Unreleased]`. */
  readonly version: string | null;
  readonly yanked: boolean;
  /** Where its heading begins, where the line of the heading ends (before the line break), and where the part ends. */
  readonly from: number;
  readonly heading: number;
  readonly to: number;
}

/** The line `[1.2.3]: https://...`. */
export interface Address {
  readonly label: string;
  readonly from: number;
  /** After its line break. */
  readonly to: number;
}

export interface Kept {
  readonly text: string;
  /** What its lines end with. */
  readonly eol: "\n" | "\r\n";
  readonly parts: readonly Part[];
  readonly addresses: readonly Address[];
}

/** The most of a changelog that is read, in UTF-16 code units. */
export const MOST_CHANGELOG = 8 * 1024 * 1024;

/**
 * Reads a changelog: a heading of the second level for each version, `## [1.2.3] - 2026-11-21`, and one for
 * `## [Unreleased]` above them. Either all of it, or everything that is not in the form, with its place.
 */
export function readKept(text: string): Result<Kept, readonly FileFault[]> {
  if (text.length > MOST_CHANGELOG) {
    const sentence = `the changelog has ${text.length} characters, at most ${MOST_CHANGELOG} are read`;
    return err([
      { line: 1, column: 1, sentence, remedy: "Move old versions into a file of their own" },
    ]);
  }
  const lines = linesIn(text);
  const heads = lines.filter(({ text, fenced }) => !fenced && /^##(?!#)/.test(text));
  const addresses = lines.flatMap(({ text, fenced, from, next }): Address[] => {
    const label = fenced ? undefined : /^\[([^\]]+)\]:\s/.exec(text)?.[1];
    return label === undefined ? [] : [{ label, from, to: next }];
  });
  const end = Math.min(
    text.length,
    ...addresses.filter(({ from }) => from > (heads.at(-1)?.from ?? 0)).map(({ from }) => from),
  );
  const faults: FileFault[] = [];
  const parts = heads.flatMap((head, at): Part[] => {
    const read = readHead(head.text);
    if (!read.ok) {
      faults.push({ ...placeIn(text, head.from), ...read.error });
      return [];
    }
    return [
      {
        ...read.value,
        from: head.from,
        heading: head.from + head.text.length,
        to: heads[at + 1]?.from ?? end,
      },
    ];
  });
  faults.push(...twice(text, parts), ...belowReleases(text, parts));
  if (heads.length === 0) faults.push(NO_FORM);
  if (faults.length > 0) return err(faults.sort((a, b) => a.line - b.line));
  return ok({ text, eol: eolOf(text), parts, addresses });
}

const NO_FORM: FileFault = {
  line: 1,
  column: 1,
  sentence: "the changelog has no heading of a version",
  remedy: "Begin it with `# Changelog` and `## [Unreleased]`, as keepachangelog.com says",
};

interface Line {
  readonly text: string;
  readonly from: number;
  /** Where the next line begins. */
  readonly next: number;
  /** Whether it stands in a block of code. */
  readonly fenced: boolean;
}

function linesIn(text: string): readonly Line[] {
  const lines: Line[] = [];
  let fence: string | null = null;
  const start = text.startsWith("\ufeff") ? 1 : 0;
  for (let from = start; from < text.length; ) {
    const found = text.slice(from).search(/\r\n|\n|\r/);
    const end = found < 0 ? text.length : from + found;
    const next = text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length);
    const line = text.slice(from, end);
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    lines.push({ text: line, from, next, fenced: fence !== null || mark !== null });
    if (fence === null) fence = mark;
    else if (mark?.startsWith(fence)) fence = null;
    from = next;
  }
  return lines;
}

const HEAD =
  /^##[ \t]+(?:\[([^\]]+)\]|(\S+))(?:[ \t]+-[ \t]+(\d{4}-\d{2}-\d{2}))?([ \t]+\[YANKED\])?[ \t]*$/;

function readHead(
  line: string,
): Result<Pick<Part, "version" | "yanked">, Pick<FileFault, "sentence" | "remedy">> {
  const [, linked, bare, date, yanked] = HEAD.exec(line) ?? [];
  const name = linked ?? bare;
  const remedy = "Write it like `## [1.2.3] - 2026-11-21` or `## [Unreleased]`";
  if (name === undefined)
    return err({ sentence: `${quoted(line)} is not the heading of a version`, remedy });
  if (name.toLowerCase() === "unreleased") return ok({ version: null, yanked: false });
  const version = name.replace(/^v/, "");
  if (!isVersion(version)) return err({ sentence: `${quoted(name)} is no version`, remedy });
  if (date === undefined)
    return err({ sentence: `the heading of ${quoted(name)} says no date`, remedy });
  if (!isDay(date)) return err({ sentence: `${date} is no day of the calendar`, remedy });
  return ok({ version, yanked: yanked !== undefined });
}

function isDay(date: string): boolean {
  try {
    Temporal.PlainDate.from(date, { overflow: "reject" });
    return true;
  } catch {
    return false;
  }
}

function twice(text: string, parts: readonly Part[]): FileFault[] {
  return parts.flatMap(({ version, from }, at) => {
    const first = parts.findIndex((other) => other.version === version);
    if (first === at) return [];
    const name = version ?? "Unreleased";
    const above = placeIn(text, parts[first]?.from ?? 0).line;
    return [
      {
        ...placeIn(text, from),
        sentence: `[${name}] stands here again, first in line ${above}`,
        remedy: "Put both parts together under one heading",
      },
    ];
  });
}

function belowReleases(text: string, parts: readonly Part[]): FileFault[] {
  const at = parts.findIndex(({ version }) => version === null);
  const part = parts[at];
  if (part === undefined || at === 0) return [];
  return [
    {
      ...placeIn(text, part.from),
      sentence: "[Unreleased] stands below a version",
      remedy: "Move it above all versions",
    },
  ];
}

function eolOf(text: string): "\n" | "\r\n" {
  const windows = text.split("\r\n").length - 1;
  return windows * 2 > text.split("\n").length - 1 ? "\r\n" : "\n";
}
