// What a person asks for instead of what the commits do: a higher bump, or the very version with a reason.
import { ok, type Result } from "../base/result.ts";
import { type Bump, highest, rank } from "./bump.ts";
import { byRule } from "./components.ts";
import type { Counted } from "./count.ts";
import { refuse, sayCommits, type VersionRefusal } from "./refusals.ts";
import { bumpBetween, compareVersions, isVersion, nextVersion, type Tagged } from "./version.ts";

export interface Wish {
  /** The bump that somebody asked for; counted from the commits where it is left out. */
  readonly wantedBump?: Exclude<Bump, "none"> | undefined;
  /** The very version that somebody asked for, and why. */
  readonly wantedVersion?: { readonly version: string; readonly reason: string } | undefined;
}

/** What a wish is measured by. */
interface Before {
  readonly previous: Tagged | null;
  readonly known: readonly Tagged[];
  readonly first: string;
  readonly withdrawn: readonly string[];
}

/** What the commits ask for, or what a person asks for instead. */
export function withWish(
  counted: Counted,
  { wantedBump, wantedVersion }: Wish,
  { previous, known, first, withdrawn }: Before,
): Result<Counted, VersionRefusal> {
  if (wantedVersion !== undefined) return exactly(wantedVersion, counted, { previous, withdrawn });
  if (wantedBump === undefined) return ok(counted);
  if (rank(wantedBump) < rank(counted.bump) && previous !== null) {
    const contest = counted.reasons.filter(({ bump }) => rank(bump) > rank(wantedBump));
    return refuse("bump-too-low", {
      sentence: `A ${wantedBump} bump is too low for a ${counted.bump} bump, which ${sayCommits(contest)}.`,
      remedy: `Ask for a ${counted.bump} bump, or name the exact version with a reason.`,
      contest,
    });
  }
  const { version } = nextVersion(known, { previous, bump: wantedBump, first });
  const because = `a ${wantedBump} bump was asked for by hand`;
  const reason = byRule(wantedBump, because);
  const bump =
    previous === null ? wantedBump : highest([wantedBump, bumpBetween(previous.version, version)]);
  return ok({ ...counted, bump, version, reasons: [...counted.reasons, reason] });
}

function exactly(
  { version, reason }: NonNullable<Wish["wantedVersion"]>,
  counted: Counted,
  { previous, withdrawn }: Pick<Before, "previous" | "withdrawn">,
): Result<Counted, VersionRefusal> {
  if (reason.trim() === "")
    return refuse("reason-missing", {
      sentence: `Version ${version} is set by hand without a reason.`,
      remedy: "Say why, with `--reason`.",
      contest: [],
    });
  if (withdrawn.includes(version))
    return refuse("version-not-next", {
      sentence: `${version} was withdrawn, and its number is never used again.`,
      remedy: "Name a version after it.",
      contest: [],
    });
  if (!isVersion(version) || (previous !== null && compareVersions(version, previous.version) <= 0))
    return refuse("version-not-next", {
      sentence: isVersion(version)
        ? `Version ${version} does not come after ${previous?.version}.`
        : `"${version.slice(0, 80)}" is no SemVer version.`,
      remedy: "Name a version such as 2.0.0 that comes after the one before.",
      contest: [],
    });
  const between = previous === null ? "minor" : bumpBetween(previous.version, version);
  const bump = between === "none" ? "patch" : between;
  const because = `${version} was set by hand: ${reason}`;
  // Whatever the commits ask for stays on record, but asks for nothing any more.
  return ok({ ...counted, version, bump, reasons: [byRule(bump, because)] });
}
