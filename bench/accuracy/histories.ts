// A folder of real histories: NAME.fi.gz for `git fast-import`, rules.csv with each repository's own rules, pairs.csv with
// consecutive tags and the bump that really happened between them.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

export type Row = Readonly<Record<string, string>>;

/** The rows of a CSV file by the names of its first line. */
export function rowsOf(file: string): readonly Row[] {
  const [head = [], ...rows] = readFileSync(file, "utf8").trim().split(/\r?\n/).map(cellsOf);
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ""])));
}

function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}

/** The bare repository of a history, imported into a folder; null where the folder of histories has none. */
export function repositoryOf(histories: string, repo: string, into: string): string | null {
  const name = repo.split("/").at(-1) ?? repo;
  const stream = join(histories, `${name}.fi.gz`);
  if (!existsSync(stream)) return null;
  const root = join(into, name);
  if (existsSync(root)) return root;
  mkdirSync(root);
  execFileSync("git", ["init", "--quiet", "--bare"], { cwd: root });
  execFileSync("git", ["fast-import", "--quiet"], {
    cwd: root,
    input: gunzipSync(readFileSync(stream)),
  });
  return root;
}

/** Whether any commit of a repository touches any file. */
export function hasFiles(root: string): boolean {
  const out = execFileSync("git", ["log", "--all", "--max-count=1", "--format=%H", "--", "."], {
    cwd: root,
  });
  return out.length > 0;
}

/** The rules of a row as a rules file: docs/versions.md says what each key means. */
export function rulesFileOf(row: Row): object {
  const bumps = Object.fromEntries(
    words(row["type_rules"]).map((rule) => {
      const at = rule.lastIndexOf(":");
      return [rule.slice(0, at), rule.slice(at + 1)];
    }),
  );
  const revert = row["revert"] ?? "";
  return {
    tag: `${row["tag_prefix"] ?? ""}{version}`,
    bumps: revert === "" ? bumps : { ...bumps, revert },
    floor: row["floor"] === "" ? "none" : row["floor"],
    initial: { none: "same", "major->minor": "minor", shift: "shift" }[row["zero_major"] ?? "none"],
    reverts: row["cancel_reverted"] === "1" ? "cancel" : "count",
    overrides: row["release_as"] === "1",
    paths: words(row["paths"]),
  };
}

const words = (text = ""): readonly string[] => text.split(/\s+/).filter((word) => word !== "");
