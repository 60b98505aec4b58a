import { digestOf } from "#core/base/digest.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import { formatDuration } from "#core/base/time.ts";
import { counted } from "#core/base/words.ts";
import { linkerOf } from "#core/changelog/links.ts";
import { changesText } from "#core/changelog/page.ts";
import { sorterOf } from "#core/changelog/sections.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { Draft, Plan } from "#core/release/plan.ts";
import { worstWayBack } from "#core/reports/plan.ts";
import { sayReasons } from "#core/versioning/bump.ts";
import { changesOf } from "#core/versioning/changes.ts";
import { sayWarning } from "#core/versioning/near.ts";
import { planVersion, type VersionPlan } from "#core/versioning/plan.ts";
import { type Tagged, tagged } from "#core/versioning/version.ts";
import { backMerges, branchFor, claimedVersion } from "./branch.ts";
import { bundleOf } from "./bundle.ts";
import { componentsAt } from "./components.ts";
import type { Commit } from "./ports/history.ts";
import type { Repository } from "./ports/outside.ts";
import type { PlanAsk, Planned, Planner } from "./ports/planner.ts";
import type { Problem } from "./problem.ts";
import { refuse } from "./refuse.ts";
import { yankedVersions } from "./release-files.ts";
import { advice, atSlot, strangerTo } from "./slot.ts";
import { wholeHistory } from "./versions.ts";
import { plannedEdits, sayMissing, writeNotes } from "./written.ts";

/** Reads the policy file and proves it sound; joined in src/main.ts with the reader of src/policy-file. */
type ReadPolicy = () => Promise<Result<Policy, readonly Problem[]>>;

type Answered<Value> = Promise<Result<Value, readonly Problem[]>>;

export interface Parts {
  readonly repository: Repository;
  readonly readPolicy: ReadPolicy;
  /** Versions of the system that were withdrawn. */
  readonly withdrawn?: (system: string) => Promise<readonly string[]>;
  readonly clock: () => Instant;
  /** The tag that a release which ended well has set, by its id; null for any other. */
  readonly recorded?: (release: string) => Promise<{ tag: string; commit: string } | null>;
}

/** Plans from a repository and its policy. */
export function repositoryPlanner(parts: Parts): Planner {
  const { repository, readPolicy, clock } = parts;
  return {
    policy: readPolicy,
    async plan(ask) {
      const policy = await readPolicy();
      if (!policy.ok) return policy;
      const commit = await commitOf(repository, ask.ref);
      if (!commit.ok) return commit;
      const version = await versionOf(parts, policy.value, { ask, commit: commit.value });
      if (!version.ok) return version;
      const { commits, plan: found } = version.value;
      const stranger = strangerTo(policy.value, found.type, commits);
      if (stranger !== null) return stranger;
      const notes = await writeNotes(repository, policy.value, {
        ...version.value,
        commit: commit.value,
      });
      const draft = await draftOf(repository, policy.value, {
        ...version.value,
        ask,
        commit: commit.value,
        notes: notes.text,
        now: clock(),
      });
      const timed = atSlot(policy.value, draft, ask.at);
      if (!timed.ok) return timed;
      const { plan, slot } = timed.value;
      const files = await plannedEdits(repository, plan);
      if (!files.ok) return files;
      const components = await componentsAt(repository, commit.value, policy.value.versioning);
      if (!components.ok) return components;
      const { warnings, reasons, ...more } = reasonsOf(plan, found, commits.length);
      return ok({
        plan,
        ...more,
        reasons: [...reasons, ...slot],
        warnings: [...warnings, ...sayMissing(notes, plan.type)],
        files: files.value,
        components: components.value,
      });
    },
  };
}

/** The commit to be released. Its history must be whole and the work tree clean, or the plan would be about something else. */
async function commitOf(repository: Repository, ref: string | undefined): Answered<string> {
  const whole = await wholeHistory(repository);
  if (!whole.ok) return whole;
  if (ref === undefined && (await repository.isDirty())) {
    return refuse(
      "dirty-tree",
      "The work tree has changes that are in no commit, and a release is made of commits.",
      "Commit or stash them, or name the commit to release with `--ref`.",
    );
  }
  const commit = await repository.resolve(ref ?? "HEAD");
  if (commit !== null) return ok(commit);
  return refuse(
    "no-commit",
    `The repository has no commit ${ref ?? "HEAD"}.`,
    "Name a branch, a tag or a commit that it has.",
  );
}

interface Version {
  readonly plan: VersionPlan;
  readonly commits: readonly Commit[];
}

