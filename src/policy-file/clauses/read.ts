import { glob, readFile, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Problem } from "#app/problem.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { textOnDisk } from "../on-disk.ts";
import type { Source } from "./citations.ts";
import { type Coverage, coverage } from "./coverage.ts";

/** Where the coverage of release documents is looked for. */
export interface CoverageAsk {
  /** The folder that is worked in; files are named from it. */
  readonly root: string;
  /** The policy file that is used where nothing else is said. */
  readonly policyFile: string;
  /** A folder with a COVERAGE.md, or the name of one under `policies/`; left out: beside the policy, else all of them. */
  readonly named?: string | undefined;
}

/** The coverage of one release document, or of all that are found. */
export async function readCoverage(
  ask: CoverageAsk,
): Promise<Result<readonly Coverage[], readonly Problem[]>> {
  const folders = await foldersOf(ask);
  if (folders.length === 0) return err([nothingFound(ask)]);
  const tests = await testsIn(await repositoryOf(ask.root));
  return ok(await Promise.all(folders.map((folder) => coverageOf(folder, ask.root, tests))));
}

const LIST = "COVERAGE.md";

async function foldersOf({ root, policyFile, named }: CoverageAsk): Promise<readonly string[]> {
  const has = async (folder: string) => (await textOf(join(folder, LIST))) !== null;
  const found = async (folders: readonly string[]) => {
    const kept = await Promise.all(folders.map(has));
    return folders.filter((_, index) => kept[index]);
  };
  if (named !== undefined)
    return (await found([join(root, named), join(root, "policies", named)])).slice(0, 1);
  const own = await found([dirname(policyFile)]);
  if (own.length > 0) return own;
  const lists = await Array.fromAsync(glob(`policies/*/${LIST}`, { cwd: root }));
  return lists.map((list) => join(root, dirname(list))).sort();
}

function nothingFound({ named }: CoverageAsk): Problem {
  const sentence =
    named === undefined
      ? `There is no ${LIST} beside the policy, nor in a folder of policies/.`
      : `There is no ${LIST} in ${named} or in policies/${named}.`;
  const remedy =
    "Write one: a row for each clause of the release document; docs/coverage.md shows how.";
  return { code: "no-coverage", sentence, remedy };
}

async function coverageOf(
  folder: string,
  root: string,
  tests: readonly Source[],
): Promise<Coverage> {
  const source = async (name: string): Promise<Source> => {
    const file = join(folder, name);
    return { file: relative(root, file), text: (await textOf(file)) ?? "" };
  };
  const written = await source("as-written.yaml");
  return coverage({
    list: await source(LIST),
    policy: await source("holdpoint.yaml"),
    readWith: (path) => textOnDisk(join(root, path)),
    beside: written.text === "" ? [] : [written],
    tests,
  });
}

/** The repository that a folder is in, whose tests count wherever in it the verb is said; the folder itself outside of any. */
async function repositoryOf(root: string): Promise<string> {
  for (let folder = root; ; folder = dirname(folder)) {
    const found = await stat(join(folder, ".git")).catch(() => null);
    if (found !== null) return folder;
    if (folder === dirname(folder)) return root;
  }
}

/** A test file is no larger than this, in bytes. */
const LARGEST = 1024 * 1024;
const MOST_TESTS = 10_000;
const NO_TESTS = /(?:^|\/)(?:node_modules|\.[^/]+)$/;

/** The tests of a repository: every file that is called `x.test.ts`, in any language. */
async function testsIn(root: string): Promise<readonly Source[]> {
  const files: string[] = [];
  const found = glob("**/*.test.*", { cwd: root, exclude: (path) => NO_TESTS.test(path) });
  for await (const file of found) if (files.push(file) >= MOST_TESTS) break;
  const sources: Source[] = [];
  for (const file of files.sort()) {
    const text = await textOf(join(root, file));
    if (text !== null) sources.push({ file, text });
  }
  return sources;
}

async function textOf(file: string): Promise<string | null> {
  try {
    const { size } = await stat(file);
    return size > LARGEST ? null : await readFile(file, "utf8");
  } catch {
    return null;
  }
}
