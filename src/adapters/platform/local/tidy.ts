import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DAY, type Millis } from "#core/base/time.ts";
import { hasCode } from "#processes/files.ts";
import { isKept } from "./kept.ts";
import { environmentsIn, placesOf } from "./places.ts";
import { namedIn, readState } from "./settle.ts";

/**
 * Removes what no version needs any more and nobody has touched for a day: work trees, marks of builds, and the files of
 * versions that were stopped. The day leaves time to read their logs, and keeps off what someone is just about to use.
 */
export function tidy(folder: string, age: Millis = DAY): void {
  const before = Date.now() - age;
  const commits = new Set<string>();
  for (const environment of list(environmentsIn(folder))) {
    const places = placesOf(folder, environment);
    const all = namedIn(readState({ places }));
    for (const { commit } of all) commits.add(commit);
    for (const name of list(places.versions).filter((one) => !all.some((it) => it.name === one))) {
      const version = join(places.versions, name);
      const stopped = list(version).every((service) => !isKept(join(version, service)));
      if (stopped) removeOld(version, before);
    }
  }
  const { trees, built } = placesOf(folder, "");
  for (const place of [trees, built]) {
    for (const name of list(place)) {
      const [commit = ""] = name.split(/[.-]/);
      if (!commits.has(commit)) removeOld(join(place, name), before);
    }
  }
}

/** The names in a folder; none where there is no folder. */
export function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return [];
    throw error;
  }
}

function removeOld(path: string, before: number): void {
  if (!existsSync(path) || statSync(path).mtimeMs >= before) return;
  rmSync(path, { recursive: true, force: true });
}
