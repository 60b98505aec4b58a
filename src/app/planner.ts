import { digestOf } from "#core/base/digest.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import { formatDuration } from "#core/base/time.ts";
import type { Policy } from "#core/policy/policy.ts";
import { type Plan, planOf } from "#core/release/plan.ts";
import { worstWayBack } from "#core/reports/plan.ts";
import { planVersion, type VersionPlan } from "#core/versioning/plan.ts";
import { previousRelease } from "#core/versioning/version.ts";
import { bundleOf } from "./bundle.ts";
import type { Commit, Repository } from "./ports/outside.ts";
import type { PlanAsk, Planned, Planner } from "./ports/planner.ts";
import type { Problem } from "./problem.ts";

/** Reads the policy file and proves it sound; joined in src/main.ts with the reader of src/policy-file. */
export type ReadPolicy = () => Promise<Result<Policy, readonly Problem[]>>;

type Answered<Value> = Promise<Result<Value, readonly Problem[]>>;

/** Plans from a repository and its policy. */
export function repositoryPlanner(parts: {
  readonly repository: Repository;
  readonly readPolicy: ReadPolicy;
  readonly clock: () => Instant;
}): Planner {
  const { repository, readPolicy, clock } = parts;
  return {
    async plan(ask) {
      const policy = await readPolicy();
      if (!policy.ok) return policy;
      const commit = await commitOf(repository, ask.ref);
      if (!commit.ok) return commit;
      const version = await versionOf(repository, policy.value, { ask, commit: commit.value });
      if (!version.ok) return version;
      const { commits, plan: found } = version.value;
      const plan = await assemble(repository, policy.value, {
        ask,
        commit: commit.value,
        found,
        now: clock(),
      });
      return ok({ plan, ...reasonsOf(plan, found, commits.length) });
    },
  };
}

/** The commit to be released. Its history must be whole and the work tree clean, or the plan would be about something else. */
async function commitOf(repository: Repository, ref: string | undefined): Answered<string> {
  if (await repository.isShallow()) {
    return refuse(
      "shallow-clone",
      "The clone is shallow, so commits and tags are missing from its history.",
      "Fetch all of it with `git fetch --unshallow --tags`, then plan again.",
    );
  }
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
  repository: Repository,
  { versioning, types }: Policy,
  { ask, commit }: { ask: PlanAsk; commit: string },
): Answered<Version> {
  const tags = await repository.tags(commit);
  const previous = previousRelease(tags, versioning);
  const commits = await repository.commits(previous?.commit ?? null, commit);
  const found = planVersion({
    tags,
    commits,
    versioning,
    types,
    ...(ask.type && { wantedType: ask.type }),
  });
  if (!found.ok) return err([found.error]);
  const { type, tag } = found.value;
  const missing = (types[type]?.needs ?? []).filter((need) => ask[need] === undefined);
  if (missing.length > 0) {
    return refuse(
      "missing-need",
      `A release of type ${type} needs its ${missing.join(" and ")} named.`,
      `Add ${missing.map((need) => `\`--${need}\``).join(" ")}.`,
    );
  }
  const tagged = await repository.resolve(`refs/tags/${tag}`);
  if (tagged !== null && tagged !== commit) {
    return refuse(
      "tag-exists",
      `Tag ${tag} exists on commit ${tagged.slice(0, 12)}, which this release does not contain.`,
      "Release from a commit that contains it, or take a wrongly set tag away.",
    );
  }
  return ok({ plan: found.value, commits });
}

async function assemble(
  repository: Repository,
  policy: Policy,
  { ask, commit, found, now }: { ask: PlanAsk; commit: string; found: VersionPlan; now: Instant },
): Promise<Plan> {
  const { previous, authors, type, version, tag, notes } = found;
  return planOf(policy, {
    release: releaseId(policy.system, version),
    type,
    version,
    tag,
    commit,
    notes,
    authors,
    bundle: await bundleOf(repository, commit, { policy, policyDigest: digestOf(policy) }),
    previous: previous && { version: previous.version, commit: previous.commit },
    plannedAt: now,
    at: ask.at ?? now,
    requester: ask.by,
    incident: ask.incident,
  });
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
  const reasons = found.reasons.map(({ commit, subject, because }) =>
    commit === "" ? because : `${commit.slice(0, 12)} ${subject}: ${because}`,
  );
  return {
    bump: found.bump,
    reasons: [...reasons, `${commits} commits since ${found.previous?.tag ?? "the beginning"}`],
    warnings,
  };
}

function refuse(
  code: string,
  sentence: string,
  remedy: string,
): { ok: false; error: readonly Problem[] } {
  return { ok: false, error: [{ code, sentence, remedy }] };
}