async function versionOf(
  parts: Parts,
  { versioning, types, system, changelog }: Policy,
  { ask, commit }: { ask: PlanAsk; commit: string },
): Answered<Version> {
  const { repository } = parts;
  const known = tagged(await repository.tags(commit), versioning);
  const previous = known.find(({ means }) => means !== "candidate") ?? null;
  const trusted = await trustTags(parts, {
    known,
    previous,
    commit,
    system,
    first: versioning.first,
  });
  if (!trusted.ok) return trusted;
  const branch = await branchFor(repository, versioning, { ref: ask.ref, commit, previous });
  if (!branch.ok) return branch;
  const commits = await repository.commits(previous?.commit ?? null, commit);
  const marked = await yankedVersions((path) => repository.read(commit, path), changelog);
  const found = planVersion({
    tags: known.map(({ tag, commit: id }) => ({ name: tag, commit: id })),
    commits,
    versioning,
    types,
    withdrawn: [...((await parts.withdrawn?.(system)) ?? []), ...marked],
    branch: branch.value,
    wantedType: ask.type,
    wantedBump: ask.bump,
    ...(ask.version !== undefined && {
      wantedVersion: { version: ask.version, reason: ask.reason ?? "" },
    }),
  });
  if (!found.ok) return err([found.error]);
  const plan = found.value;
  const missing = missingNeeds(plan.type, types, ask);
  if (!missing.ok) return missing;
  const free = await freeTag(repository, plan.tag, commit);
  if (!free.ok) return free;
  const back = await backMerges(repository, versioning, { known, previous, version: plan.version });
  if (!back.ok) return back;
  return ok({ plan: { ...plan, warnings: [...plan.warnings, ...back.value] }, commits });
}

/** Whether the tags can be what the count begins with: some are here, and the last stands where its release set it. */
async function trustTags(
  { repository, recorded }: Parts,
  {
    known,
    previous,
    commit,
    system,
    first,
  }: {
    known: readonly Tagged[];
    previous: Tagged | null;
    commit: string;
    system: string;
    first: string;
  },
): Answered<null> {
  if (known.length === 0) {
    const claimed = await claimedVersion(repository, commit, first);
    if (claimed === null) return ok(null);
    return refuse(
      "tags-missing",
      `package.json says version ${claimed}, but no tag of any version is here.`,
      `Fetch the tags with \`git fetch --tags\`; or, where none was ever set, write \`versioning.first: ${claimed}\`.`,
    );
  }
  const set = previous && (await recorded?.(releaseId(system, previous.version)));
  if (!previous || !set || set.tag !== previous.tag || set.commit === previous.commit)
    return ok(null);
  return refuse(
    "tag-moved",
    `Tag ${previous.tag} stands on commit ${previous.commit.slice(0, 12)}, but its release set it on ${set.commit.slice(0, 12)}.`,
    `Set it back with \`git tag --force ${previous.tag} ${set.commit.slice(0, 12)}\`, or fetch the right one, then plan again.`,
  );
}

function missingNeeds(
  type: string,
  types: Policy["types"],
  ask: PlanAsk,
): Result<null, readonly Problem[]> {
  const missing = (types[type]?.needs ?? []).filter((need) => ask[need] === undefined);
  if (missing.length === 0) return ok(null);
  return refuse(
    "missing-need",
    `A release of type ${type} needs its ${missing.join(" and ")} named.`,
    `Add ${missing.map((need) => `\`--${need}\``).join(" ")}.`,
  );
}

async function freeTag(repository: Repository, tag: string, commit: string): Answered<null> {
  const stands = await repository.resolve(`refs/tags/${tag}`);
  if (stands === null || stands === commit) return ok(null);
  return refuse(
    "tag-exists",
    `Tag ${tag} exists on commit ${stands.slice(0, 12)}, which this release does not contain.`,
    "Release from a commit that contains it, or take a wrongly set tag away.",
  );
}

async function draftOf(
  repository: Repository,
  policy: Policy,
  draft: Version & { ask: PlanAsk; commit: string; notes: string; now: Instant },
): Promise<Draft> {
  const { ask, commit, plan: found, commits, notes, now } = draft;
  const { previous, authors, type, version, tag } = found;
  return {
    release: releaseId(policy.system, version),
    type,
    version,
    tag,
    commit,
    notes,
    changelog: changesText(
      found.changes,
      sorterOf(policy.changelog.sections),
      linkerOf(policy.links),
    ),
    why: sayReasons(found.reasons),
    authors,
    bundle: await bundleOf(repository, commit, { policy, policyDigest: digestOf(policy) }),
    previous: previous && { version: previous.version, commit: previous.commit },
    plannedAt: ask.plannedAt ?? now,
    at: ask.at ?? now,
    requester: ask.by,
    incident: ask.incident,
    changes: changesOf(commits),
  };
}

/** `dirt-free-crm-1.4.0`: the system's name in lower case, and the version. */
function releaseId(system: string, version: string): string {
  const name = system
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return `${name}-${version}`;
}

function reasonsOf(plan: Plan, found: VersionPlan, commits: number): Omit<Planned, "plan"> {
  const { target, bound, noReturn } = worstWayBack(plan);
  const warnings: string[] = [];
  if (bound > target) {
    warnings.push(
      `the way back may take ${formatDuration(bound)}, the policy promises ${formatDuration(target)}`,
    );
  }
  if (noReturn !== null) warnings.push(`the point of no return is ${noReturn}`);
  warnings.push(...advice(plan));
  return {
    bump: found.bump,
    reasons: [
      ...sayReasons(found.reasons),
      `${counted(commits, "commit")} since ${found.previous?.tag ?? "the beginning"}`,
    ],
    warnings: [...warnings, ...nearly(found)],
  };
}

const MOST_NEAR = 10;

/** What nearly counted; of much, the beginning. */
function nearly({ warnings }: VersionPlan): readonly string[] {
  const shown = warnings.slice(0, MOST_NEAR).map(sayWarning);
  const more = warnings.length - shown.length;
  return more === 0 ? shown : [...shown, `${more} more places nearly counted`];
}
