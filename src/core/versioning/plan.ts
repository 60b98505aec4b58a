// From commits to a version: what is released, under which number, as which type, and why.
import { err, ok, type Result } from "../base/result.ts";
import { type Asked, type Bump, type BumpReason, bumpOf, highest, rank } from "./bump.ts";
import { type Change, type CommitRecord, standing } from "./reverts.ts";
import { shortId } from "./text.ts";
import {
  bumpBetween,
  isInitial,
  isVersion,
  neverUsed,
  nextVersion,
  previousRelease,
  type Tagged,
  type TagRecord,
  tagged,
  tagOf,
} from "./version.ts";

export interface PlanInput {
  /** Tags that the commit to be released can reach. */
  readonly tags: readonly TagRecord[];
  /** The commits since `previousRelease(tags, versioning.tag)`, all where there is none; children before parents. */
  readonly commits: readonly CommitRecord[];
  /** The policy's `versioning`. */
  readonly versioning: {
    readonly tag: string;
    readonly bumps: Readonly<Record<string, Bump>>;
    readonly first: string;
  };
  /** The policy's release types. */
  readonly types: Readonly<Record<string, ReleaseType>>;
  /** Versions that were withdrawn. Their numbers are never used again, and what follows is counted on from them. */
  readonly withdrawn?: readonly string[];
  /** The type that somebody asked for; chosen by the bump where it is left out. */
  readonly wantedType?: string;
}

interface ReleaseType {
  readonly bumps: readonly Exclude<Bump, "none">[];
  /** What must be named when it is planned; such a type is never chosen by itself. */
  readonly needs?: readonly string[];
}

export interface VersionPlan {
  readonly version: string;
  readonly tag: string;
  readonly previous: Tagged | null;
  readonly bump: Exclude<Bump, "none">;
  readonly type: string;
  /** What made the bump what it is: the commits that asked for it, or the sentence that raised it. */
  readonly reasons: readonly BumpReason[];
  /** The changes that stand at its end, newest first: what notes and changelog are written from. */
  readonly changes: readonly Change[];
  /** Who wrote the commits, merges apart: authors and co-authors, sorted, each once. */
  readonly authors: readonly string[];
}

export interface VersionRefusal {
  readonly code:
    | "nothing-to-release"
    | "unknown-type"
    | "type-unclear"
    | "no-type-fits"
    | "type-contested"
    | "unreadable-version";
  /** One sentence: what is refused and why, with names. */
  readonly sentence: string;
  readonly remedy: string;
  /** The commits that stand against it. */
  readonly contest: readonly BumpReason[];
}

/**
 * The next version and all that comes with it, or why there is none. Pure: equal inputs give equal plans.
 *
 * The bump is the highest that a standing commit asks for. A wanted type that carries higher bumps only raises it to the
 * lowest of those: that is how a person plans a major release without a breaking change, or 1.0.0. A first release takes
 * everything there is, as the policy's `first` version.
 */
export function planVersion(input: PlanInput): Result<VersionPlan, VersionRefusal> {
  const { versioning, tags, commits } = input;
  if (!isVersion(versioning.first)) return unreadableFirst(versioning.first);
  const known = tagged(tags, versioning.tag);
  const previous = previousRelease(tags, versioning.tag);
  const changes = standing(commits);
  const initial = isInitial(previous?.version ?? versioning.first);
  const asked = bumpOf(changes, { bumps: versioning.bumps, initial });
  if (changes.length === 0 || (previous !== null && asked.bump === "none"))
    return nothing(previous, changes);
  const least = atLeast(asked, { known, previous, first: versioning.first });
  const chosen = chooseType(least, input);
  if (!chosen.ok) return chosen;
  const { bump, type } = chosen.value;
  const next = nextVersion(known, { previous, bump, first: versioning.first });
  const version = neverUsed(next.version, input.withdrawn ?? []);
  return ok({
    version,
    tag: tagOf(versioning.tag, version),
    previous,
    bump,
    type,
    reasons: reasonsFor(bump, least, type),
    changes,
    authors: authorsOf(commits),
  });
}

interface Least extends Asked {
  readonly bump: Exclude<Bump, "none">;
}

