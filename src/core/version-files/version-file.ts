// A version written into a file: only the version itself changes, however the file is formatted.
import { type FileFault, placeIn } from "../base/place.ts";
import { err, ok, type Result } from "../base/result.ts";
import { quoted } from "../base/words.ts";
import { isVersion } from "../versioning/version.ts";
import { type Broken, jsonText, textAt } from "./json.ts";
import { withSpecifiers } from "./pnpm-lock.ts";
import { withRanges } from "./ranges.ts";

/** A file that carries the version. */
export interface VersionFile {
  /** Below the top of the repository. */
  readonly path: string;
  /** The one line of it that says the version, with `{version}` in its place; left out for files that are known. */
  readonly line?: string | undefined;
}

/** The largest file that a version is written into, in UTF-16 code units. Lockfiles of large repositories have ten million. */
export const MOST_TEXT = 48 * 1024 * 1024;

type Edited = Result<string, readonly FileFault[]>;

/** Everything that gets a version at once. */
export interface Versions {
  /** By the folder of a package, `.` for the top: the version that its `package.json` gets. */
  readonly packages: ReadonlyMap<string, string>;
  /** By the name of a package: what others ask for it by. */
  readonly named: ReadonlyMap<string, string>;
}

/**
 * The text of a file with another version in it. Known by their names: npm's `package.json`, `package-lock.json` and
 * `npm-shrinkwrap.json`, any other `.json` with a `version` of its own, and the locks of pnpm and Yarn, in which a package
 * never says its own version. Every other file is known by its line. Packages that ask for others that get a version ask for
 * that (see `withRanges`), and the locks of npm and pnpm say so of all of them; Yarn's stays as it is.
 */
export function withVersion(
  text: string,
  { file, version, versions }: { file: VersionFile; version: string; versions: Versions },
): Edited {
  if (text.length > MOST_TEXT)
    return fault(
      text,
      0,
      `the file has ${text.length} characters, at most ${MOST_TEXT} are read`,
      "Leave it out of `files`",
    );
  if (file.line !== undefined) return inLine(text, file.line, version);
  const { folder, name } = split(file.path);
  if (name === "yarn.lock") return ok(text);
  if (name === "pnpm-lock.yaml") {
    const folders = [...versions.packages.keys()].map((one) => belowFolder(one, folder));
    const called = folders.flatMap((one) => (one === null ? [] : [one || "."]));
    return ok(withSpecifiers(text, new Set(called), versions.named));
  }
  if (isNpmLock(file)) return inLock(text, folder, versions);
  if (name.endsWith(".json")) return inPackage(text, version, versions);
  return fault(
    text,
    0,
    "it is not known where the version stands in it",
    "Name the `line`, with {version} in its place",
  );
}

/** The folder of a package whose `package.json` a file is, `.` for the top; null for any other file. */
export function packageFolder({ path, line }: VersionFile): string | null {
  const { folder, name } = split(path);
  return name === "package.json" && line === undefined ? folder || "." : null;
}

/** Whether a file is a lock, which says the versions of many packages. */
export function isLock(file: VersionFile): boolean {
  return isNpmLock(file) || /(?:^|\/)(?:pnpm-lock\.yaml|yarn\.lock)$/.test(file.path);
}

const isNpmLock = ({ path, line }: VersionFile) =>
  line === undefined && /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/.test(path);

function split(path: string): { readonly folder: string; readonly name: string } {
  const at = path.lastIndexOf("/");
  return { folder: path.slice(0, Math.max(at, 0)), name: path.slice(at + 1) };
}

function inPackage(text: string, version: string, { named }: Versions): Edited {
  const own = inJson(text, ["version"], { version });
  if (!own.ok) return own;
  const ranged = withRanges(own.value, [], named);
  return ranged.ok ? ranged : broken(text, ranged.error);
}

function inLock(text: string, folder: string, { packages, named }: Versions): Edited {
  let edited: Edited = ok(text);
  for (const [one, version] of packages) {
    const within = belowFolder(one, folder);
    if (within === null) continue;
    const ways = [...(within === "" ? [["version"]] : []), ["packages", within, "version"]];
    for (const way of ways) {
      if (edited.ok) edited = inJson(edited.value, way, { version, isLock: true });
    }
    if (!edited.ok) return edited;
    const ranged = withRanges(edited.value, ["packages", within], named);
    edited = ranged.ok ? ranged : broken(text, ranged.error);
  }
  return edited;
}

/** A package's folder as a lock in another folder calls it: empty for its own; null where it does not lie below. */
function belowFolder(one: string, folder: string): string | null {
  if (folder === "") return one === "." ? "" : one;
  if (one === folder) return "";
  return one.startsWith(`${folder}/`) ? one.slice(folder.length + 1) : null;
}

/** @param isLock locks of old form have no `packages`, and a private package no version: what is not there stays so */
function inJson(
  text: string,
  way: readonly string[],
  { version, isLock = false }: { version: string; isLock?: boolean },
): Edited {
  const found = textAt(text, way);
  if (!found.ok) return broken(text, found.error);
  if (found.value === null) {
    if (isLock) return ok(text);
    return fault(
      text,
      0,
      `there is no ${quoted(way.join("."))} in it`,
      `Add "version": "0.0.0" to it, or leave it out of \`files\``,
    );
  }
  const { from, to, value } = found.value;
  if (!isVersion(value))
    return fault(text, from, `${quoted(value)} is no version`, "Write a SemVer version there");
  return ok(text.slice(0, from) + jsonText(version) + text.slice(to));
}

function broken(text: string, { at, sentence }: Broken): Edited {
  return err([{ ...placeIn(text, at), sentence, remedy: "Mend the file" }]);
}

const PLACE = "{version}";

function inLine(text: string, line: string, version: string): Edited {
  const [before = "", after = ""] = line.split(PLACE);
  const found: { from: number; to: number; said: string }[] = [];
  for (const match of text.matchAll(/^.*$/gm)) {
    const trimmed = match[0].trim();
    const from = match.index + match[0].indexOf(trimmed) + before.length;
    if (trimmed.length < before.length + after.length) continue;
    if (!trimmed.startsWith(before) || !trimmed.endsWith(after)) continue;
    const to = from + trimmed.length - before.length - after.length;
    found.push({ from, to, said: text.slice(from, to) });
  }
  const versions = found.filter(({ said }) => isVersion(said));
  const [one, two] = versions;
  if (one === undefined) {
    const [near] = found;
    return near === undefined
      ? fault(
          text,
          0,
          `no line of it is ${quoted(line)}`,
          "Write the line as it stands there, with {version} in place of the version",
        )
      : fault(
          text,
          near.from,
          `${quoted(near.said)} is no version`,
          "Write a SemVer version there",
        );
  }
  if (two !== undefined) {
    const first = placeIn(text, one.from).line;
    return fault(
      text,
      two.from,
      `${quoted(line)} fits this line and line ${first}`,
      "Write more of the line, so that it fits once",
    );
  }
  return ok(text.slice(0, one.from) + version + text.slice(one.to));
}

function fault(
  text: string,
  at: number,
  sentence: string,
  remedy: string,
): { ok: false; error: readonly FileFault[] } {
  return err([{ ...placeIn(text, at), sentence, remedy }]);
}
