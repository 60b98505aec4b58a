// What a release writes into the repository: the version into its files, and its part into the changelog.
import type { FileFault } from "#core/base/place.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { FIRST_CHANGELOG, withRelease, withYanked } from "#core/changelog/edit.ts";
import { type Kept, readKept } from "#core/changelog/keep.ts";
import { type Links, linkerOf } from "#core/changelog/links.ts";
import type { Policy } from "#core/policy/policy.ts";
import { type VersionFile, withVersion } from "#core/version-files/version-file.ts";
import { isCandidate } from "#core/versioning/candidates.ts";
import { tagOf } from "#core/versioning/version.ts";
import type { TextFile } from "./ports/history.ts";
import type { Problem } from "./problem.ts";

/** A file of which the text becomes another. */
export interface FileEdit {
  readonly path: string;
  /** Null where there is no such file yet. */
  readonly before: string | null;
  readonly after: string;
}

/** The parts of a policy that say what is written where. */
export type FileRules = Pick<Policy, "versioning" | "changelog" | "links">;

export interface WrittenRelease {
  readonly version: string;
  readonly tag: string;
  readonly previous: string | null;
  /** `2026-11-21` */
  readonly day: string;
  /** What the commits tell for the changelog; null: only the version files. */
  readonly changelog: string | null;
}

export type ReadFile = (path: string) => Promise<TextFile | null>;
type Edits = Promise<Result<readonly FileEdit[], readonly Problem[]>>;

/** Every file that a release changes, with its new text; all that stands against it, with its place, where one cannot be. */
export async function releaseFiles(read: ReadFile, rules: FileRules, what: WrittenRelease): Edits {
  const { files } = rules.versioning;
  const packages = files
    .filter(({ path }) => /(?:^|\/)package\.json$/.test(path))
    .map(({ path }) => path.split("/").slice(0, -1).join("/") || ".");
  const written = await Promise.all(
    files.map((file) => versionEdit(read, file, { version: what.version, packages })),
  );
  const log = await changelogEdit(read, rules, what);
  const all = [...written, ...(log === null ? [] : [log])];
  const problems = all.flatMap((one) => (one.ok ? [] : one.error));
  if (problems.length > 0) return err(problems);
  const edits = all.flatMap((one) => (one.ok ? [one.value] : []));
  return ok(edits.filter(({ before, after }) => before !== after));
}

const MOST_LINES = 200;

/** What an edit changes, line by line: `- old`, `+ new`; at most 200 lines. */
export function changedLines({ before, after }: FileEdit): readonly string[] {
  const [old, now] = [before?.split(/\r?\n/) ?? [], after.split(/\r?\n/)];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end))
    end += 1;
  const [gone, come] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const lines =
    gone.length === come.length
      ? gone.flatMap((line, at) => (line === come[at] ? [] : [`- ${line}`, `+ ${come[at]}`]))
      : [...gone.map((line) => `- ${line}`), ...come.map((line) => `+ ${line}`)];
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES), `  and ${lines.length - MOST_LINES} lines more`];
}

/** The changelog with a version marked as withdrawn, and why. */
export async function withdrawnFiles(
  read: ReadFile,
  rules: FileRules,
  what: { version: string; day: string; reason: string },
): Edits {
  const path = rules.changelog.file;
  const known = await keptAt(read, path);
  if (!known.ok) return known;
  if (known.value === null) return ok([]);
  const { text } = known.value;
  const after = withYanked(known.value, what);
  return ok(after === text ? [] : [{ path, before: text, after }]);
}

/**
 * The versions that a changelog marks as withdrawn. A clone may have no journal, but it has the changelog; one that is not
 * in the form is told of where it is to be written.
 */
export async function yankedVersions(
  read: ReadFile,
  { file }: FileRules["changelog"],
): Promise<readonly string[]> {
  const known = await keptAt(read, file);
  if (!known.ok) return [];
  return known.value?.parts.flatMap(({ yanked, version }) => (yanked && version) || []) ?? [];
}

type Edit = Result<FileEdit, readonly Problem[]>;

async function versionEdit(
  read: ReadFile,
  file: VersionFile,
  about: { version: string; packages: readonly string[] },
): Promise<Edit> {
  const { path } = file;
  const found = await read(path);
  if (found === null)
    return problem("bad-version-file", path, {
      sentence: `there is no file ${path}`,
      remedy: "Add it, or take it out of `versioning.files`",
    });
  if ("unreadable" in found)
    return problem("bad-version-file", path, {
      sentence: found.unreadable,
      remedy: "Save it as text in UTF-8, or take it out of `versioning.files`",
    });
  const edited = withVersion(found.text, { file, ...about });
  if (edited.ok) return ok({ path, before: found.text, after: edited.value });
  return err(edited.error.map((fault) => told("bad-version-file", path, fault)));
}

async function changelogEdit(
  read: ReadFile,
  { changelog, links, versioning }: FileRules,
  { version, tag, previous, day, changelog: text }: WrittenRelease,
): Promise<Edit | null> {
  // A candidate is not out: what it brings stays under what is not released yet.
  if (text === null || isCandidate(version, versioning.hotfix)) return null;
  const path = changelog.file;
  const kept = await keptAt(read, path);
  if (!kept.ok) return kept;
  const compare = compareOf(links, {
    tag,
    before: previous === null ? null : tagOf(versioning.tag, previous),
  });
  const before = kept.value?.text ?? null;
  const base = kept.value ?? FIRST;
  return ok({ path, before, after: withRelease(base, { version, day, text, compare }) });
}

const FIRST: Kept = (() => {
  const read = readKept(FIRST_CHANGELOG);
  if (!read.ok) throw new Error("the first changelog is not in the form");
  return read.value;
})();

/** The changelog at a path; null where there is none. */
export async function keptAt(
  read: ReadFile,
  path: string,
): Promise<Result<Kept | null, readonly Problem[]>> {
  const found = await read(path);
  if (found === null) return ok(null);
  if ("unreadable" in found)
    return problem("bad-changelog", path, {
      sentence: found.unreadable,
      remedy: "Save it as text in UTF-8",
    });
  const kept = readKept(found.text);
  return kept.ok ? kept : err(kept.error.map((fault) => told("bad-changelog", path, fault)));
}

function compareOf(links: Links, { tag, before }: { tag: string; before: string | null }) {
  const linker = linkerOf(links);
  const on = linker.compare(tag, "HEAD");
  const here = before === null ? linker.release(tag) : linker.compare(before, tag);
  return on === null || here === null ? null : { on, here };
}

/** A fault of a file as a problem with its place. */
export function told(
  code: string,
  path: string,
  { line, column, sentence, remedy }: FileFault,
): Problem {
  return {
    code,
    sentence: `In ${path}, ${sentence}.`,
    remedy: `${remedy}.`,
    where: `${path}:${line}:${column}`,
  };
}

function problem(code: string, path: string, fault: Omit<FileFault, "line" | "column">) {
  return err([told(code, path, { line: 1, column: 1, ...fault })]);
}
