// Which commits of a range count for a part of the repository.
import { globMatcher } from "../base/globs.ts";
import type { CommitRecord } from "./reverts.ts";

/** Whether a path lies in one of some folders, or fits one of some globs; every path where there are none. */
export function pathMatcher(paths: readonly string[]): (path: string) => boolean {
  const folders = paths
    .filter((path) => !/[*?{]/.test(path))
    .map((path) => path.replace(/^\.?\/+/, "").replace(/\/+$/, ""));
  const globs = paths.filter((path) => /[*?{]/.test(path)).map(globMatcher);
  if (folders.length + globs.length === 0 || folders.includes("") || folders.includes("."))
    return () => true;
  return (path) =>
    folders.some(
      (folder) =>
        path.startsWith(folder) &&
        (path.length === folder.length || path.charCodeAt(folder.length) === 0x2f),
    ) || globs.some((matches) => matches(path));
}

/** The commits that touch one of the paths; all where there are none. Commits must have come with their files. */
export function within(
  commits: readonly CommitRecord[],
  paths: readonly string[],
): readonly CommitRecord[] {
  if (paths.length === 0) return commits;
  const matches = pathMatcher(paths);
  return commits.filter(({ files = [] }) => files.some(matches));
}
