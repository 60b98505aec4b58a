// What a release writes into the repository: the version into its files, and its part into the changelog.
import type { FileFault } from "#core/base/place.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { FIRST_CHANGELOG, withRelease, withYanked } from "#core/changelog/edit.ts";
import { type Kept, readKept } from "#core/changelog/keep.ts";
import { type Links, linkerOf } from "#core/changelog/links.ts";
import type { Policy } from "#core/policy/policy.ts";
import { textAt } from "#core/version-files/json.ts";
import {
  packageFolder,
  type VersionFile,
  type Versions,
  withVersion,
} from "#core/version-files/version-file.ts";
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

/** What is written of one line of versions. */
interface WrittenVersion {
  readonly version: string;
  readonly tag: string;
  readonly previous: string | null;
  /** What the commits tell for the changelog; null: only the version files. */
  readonly changelog: string | null;
}

export interface WrittenRelease extends WrittenVersion {
  /** `2026-11-21` */
  readonly day: string;
  readonly components?: readonly (WrittenVersion & { readonly component: string })[] | undefined;
}

export type ReadFile = (path: string) => Promise<TextFile | null>;
type Edits = Promise<Result<readonly FileEdit[], readonly Problem[]>>;

/** Every file that a release changes, with its new text; all that stands against it, with its place, where one cannot be. */
export async function releaseFiles(read: ReadFile, rules: FileRules, what: WrittenRelease): Edits {
  const lines = writtenLines(rules, what);
  const paths = lines.flatMap(({ files, log }) => [...files.map(({ path }) => path), log.file]);
  const texts = await textsOf(read, paths);
  const versions = versionsOf(texts, lines);
  const problems: Problem[] = [];
  for (const line of lines) {
    for (const file of line.files)
      problems.push(...versionEdit(texts, file, { version: line.version, versions }));
    problems.push(...changelogEdit(texts, rules, { line, day: what.day }));
  }
  return problems.length > 0 ? err(problems) : ok(texts.edits());
}

/** A line of versions with the rules for its files. */
interface WrittenLine extends WrittenVersion {
  readonly files: readonly VersionFile[];
  /** Where its changelog is kept, and how its tags are named. */
  readonly log: { readonly file: string | null; readonly pattern: string };
}

/** The whole first, then its components, in the order in which they are written. */
function writtenLines(
  { versioning, changelog }: FileRules,
  { components = [], ...whole }: WrittenRelease,
): readonly WrittenLine[] {
  const log = { file: changelog.file, pattern: versioning.tag };
  const parts = components.flatMap((part): WrittenLine[] => {
    const rules = versioning.components[part.component];
    if (rules === undefined) return [];
    const { files, changelog: file = null, tag: pattern } = rules;
    return [{ ...part, files, log: { file, pattern } }];
  });
  return [{ ...whole, files: versioning.files, log }, ...parts];
}

/** The files that are written into, each with the text that it has by now: several lines may write into one. */
interface Texts {
  at(path: string): TextFile | null;
  write(path: string, text: string): void;
  edits(): readonly FileEdit[];
}

async function textsOf(read: ReadFile, paths: readonly (string | null)[]): Promise<Texts> {
  const all = [...new Set(paths)].filter((path) => path !== null);
  const found = new Map(
    await Promise.all(all.map(async (path) => [path, await read(path)] as const)),
  );
  const written = new Map<string, string>();
  return {
    at: (path) => {
      const text = written.get(path);
      return text === undefined ? (found.get(path) ?? null) : { text };
    },
    write: (path, text) => void written.set(path, text),
    edits: () =>
      all.flatMap((path) => {
        const [before = null, after] = [found.get(path), written.get(path)];
        const old = before !== null && "text" in before ? before.text : null;
        return after === undefined || after === old ? [] : [{ path, before: old, after }];
      }),
  };
}

/** Which package gets which version, by its folder and by its name. */
function versionsOf(texts: Texts, lines: readonly WrittenLine[]): Versions {
  const packages = new Map<string, string>();
  const named = new Map<string, string>();
  for (const { files, version } of lines) {
    for (const file of files) {
      const folder = packageFolder(file);
      if (folder === null) continue;
      packages.set(folder, version);
      const read = texts.at(file.path);
      const name = read !== null && "text" in read ? textAt(read.text, ["name"]) : null;
      if (name?.ok && name.value !== null) named.set(name.value.value, version);
    }
  }
  return { packages, named };
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

/** The changelogs with their versions marked as withdrawn, and why. */
export async function withdrawnFiles(
  read: ReadFile,
  rules: FileRules,
  { day, reason, ...what }: Omit<WrittenRelease, "changelog"> & { readonly reason: string },
): Edits {
  const edits: FileEdit[] = [];
  for (const { log, version } of writtenLines(rules, { ...what, day, changelog: null })) {
    const known = log.file === null ? ok(null) : await keptAt(read, log.file);
    if (!known.ok) return known;
    if (known.value === null || log.file === null) continue;
    const { text } = known.value;
    const after = withYanked(known.value, { version, day, reason });
    if (after !== text) edits.push({ path: log.file, before: text, after });
  }
  return ok(edits);
}

/**
 * The versions that a changelog marks as withdrawn. A clone may have no journal, but it has the changelog; one that is not
 * in the form is told of where it is to be written.
 */
export async function yankedVersions(
  read: ReadFile,
  { file }: Pick<FileRules["changelog"], "file">,
): Promise<readonly string[]> {
  const known = await keptAt(read, file);
  if (!known.ok) return [];
  return known.value?.parts.flatMap(({ yanked, version }) => (yanked && version) || []) ?? [];
}

function versionEdit(
  texts: Texts,
  file: VersionFile,
  about: { version: string; versions: Versions },
): readonly Problem[] {
  const { path } = file;
  const found = texts.at(path);
  if (found === null)
    return [
      told("bad-version-file", path, {
        ...{ line: 1, column: 1, sentence: `there is no file ${path}` },
        remedy: "Add it, or take it out of the policy's `files`",
      }),
    ];
  if ("unreadable" in found)
    return [
      told("bad-version-file", path, {
        ...{ line: 1, column: 1, sentence: found.unreadable },
        remedy: "Save it as text in UTF-8, or take it out of the policy's `files`",
      }),
    ];
  const edited = withVersion(found.text, { file, ...about });
  if (!edited.ok) return edited.error.map((fault) => told("bad-version-file", path, fault));
  texts.write(path, edited.value);
  return [];
}

function changelogEdit(
  texts: Texts,
  { links, versioning }: FileRules,
  { line, day }: { line: WrittenLine; day: string },
): readonly Problem[] {
  const { version, tag, previous, changelog: text, log } = line;
  // A candidate is not out: what it brings stays under what is not released yet.
  if (text === null || log.file === null || isCandidate(version, versioning.hotfix)) return [];
  const kept = keptIn(texts.at(log.file), log.file);
  if (!kept.ok) return kept.error;
  const before = previous === null ? null : tagOf(log.pattern, previous);
  const compare = compareOf(links, { tag, before });
  texts.write(log.file, withRelease(kept.value ?? FIRST, { version, day, text, compare }));
  return [];
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
  return keptIn(await read(path), path);
}

function keptIn(found: TextFile | null, path: string): Result<Kept | null, readonly Problem[]> {
  if (found === null) return ok(null);
  if ("unreadable" in found) {
    const remedy = "Save it as text in UTF-8";
    const sentence = found.unreadable;
    return err([told("bad-changelog", path, { line: 1, column: 1, sentence, remedy })]);
  }
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
