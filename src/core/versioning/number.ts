// Which number a version gets: that of the commits, of the type that raised it, the next of a row; never one that was used.
import { ok, type Result } from "../base/result.ts";
import type { BumpReason } from "./bump.ts";
import { nextInRow } from "./candidates.ts";
import { byRule } from "./components.ts";
import type { Counted } from "./count.ts";
import { refuse, type VersionRefusal } from "./refusals.ts";
import type { Choice, ReleaseTypes } from "./release-type.ts";
import { baseOf, compareVersions, type Tagged } from "./version.ts";

/** What a number is found among. */
export interface Among {
  /** The tags of the line, and of those that are linked with it, that the commit reaches, the highest first. */
  readonly known: readonly Tagged[];
  readonly types: ReleaseTypes;
  /** The versions of the line that are tagged anywhere. */
  readonly given: readonly string[];
  readonly withdrawn: readonly string[];
  /** Whether it is the version of the whole, without which there is no release. */
  readonly isWhole: boolean;
  /** The commit to be released; undefined where there is none. */
  readonly head: string | undefined;
  /** Somebody has set the very version. */
  readonly isSet: boolean;
  readonly hotfix: string;
}

interface Numbered {
  readonly version: string;
  /** What withdrawn versions have to do with it. */
  readonly reasons: readonly BumpReason[];
}

/** The number of what was counted, released as a type; or why it has none. */
export function numberOf(
  counted: Counted,
  chosen: Choice,
  among: Among,
): Result<Numbered, VersionRefusal> {
  const { known, withdrawn } = among;
  const previous = known.find(({ means }) => means !== "candidate") ?? null;
  const plain = plainNumber(counted, chosen, { ...among, previous });
  if (!plain.ok) return plain;
  const named = candidateOf(plain.value, chosen, among);
  if (!named.ok) return named;
  const follows = previous !== null && withdrawn.includes(previous.version);
  const because = `it follows ${previous?.version}, which was withdrawn`;
  return ok({ version: named.value, reasons: follows ? [byRule(counted.bump, because)] : [] });
}

/** That of the commits, or of a fix upon the version before. */
function plainNumber(
  { version }: Counted,
  chosen: Choice,
  { previous, ...among }: Among & { readonly previous: Tagged | null },
): Result<string, VersionRefusal> {
  const { types, isSet, isWhole } = among;
  const suffix = types[chosen.type]?.suffix;
  if (isSet || suffix === undefined || (previous === null && !isWhole)) return ok(version);
  if (previous !== null)
    return ok(nextInRow(usedOf(among), { base: baseOf(previous.version), word: suffix }));
  return refuse("no-base", {
    sentence: `Type ${chosen.type} repairs a released version, and nothing was released yet.`,
    remedy: "Release under another type first.",
    contest: [],
  });
}

/** The version itself, or its next candidate where the type brings those. */
function candidateOf(
  version: string,
  { type }: Choice,
  among: Among,
): Result<string, VersionRefusal> {
  const { known, types, head, isSet, isWhole, hotfix } = among;
  const word = types[type]?.candidate;
  if (word === undefined || isSet) return ok(version);
  const next = nextInRow(usedOf(among), { base: version, word });
  const latest = known.find(
    ({ means, version: of }) => means === "candidate" && baseOf(of) === version,
  );
  if (latest === undefined) return ok(next);
  if (compareVersions(next, latest.version, hotfix) <= 0)
    return refuse("version-not-next", {
      sentence: `${next} would come before ${latest.version}, which is announced already.`,
      remedy: `Release candidates of ${version} under a name that sorts behind, or ${version} itself.`,
      contest: [],
    });
  return isWhole && latest.commit === head && latest.version.startsWith(`${version}-${word}.`)
    ? refuse("nothing-to-release", {
        sentence: `There is no change to release since ${latest.tag}.`,
        remedy: `Commit a change, or release ${version} itself.`,
        contest: [],
      })
    : ok(next);
}

/** Every number of the line that was given away, on whatever branch. */
function usedOf({ known, given, withdrawn }: Among): readonly string[] {
  return [...known.map(({ version }) => version), ...given, ...withdrawn];
}
