// What the verbs `changelog` and `notes` stand on: the repository's tags and files, joined with the policy's rules.
import { open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { datedTags } from "#adapters/git/history.ts";
import type { TextFile } from "#app/ports/history.ts";
import type { Problem } from "#app/problem.ts";
import { keptAt, type ReadFile, releaseFiles, told } from "#app/release-files.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { gapsIn } from "#core/changelog/check.ts";
import { type Brought, type PastRelease, pastReleases } from "#core/changelog/history.ts";
import { contributorsOf, notesFiles, notesOf } from "#core/changelog/notes.ts";
import type { Policy } from "#core/policy/policy.ts";
import { isCandidate } from "#core/versioning/candidates.ts";
import { linesOf, WHOLE } from "#core/versioning/lines.ts";
import { standing } from "#core/versioning/reverts.ts";
import type { LineRules } from "#core/versioning/rules.ts";
import type { GitPlace } from "./joins.ts";
import { tellApart } from "./whole-changelog.ts";

type Read<Value> = Promise<Result<Value, readonly Problem[]>>;

/** Everything that the changelogs leave out or have wrong, with its place. Empty: they are as they should be. */
export async function changelogProblems(
  place: GitPlace,
  { policyFile, withdrawn }: { policyFile: string; withdrawn: readonly string[] },
): Read<{ readonly files: readonly string[]; readonly problems: readonly Problem[] }> {
  const policy = await soundPolicy(policyFile);
  if (!policy.ok) return policy;
  const tags = await datedTags(place);
  if (!tags.ok) return tags;
  const logs = changelogsOf(policy.value);
  const problems = logs.map(async ({ name, file, line }) => {
    const kept = await keptAt(fileReader(place.cwd), file);
    if (!kept.ok) return kept.error;
    const releases = pastReleases(tags.value, line).filter(({ isCandidate }) => !isCandidate);
    // A component may never have been released; the whole begins its changelog with the first version.
    if (kept.value === null)
      return name === WHOLE || releases.length > 0 ? [noChangelog(file)] : [];
    const taken = name === WHOLE ? withdrawn : [];
    return gapsIn(kept.value, { releases, withdrawn: taken }).map((gap) =>
      told("changelog-gaps", file, gap),
    );
  });
  return ok({
    files: logs.map(({ file }) => file),
    problems: (await Promise.all(problems)).flat(),
  });
}

/** Every changelog that is kept, with the line of versions that it is of. */
function changelogsOf({ versioning, changelog }: Policy) {
  return linesOf(versioning).flatMap((line) => {
    const { name } = line;
    const file = name === WHOLE ? changelog.file : versioning.components[name]?.changelog;
    return file === undefined ? [] : [{ name, file, line }];
  });
}

/** Writes a planned release into the changelogs of the work tree. Nothing is written where one would not fit. */
export async function writeChangelog(
  root: string,
  { policyFile, release }: { policyFile: string; release: Parameters<typeof releaseFiles>[2] },
): Read<{ readonly files: readonly string[]; readonly candidate: boolean }> {
  const policy = await soundPolicy(policyFile);
  if (!policy.ok) return policy;
  const rules = { ...policy.value, versioning: withoutFiles(policy.value.versioning) };
  const edits = await releaseFiles(fileReader(root), rules, release);
  if (!edits.ok) return edits;
  for (const { path, after } of edits.value) await replace(join(root, path), after);
  const candidate = isCandidate(release.version, rules.versioning.hotfix);
  return ok({ files: edits.value.map(({ path }) => path), candidate });
}

/** The rules without any version file. */
function withoutFiles(versioning: Policy["versioning"]): Policy["versioning"] {
  const components = Object.entries(versioning.components).map(([name, rules]) => [
    name,
    { ...rules, files: [] },
  ]);
  return { ...versioning, files: [], components: Object.fromEntries(components) };
}

/** The notes of a version that was released, as the policy has them today. */
export async function pastNotes(
  place: GitPlace,
  ask: { policyFile: string; version: string; type: string; withdrawn?: string | undefined },
): Read<string> {
  const policy = await soundPolicy(ask.policyFile);
  if (!policy.ok) return policy;
  const { versioning, notes: rules, links } = policy.value;
  const version = ask.version.replace(/^v(?=\d)/, "");
  const tags = await datedTags(place);
  if (!tags.ok) return tags;
  const release = pastReleases(tags.value, versioning).find((one) => one.version === version);
  if (release === undefined) return err([unknownVersion(version)]);
  const found = await broughtBy(place, versioning, release);
  if (!found.ok) return found;
  const read = fileReader(place.cwd);
  const written: Record<string, string> = {};
  for (const path of notesFiles(rules, version)) {
    const file = await read(path);
    if (file !== null && "text" in file) written[path] = file.text;
  }
  const { commits } = found.value;
  const contributors = contributorsOf(commits);
  const { type, withdrawn } = ask;
  const about = { version, type, withdrawn, contributors, written, rules, links };
  return ok(notesOf({ ...about, changes: standing(commits, versioning) }).text);
}

async function broughtBy(place: GitPlace, line: LineRules, release: PastRelease): Read<Brought> {
  let found: Brought = { release, commits: [] };
  const read = await tellApart(place, { line, ref: `refs/tags/${release.name}` }, (brought) => {
    if (brought.release?.version === release.version) found = brought;
  });
  return read.ok ? ok(found) : read;
}

async function soundPolicy(file: string): Read<Policy> {
  const { readSound } = await import("#policy-file/check.ts");
  return await readSound(file);
}

const MOST = 64 * 1024 * 1024;

/** Reads files of the work tree as text; a BOM is kept. */
function fileReader(root: string): ReadFile {
  return async (path): Promise<TextFile | null> => {
    const bytes = await readFile(join(root, path)).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === "ENOENT") return null;
      throw fault;
    });
    if (bytes === null) return null;
    if (bytes.length > MOST)
      return { unreadable: `it has ${bytes.length} bytes, at most ${MOST} are read` };
    try {
      return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
    } catch {
      return { unreadable: "it is no text in UTF-8" };
    }
  };
}

/** Writes a file beside the old one and puts it in its place only when it is whole and on the disk. */
async function replace(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    await using handle = await open(beside, "wx");
    await handle.writeFile(text);
    await handle.sync();
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await using folder = await open(dirname(file));
  await folder.sync();
}

function noChangelog(file: string): Problem {
  return {
    code: "changelog-gaps",
    sentence: `There is no changelog ${file}.`,
    remedy: "Begin it with `holdpoint changelog --write`, or `holdpoint changelog --all`.",
    where: file,
  };
}

function unknownVersion(version: string): Problem {
  return {
    code: "unknown-version",
    sentence: `No tag says that ${version.slice(0, 60)} was released.`,
    remedy: "Name a version that is tagged, or none, for what is released next.",
  };
}
