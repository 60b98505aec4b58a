// A version written into a file: only the version itself changes, however the file is formatted.
import { type FileFault, placeIn } from "../base/place.ts";
import { err, ok, type Result } from "../base/result.ts";
import { quoted } from "../base/words.ts";
import { isVersion } from "../versioning/version.ts";
import { jsonText, textAt } from "./json.ts";

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

/**
 * The text of a file with another version in it. Known by their names: npm's `package.json`, `package-lock.json` and
 * `npm-shrinkwrap.json`, any other `.json` with a `version` of its own, and the locks of pnpm and Yarn, in which a package
 * never says its own version, so that they stay as they are. Every other file is known by its line.
 * @param packages folders of the packages whose `package.json` gets the same version, `.` for the top
 */
export function withVersion(
  text: string,
  { file, version, packages }: { file: VersionFile; version: string; packages: readonly string[] },
): Edited {
  if (text.length > MOST_TEXT)
    return fault(
      text,
      0,
      `the file has ${text.length} characters, at most ${MOST_TEXT} are read`,
      "Leave it out of `versioning.files`",
    );
  if (file.line !== undefined) return inLine(text, file.line, version);
  const name = file.path.split("/").at(-1) ?? "";
  if (name === "pnpm-lock.yaml" || name === "yarn.lock") return ok(text);
  if (name === "package-lock.json" || name === "npm-shrinkwrap.json")
    return inLock(text, { folder: file.path.split("/").slice(0, -1).join("/"), version, packages });
  if (name.endsWith(".json")) return inJson(text, [["version"]], version);
  return fault(
    text,
    0,
    "it is not known where the version stands in it",
    "Name the `line`, with {version} in its place",
  );
}

function inLock(
  text: string,
  { folder, version, packages }: { folder: string; version: string; packages: readonly string[] },
): Edited {
  const within = packages.flatMap((one) => {
    if (folder === "") return [one === "." ? "" : one];
    if (one === folder) return [""];
    return one.startsWith(`${folder}/`) ? [one.slice(folder.length + 1)] : [];
  });
  const own = within.includes("") ? [["version"]] : [];
  return inJson(
    text,
    [...own, ...within.map((one) => ["packages", one, "version"])],
    version,
    true,
  );
}

/** @param isLock locks of old form have no `packages`, and a private package no version: what is not there stays so */
function inJson(
  text: string,
  ways: readonly (readonly string[])[],
  version: string,
  isLock = false,
): Edited {
  let edited = text;
  for (const way of ways) {
    const found = textAt(edited, way);
    if (!found.ok)
      return err([
        {
          ...placeIn(edited, found.error.at),
          sentence: found.error.sentence,
          remedy: "Mend the file",
        },
      ]);
    if (found.value === null) {
      if (isLock) continue;
      return fault(
        edited,
        0,
        `there is no ${quoted(way.join("."))} in it`,
        `Add "version": "0.0.0" to it, or leave it out of \`versioning.files\``,
      );
    }
    const { from, to, value } = found.value;
    if (!isVersion(value))
      return fault(edited, from, `${quoted(value)} is no version`, "Write a SemVer version there");
    edited = edited.slice(0, from) + jsonText(version) + edited.slice(to);
  }
  return ok(edited);
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
