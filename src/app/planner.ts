import { digestOf } from "#core/base/digest.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import { formatDuration } from "#core/base/time.ts";
import { counted } from "#core/base/words.ts";
import type { Beside } from "#core/changelog/beside.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { Draft, Plan } from "#core/release/plan.ts";
import { worstWayBack } from "#core/reports/plan.ts";
import { sayReasons } from "#core/versioning/bump.ts";
import { changesOf } from "#core/versioning/changes.ts";
import { linesOf, lineTags } from "#core/versioning/lines.ts";
import { sayWarning } from "#core/versioning/near.ts";
import { planVersion, type VersionPlan } from "#core/versioning/plan.ts";
import { tagOf } from "#core/versioning/version.ts";
import { backMerges, branchFor } from "./branch.ts";
import { bundleOf } from "./bundle.ts";
import { changelogOf, componentReports, notesBeside, plannedComponents } from "./components.ts";
import type { Commit } from "./ports/history.ts";
import type { Repository } from "./ports/outside.ts";
import type { PlanAsk, Planned, Planner } from "./ports/planner.ts";
import type { Problem } from "./problem.ts";
import { refuse } from "./refuse.ts";
import { yankedVersions } from "./release-files.ts";
import { advice, atSlot, strangerTo } from "./slot.ts";
import { freeTags, type Recorded, releaseId, trustTags } from "./tags.ts";
import { newsFor, wholeHistory } from "./versions.ts";
import { plannedEdits, sayMissing, writeNotes } from "./written.ts";

/** Reads the policy file and proves it sound; joined in src/main.ts with the reader of src/policy-file. */
type ReadPolicy = () => Promise<Result<Policy, readonly Problem[]>>;

type Answered<Value> = Promise<Result<Value, readonly Problem[]>>;

export interface Parts {
  readonly repository: Repository;
  readonly readPolicy: ReadPolicy;
  /** Versions of the system that were withdrawn. */
  readonly withdrawn?: (system: string) => Promise<readonly string[]>;
  /** Those of its components that went out with them. */
  readonly withdrawnParts?: (system: string) => Promise<readonly Beside[]>;
  readonly clock: () => Instant;
  /** The id that a release gets whose first id would be this; another where that one was aborted. */
  readonly idOf?: (first: string) => Promise<string>;
  /** What a version that came out has set, by the id of its first release; null for any other. */
  readonly recorded?: (release: string) => Promise<Recorded | null>;
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
      const found = version.value;
      const stranger = strangerTo(policy.value, found.type, found.carried);
      if (stranger !== null) return stranger;
      const notes = await writeNotes(repository, policy.value, { commit: commit.value, found });
      const first = releaseId(policy.value.system, found.version);
      const draft = await draftOf(repository, policy.value, {
        release: (await parts.idOf?.(first)) ?? first,
        ...{ found, ask, now: clock() },
        commit: commit.value,
        notes: notesBeside(notes.text, found, found),
      });
      const timed = atSlot(policy.value, draft, ask.at);
      if (!timed.ok) return timed;
      const { plan, slot } = timed.value;
      const files = await plannedEdits(repository, plan);
      if (!files.ok) return files;
      const { warnings, reasons, ...more } = reasonsOf(plan, found);
      return ok({
        plan,
        ...more,
        reasons: [...reasons, ...slot],
        warnings: [...warnings, ...sayMissing(notes, plan.type)],
        files: files.value,
        components: componentReports(policy.value, found),
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

async function versionOf(
  parts: Parts,
  policy: Policy,
  { ask, commit }: { ask: PlanAsk; commit: string },
): Answered<VersionPlan<Commit>> {
  const { repository, recorded } = parts;
  const { versioning, types, system } = policy;
  const tags = await repository.tags(commit);
  const lines = lineTags(linesOf(versioning), tags);
  const [{ known, previous } = NOTHING] = lines;
  const { first } = versioning;
  const trusted = await trustTags(lines, { repository, recorded, system, commit, first });
  if (!trusted.ok) return trusted;
  const branch = await branchFor(repository, versioning, { ref: ask.ref, commit, previous });
  if (!branch.ok) return branch;
  const all = await repository.tags(null);
  const found = planVersion({
    tags,
    given: all.map(({ name }) => name),
    commits: await newsFor(repository, lines, commit),
    versioning,
    types,
    withdrawn: await withdrawnTags(parts, policy, commit),
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
  const risen = plan.components.filter(({ bump }) => bump !== "none");
  const free = await freeTags(
    repository,
    [plan, ...risen].map(({ tag }) => tag),
    commit,
  );
  if (!free.ok) return free;
  const { version } = plan;
  const back = await backMerges(repository, versioning, { all, known, previous, version });
  if (!back.ok) return back;
  return ok({ ...plan, warnings: [...plan.warnings, ...back.value] });
}

const NOTHING = { known: [], previous: null };

/** The tags of all versions that were withdrawn: as the journal knows them, and as the changelogs of the commit mark them. */
async function withdrawnTags(
  { repository, withdrawn, withdrawnParts }: Parts,
  { system, versioning, changelog }: Policy,
  commit: string,
): Promise<readonly string[]> {
  const read = (path: string) => repository.read(commit, path);
  const ofWhole = [
    ...((await withdrawn?.(system)) ?? []),
    ...(await yankedVersions(read, changelog)),
  ].map((version) => tagOf(versioning.tag, version));
  const components = Object.entries(versioning.components);
  if (components.length === 0) return ofWhole;
  const known = (await withdrawnParts?.(system)) ?? [];
  const ofParts = components.map(async ([name, { tag, changelog: file }]) => {
    const versions = known.filter(({ component }) => component === name);
    const marked = file === undefined ? [] : await yankedVersions(read, { file });
    return [...versions.map(({ version }) => version), ...marked].map((one) => tagOf(tag, one));
  });
  return [...ofWhole, ...(await Promise.all(ofParts)).flat()];
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

async function draftOf(
  repository: Repository,
  policy: Policy,
  draft: {
    release: string;
    found: VersionPlan<Commit>;
    ask: PlanAsk;
    commit: string;
    notes: string;
    now: Instant;
  },
): Promise<Draft> {
  const { release, found, ask, commit, notes, now } = draft;
  const { previous, authors, type, version, tag } = found;
  return {
    release,
    type,
    version,
    tag,
    commit,
    notes,
    changelog: changelogOf(policy, found, found),
    why: sayReasons(found.reasons),
    components: plannedComponents(policy, found),
    authors,
    bundle: await bundleOf(repository, commit, { policy, policyDigest: digestOf(policy) }),
    previous: previous && { version: previous.version, commit: previous.commit },
    plannedAt: ask.plannedAt ?? now,
    at: ask.at ?? now,
    requester: ask.by,
    incident: ask.incident,
    changes: changesOf(found.carried),
  };
}

function reasonsOf(plan: Plan, found: VersionPlan): Omit<Planned, "plan"> {
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
      `${counted(found.carried.length, "commit")} since ${found.previous?.tag ?? "the beginning"}`,
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
