// What a repository remembers, through the git binary; bare ones, too.
import { stat } from "node:fs/promises";
import { resolve as resolvePath } from "node:path";
import type { Commit, History, TagRef } from "#app/ports/history.ts";
import { readText } from "./files.ts";
import { readLog } from "./log.ts";
import { isId, isRefName, isRevision } from "./names.ts";
import { type GitPlace, gitOutput, runGit } from "./run.ts";

export function historyAt(place: GitPlace): History {
  const walk: History["walk"] = async ({ to, from = [], ...ask }, take) => {
    const of = to === null ? [] : [await known(place, to)];
    const without = await Promise.all(from.map((name) => known(place, name)));
    await readLog(place, { of, without, ...ask }, take);
  };
  return {
    walk,
    resolve: (name) => idOf(place, name),
    branch: async () => {
      const run = await runGit(place, ["symbolic-ref", "--quiet", "--short", "HEAD"]);
      return run.end === "exited" && run.code === 0 ? run.out.trim() : null;
    },
    isBranch: async (name) => isRefName(name) && (await idOf(place, `refs/heads/${name}`)) !== null,
    cut: async () => {
      const argv = ["rev-parse", "--is-shallow-repository", "--git-path", "info/grafts"];
      const [shallow, grafts = ""] = (await gitOutput(place, argv)).split("\n");
      if (shallow === "true") return "shallow";
      const found = await stat(resolvePath(place.cwd, grafts)).catch(() => null);
      return found !== null && found.size > 0 ? "grafted" : null;
    },
    commits: async (from, to) => {
      const commits: Commit[] = [];
      await walk({ to, from: from === null ? [] : [from] }, (commit) => commits.push(commit));
      return commits;
    },
    tags: (of) => tagsOf(place, of),
    contains: async (part, whole) => {
      const [a, b] = await Promise.all([known(place, part), known(place, whole)]);
      const run = await runGit(place, ["merge-base", "--is-ancestor", a, b]);
      if (run.end === "exited" && run.code <= 1) return run.code === 0;
      throw new Error("git merge-base failed");
    },
    mergeBase: async (names) => {
      const ids = await Promise.all(names.map((name) => known(place, name)));
      const run = await runGit(place, ["merge-base", "--octopus", ...ids]);
      const id = run.end === "exited" && run.code === 0 ? run.out.trim() : "";
      return isId(id) ? id : null;
    },
    read: async (commit, path) => readText(place, await known(place, commit), path),
  };
}

/** The commit that a name stands for; null where there is none, or the text can be no name. */
export async function idOf(place: GitPlace, name: string): Promise<string | null> {
  if (!isRevision(name)) return null;
  const run = await runGit(place, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${name}^{commit}`,
  ]);
  const id = run.end === "exited" && run.code === 0 ? run.out.trim() : "";
  return isId(id) ? id : null;
}

/** The commit that a name stands for. @throws {Error} where there is none */
export async function known(place: GitPlace, name: string): Promise<string> {
  const id = isId(name) ? name : await idOf(place, name);
  if (id === null)
    throw new Error(`The repository has no commit ${JSON.stringify(name.slice(0, 80))}.`);
  return id;
}

const TAG_FIELDS = ["refname:strip=2", "objecttype", "objectname", "*objecttype", "*objectname"]
  .map((field) => `%(${field})`)
  .join("%00");

async function tagsOf(place: GitPlace, of: string | null): Promise<TagRef[]> {
  const merged = of === null ? [] : [`--merged=${await known(place, of)}`];
  const out = await gitOutput(place, [
    "for-each-ref",
    ...merged,
    `--format=${TAG_FIELDS}`,
    "--end-of-options",
    "refs/tags",
  ]);
  const tags: TagRef[] = [];
  for (const row of out.split("\n")) {
    const [name = "", type, id = "", peeledType, peeled = ""] = row.split("\0");
    if (type === "commit") tags.push({ name, commit: id });
    else if (peeledType === "commit") tags.push({ name, commit: peeled });
    else if (peeledType === "tag") {
      const deep = await idOf(place, `refs/tags/${name}`);
      if (deep !== null) tags.push({ name, commit: deep });
    }
  }
  return tags;
}
