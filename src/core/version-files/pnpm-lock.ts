// The lock of pnpm: it says no version of the packages it locks, but by which range each asks for the others.
import { type Named, raisedRange } from "./ranges.ts";

const IMPORTER = /^ {2}(\S.*?):\r?$/;
const KIND = /^ {4}(\w+):\r?$/;
const NAME = /^ {6}(\S.*?):\r?$/;
const SPECIFIER = /^( {8}specifier: )(.*?)(\r?)$/;

/**
 * The lock with the ranges of its importers raised to new versions, as `withRanges` does it in their `package.json`. Read line by
 * line, in the form that pnpm writes since version 8; what is not in it stays.
 * @param folders of the packages, as the lock calls them, `.` for its own; others ask as they asked
 */
export function withSpecifiers(text: string, folders: ReadonlySet<string>, named: Named): string {
  const start = /^importers:\r?$/m.exec(text)?.index;
  if (start === undefined) return text;
  const rest = text.slice(start);
  const next = rest.slice(1).search(/(?<=\n)[^\s#]/);
  const importers = next < 0 ? rest : rest.slice(0, next + 1);
  const at = { importer: "", kind: "", name: "" };
  const lines = importers.split("\n").map((line) => {
    at.importer = bare(IMPORTER.exec(line)?.[1]) ?? at.importer;
    at.kind = KIND.exec(line)?.[1] ?? at.kind;
    at.name = bare(NAME.exec(line)?.[1]) ?? at.name;
    const version = folders.has(at.importer) ? named.get(at.name) : undefined;
    return version === undefined ? line : raised(line, version, at.kind === "peerDependencies");
  });
  return text.slice(0, start) + lines.join("\n") + rest.slice(importers.length);
}

function raised(line: string, version: string, isPeer: boolean): string {
  const [, head = "", said = "", eol = ""] = SPECIFIER.exec(line) ?? [];
  const range = raisedRange(bare(said) ?? "", version, isPeer);
  if (range === null) return line;
  const quote = /^['"]/.exec(said)?.[0] ?? "";
  return `${head}${quote}${range}${quote}${eol}`;
}

/** A text without the quotation marks that YAML may put around it. */
function bare(text: string | undefined): string | undefined {
  return text?.replace(/^(['"])(.*)\1$/, "$2");
}
