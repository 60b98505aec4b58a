// Whether the tags of a repository can be what a version is counted from, and whether those to be set are free.
import { ok, type Result } from "#core/base/result.ts";
import type { PlannedComponent } from "#core/release/plan.ts";
import type { LineTags } from "#core/versioning/lines.ts";
import type { Tagged } from "#core/versioning/version.ts";
import { claimedVersion } from "./branch.ts";
import type { Repository } from "./ports/outside.ts";
import type { Problem } from "./problem.ts";
import { refuse } from "./refuse.ts";

type Answered<Value> = Promise<Result<Value, readonly Problem[]>>;

/** What a release that ended well has set: its own tag, and those of its components. */
export interface Recorded {
  /** Its id: that of the try which ended well. */
  readonly release: string;
  readonly tag: string;
  readonly commit: string;
  readonly components?: readonly Pick<PlannedComponent, "tag">[] | undefined;
}

interface Trusting {
  readonly repository: Repository;
  /** By the id of the first release of a version; null where none of it ended well. */
  readonly recorded?: ((release: string) => Promise<Recorded | null>) | undefined;
  readonly system: string;
  readonly commit: string;
  readonly first: string;
}

/** Whether the tags can be what the count begins with: some are here, and the last ones stand where their release set them. */
export async function trustTags(
  lines: readonly LineTags[],
  { repository, recorded, system, commit, first }: Trusting,
): Answered<null> {
  if (lines.every(({ known }) => known.length === 0)) {
    const claimed = await claimedVersion(repository, commit, first);
    if (claimed === null) return ok(null);
    return refuse(
      "tags-missing",
      `package.json says version ${claimed}, but no tag of any version is here.`,
      `Fetch the tags with \`git fetch --tags\`; or, where none was ever set, write \`versioning.first: ${claimed}\`.`,
    );
  }
  if (recorded === undefined) return ok(null);
  for (const { set, found } of await setBy(lines, { recorded, system })) {
    if (await standsAs(repository, { set, found })) continue;
    const { tag } = found;
    const short = set.commit.slice(0, 12);
    return refuse(
      "tag-moved",
      `Tag ${tag} stands on commit ${found.commit.slice(0, 12)}, but its release set it on ${short}.`,
      `Set it back with \`git tag --force ${tag} ${short}\`, or fetch the right one, then plan again.`,
    );
  }
  return ok(null);
}

interface SetTag {
  readonly set: Recorded;
  readonly found: Tagged;
}

/** So many releases are looked through for the one that a component went out with: what is older was set long ago. */
const MOST_RELEASES = 50;

/** The last tags of all lines with the releases that set them, as far as those are recorded. */
async function setBy(
  [whole, ...parts]: readonly LineTags[],
  { recorded, system }: { recorded: NonNullable<Trusting["recorded"]>; system: string },
): Promise<readonly SetTag[]> {
  const sought = new Map(
    parts.flatMap(({ previous }) => (previous ? [[previous.tag, previous]] : [])),
  );
  const released = (whole?.known ?? []).filter(({ means }) => means !== "candidate");
  const found: SetTag[] = [];
  for (const one of released.slice(0, MOST_RELEASES)) {
    if (one !== whole?.previous && sought.size === 0) break;
    const set = await recorded(releaseId(system, one.version));
    if (set === null) continue;
    if (one === whole?.previous) sought.set(one.tag, one);
    for (const tag of [set.tag, ...(set.components ?? []).map((part) => part.tag)]) {
      const last = sought.get(tag);
      if (last !== undefined) found.push({ set, found: last });
      sought.delete(tag);
    }
  }
  return found;
}

/** Whether a tag is on the commit of its release, or on the one that `write` made of it. */
async function standsAs(repository: Repository, { set, found }: SetTag): Promise<boolean> {
  if (set.commit === found.commit) return true;
  if ((await repository.resolve(set.commit)) === null) return false;
  if (!(await repository.contains(set.commit, found.commit))) return false;
  const [written] = await repository.commits(set.commit, found.commit);
  return written?.message.split("\n").includes(`Holdpoint-Release: ${set.release}`) ?? false;
}

/** Whether every tag that a release will set is free, or stands on its commit already. */
export async function freeTags(
  repository: Repository,
  tags: readonly string[],
  commit: string,
): Answered<null> {
  for (const tag of tags) {
    const stands = await repository.resolve(`refs/tags/${tag}`);
    if (stands === null || stands === commit) continue;
    return refuse(
      "tag-exists",
      `Tag ${tag} exists on commit ${stands.slice(0, 12)}, which this release does not contain.`,
      "Release from a commit that contains it, or take a wrongly set tag away.",
    );
  }
  return ok(null);
}

/** `dirt-free-crm-1.4.0`: the system's name in lower case, and the version. */
export function releaseId(system: string, version: string): string {
  const name = system
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return `${name}-${version}`;
}
