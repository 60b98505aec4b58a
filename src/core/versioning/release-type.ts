// Which release type a version goes out as: the one that somebody asked for, or the one that the bump leaves.
import { ok, type Result } from "../base/result.ts";
import { type Bump, type BumpReason, rank } from "./bump.ts";
import type { VersionRefusal } from "./refusals.ts";
import { refuse, sayCommits } from "./refusals.ts";

interface ReleaseType {
  readonly bumps: readonly Exclude<Bump, "none">[];
  /** What must be named when it is planned; such a type is never chosen by itself. */
  readonly needs?: readonly string[];
  /** False: chosen only by its name. */
  readonly automatic?: boolean;
  /** Counted as fixes upon the version before, under this suffix: 1.2.2-hotfix.1. */
  readonly suffix?: string | undefined;
  /** It brings candidates under this name: 1.3.0-beta.1. */
  readonly candidate?: string | undefined;
}

export type ReleaseTypes = Readonly<Record<string, ReleaseType>>;

/** What is asked for, and by whom. */
export interface Least {
  readonly bump: Exclude<Bump, "none">;
  readonly reasons: readonly BumpReason[];
}

export interface Choice {
  readonly type: string;
  readonly bump: Exclude<Bump, "none">;
}

/** The type for a bump: of those that may carry it and need not be named, the one that carries the least beside it. */
export function chooseType(
  least: Least,
  {
    types,
    wantedType,
    candidate,
  }: {
    types: ReleaseTypes;
    wantedType?: string | undefined;
    /** The candidates that the branch brings, and nothing else; left out: all that is asked for by name. */
    candidate?: string | undefined;
  },
): Result<Choice, VersionRefusal> {
  if (wantedType !== undefined) return takeWanted(wantedType, least, { types, candidate });
  const { bump, reasons } = least;
  const fitting = Object.keys(types).filter(
    (name) => types[name]?.bumps.includes(bump) && types[name]?.candidate === candidate,
  );
  const free = fitting.filter(
    (name) => (types[name]?.needs ?? []).length === 0 && types[name]?.automatic !== false,
  );
  const most = (name: string) => Math.max(...(types[name]?.bumps ?? []).map(rank));
  const lowest = Math.min(...free.map(most));
  const [type, ...others] = free.filter((name) => most(name) === lowest);
  if (type !== undefined && others.length === 0) return ok({ type, bump });
  const contest = reasons.filter((reason) => reason.bump === bump);
  if (fitting.length === 0)
    return refuse("no-type-fits", {
      sentence: `No release type may carry a ${bump} bump${candidate === undefined ? "" : ` as a candidate "${candidate}"`}, which ${sayCommits(contest)}.`,
      remedy: `Add ${bump} to the \`bumps\` of a type in the policy.`,
      contest,
    });
  return refuse("type-unclear", {
    sentence: `A ${bump} bump may be released as ${fitting.join(" or ")}.`,
    remedy: "Name the release type.",
    contest: [],
  });
}

function takeWanted(
  wanted: string,
  { bump, reasons }: Least,
  { types, candidate }: { types: ReleaseTypes; candidate: string | undefined },
): Result<Choice, VersionRefusal> {
  const type = Object.hasOwn(types, wanted) ? types[wanted] : undefined;
  if (type === undefined)
    return refuse("unknown-type", {
      sentence: `The policy has no release type "${wanted}".`,
      remedy: `Name one of ${Object.keys(types).join(", ")}.`,
      contest: [],
    });
  if (candidate !== undefined && type.candidate !== candidate)
    return refuse("wrong-branch", {
      sentence: `Type ${wanted} brings no candidate "${candidate}", and this branch brings nothing else.`,
      remedy: "Name a type that does, or release from another branch.",
      contest: [],
    });
  const carried = type.bumps.filter((one) => rank(one) >= rank(bump));
  const lowest = carried.toSorted((a, b) => rank(a) - rank(b))[0];
  if (lowest !== undefined) return ok({ type: wanted, bump: lowest });
  const most = Math.max(...type.bumps.map(rank));
  const contest = reasons.filter((reason) => rank(reason.bump) > most);
  return refuse("type-contested", {
    sentence: `Type ${wanted} may not carry a ${bump} bump, which ${sayCommits(contest)}.`,
    remedy: `Release as a type that carries ${bump} bumps, or take these commits out.`,
    contest,
  });
}
