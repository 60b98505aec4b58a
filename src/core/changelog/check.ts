// Whether a kept changelog says what was released.
import { type FileFault, placeIn } from "../base/place.ts";
import type { PastRelease } from "./history.ts";
import type { Kept } from "./keep.ts";

/**
 * What the changelog leaves out: every release from the oldest version on that it knows has a part, and every withdrawn
 * one is marked. Versions before those it knows were released before it was kept.
 */
export function gapsIn(
  { text, parts }: Kept,
  { releases, withdrawn }: { releases: readonly PastRelease[]; withdrawn: readonly string[] },
): readonly FileFault[] {
  const known = new Set(parts.map(({ version }) => version));
  const oldest = releases.findIndex(({ version }) => known.has(version));
  const missing =
    oldest < 0
      ? releases.slice(-1)
      : releases.slice(oldest).filter(({ version }) => !known.has(version));
  const top = placeIn(text, parts.find(({ version }) => version !== null)?.from ?? text.length);
  return [
    ...missing.map(({ version, name }) => ({
      ...top,
      sentence: `${version} was released (tag ${name}), and the changelog has no part for it`,
      remedy: "Write one; `holdpoint changelog --all` shows what the commits tell",
    })),
    ...parts
      .filter(({ version, yanked }) => version !== null && !yanked && withdrawn.includes(version))
      .map(({ version, from }) => ({
        ...placeIn(text, from),
        sentence: `${version} was withdrawn, and its heading does not say so`,
        remedy: "Add [YANKED] at the end of its heading",
      })),
  ];
}
