import type { Path, Place } from "./problem.ts";

/** Where a value stands, and the key that it stands under (none for items of lists and for the whole). */
export interface Mark {
  readonly key: Place | null;
  readonly value: Place;
}

/** Where each value of a policy stands in its file. Look places up with `placeOf`. */
export type Positions = ReadonlyMap<string, Mark>;

/** The name of a path in `Positions`. */
export function pathName(path: Path): string {
  return JSON.stringify(path);
}

/** The place of a value, or of its key; of the nearest thing around it where the file does not say it at all. */
export function placeOf(positions: Positions, path: Path, part: "key" | "value" = "value"): Place {
  const mark = positions.get(pathName(path));
  if (mark !== undefined) return part === "key" ? (mark.key ?? mark.value) : mark.value;
  if (path.length === 0) return { line: 1, column: 1, length: 1 };
  return placeOf(positions, path.slice(0, -1), "key");
}