/** What is asked for, raised where a first release or an announced version asks for more than the commits do. */
function atLeast(
  asked: Asked,
  { known, previous, first }: { known: readonly Tagged[]; previous: Tagged | null; first: string },
): Least {
  const none = { commit: "", subject: "" };
  if (previous === null) {
    const bump = asked.bump === "none" ? "minor" : asked.bump;
    const because = `nothing was released before, so ${first} comes first`;
    return { bump, reasons: [...asked.reasons, { ...none, bump, because }] };
  }
  const bump = asked.bump === "none" ? "patch" : asked.bump;
  const { version, announced } = nextVersion(known, { previous, bump, first });
  if (announced === null) return { bump, reasons: asked.reasons };
  const raised = highest([bump, bumpBetween(previous.version, version)]);
  const because = `${announced.tag} has announced ${version}`;
  return {
    bump: raised === "none" ? bump : raised,
    reasons: [...asked.reasons, { ...none, bump: raised, because }],
  };
}

interface Choice {
  readonly type: string;
  readonly bump: Exclude<Bump, "none">;
}

/** The type for a bump: of those that may carry it and need nothing named, the one that carries the least beside it. */
function chooseType(
  { bump, reasons }: Least,
  { types, wantedType }: PlanInput,
): Result<Choice, VersionRefusal> {
  if (wantedType !== undefined) return takeWanted(wantedType, { bump, reasons }, types);
  const fitting = Object.keys(types).filter((name) => types[name]?.bumps.includes(bump));
  const free = fitting.filter((name) => (types[name]?.needs ?? []).length === 0);
  const most = (name: string) => Math.max(...(types[name]?.bumps ?? []).map(rank));
  const least = Math.min(...free.map(most));
  const [type, ...others] = free.filter((name) => most(name) === least);
  if (type !== undefined && others.length === 0) return ok({ type, bump });
  const contest = reasons.filter((reason) => reason.bump === bump);
  if (fitting.length === 0)
    return refuse("no-type-fits", {
      sentence: `No release type may carry a ${bump} bump, which ${sayCommits(contest)}.`,
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
  types: PlanInput["types"],
): Result<Choice, VersionRefusal> {
  const type = Object.hasOwn(types, wanted) ? types[wanted] : undefined;
  if (type === undefined)
    return refuse("unknown-type", {
      sentence: `The policy has no release type "${wanted}".`,
      remedy: `Name one of ${Object.keys(types).join(", ")}.`,
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

/** The reasons that made the bump what it is; where the type alone raised it, that is the reason. */
function reasonsFor(bump: Bump, least: Least, type: string): readonly BumpReason[] {
  const decisive = least.reasons.filter((reason) => reason.bump === bump);
  if (decisive.length > 0) return decisive;
  return [{ commit: "", subject: "", bump, because: `type ${type} carries no lower bump` }];
}

/** Authors and co-authors of all commits but merges: pressing the merge button writes nothing. */
function authorsOf(commits: readonly CommitRecord[]): readonly string[] {
  const people = commits
    .filter(({ parents }) => parents.length < 2)
    .flatMap(({ author, message }) => [
      author,
      ...[...message.matchAll(CO_AUTHOR)].map(([, email = ""]) => email.toLowerCase()),
    ]);
  return [...new Set(people)].filter((email) => email !== "").sort();
}

const CO_AUTHOR = /^co-authored-by:[^<\n]{0,200}<([^<>\s]{1,200})>\s*$/gim;
const SHOWN = 5;

function sayCommits(contest: readonly BumpReason[]): string {
  const shown = contest
    .slice(0, SHOWN)
    .map(({ commit, subject, because }) =>
      commit === "" ? because : `${shortId(commit)} "${subject}"`,
    );
  const more = contest.length - shown.length;
  return `is asked for by ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function nothing(previous: Tagged | null, changes: readonly Change[]) {
  const since = previous === null ? "" : ` since ${previous.tag}`;
  if (changes.length === 0)
    return refuse("nothing-to-release", {
      sentence: `There is no change to release${since}.`,
      remedy: "Commit a change, then plan again.",
      contest: [],
    });
  const types = [...new Set(changes.map(({ message }) => message.type ?? "without a type"))];
  const shown = types.sort().slice(0, 10).join(", ");
  return refuse("nothing-to-release", {
    sentence: `None of the ${changes.length} changes${since} asks for a bump (${shown}).`,
    remedy:
      "Give one of these types a bump in the policy's `versioning.bumps`, or wait for one that has.",
    contest: [],
  });
}

function unreadableFirst(first: string) {
  return refuse("unreadable-version", {
    sentence: `The policy's first version "${first}" is no SemVer version.`,
    remedy: "Write `versioning.first` as 0.1.0 or 1.0.0.",
    contest: [],
  });
}

function refuse(code: VersionRefusal["code"], more: Omit<VersionRefusal, "code">) {
  return err({ code, ...more } satisfies VersionRefusal as VersionRefusal);
}
