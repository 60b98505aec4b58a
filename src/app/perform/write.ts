import { err, ok, type Result } from "#core/base/result.ts";
import { dayIn } from "#core/base/time.ts";
import { sayBeside } from "#core/changelog/beside.ts";
import type { Answer } from "#core/gates/gate.ts";
import { type Release, takenBack } from "#core/release/state.ts";
import type { Work } from "#core/steps/step.ts";
import type { Commit } from "../ports/history.ts";
import type { Repository } from "../ports/outside.ts";
import type { Problem } from "../problem.ts";
import { type FileEdit, type ReadFile, releaseFiles, withdrawnFiles } from "../release-files.ts";

type WriteWork = Extract<Work, { ask: "write" }>;

/**
 * Writes version files and changelog as one commit on a branch, and pushes it. The commit says of which release it is, so
 * that a repeat after any crash finds it on the branch and only does what is left.
 */
export async function writeFiles(
  repository: Repository,
  work: WriteWork,
  release: Release,
): Promise<Answer> {
  const { plan } = release;
  const tip = await repository.resolve(`refs/heads/${work.branch}`);
  if (tip === null) return failed(`The repository has no branch ${work.branch}.`);
  const since = await sinceRelease(repository, plan.commit, tip);
  if (since === null)
    return failed(
      `Branch ${work.branch} does not contain the released commit ${plan.commit.slice(0, 8)}.`,
    );
  const trailer = `${work.withdrawn ? "Holdpoint-Withdraws" : "Holdpoint-Release"}: ${plan.release}`;
  const before = since.find(({ message }) => message.split("\n").includes(trailer));
  const made =
    before === undefined ? await make(repository, { work, release, tip, trailer }) : ok(before.id);
  if (!made.ok) return failed(made.error.map(({ sentence }) => sentence).join(" "));
  if (!work.withdrawn) await repository.mark(writtenName(plan.release), made.value);
  if (before === undefined && made.value !== tip) {
    const moved = await repository.advance(work.branch, tip, made.value);
    if (moved.outcome !== "done") return moved;
  }
  const facts = { branch: work.branch, commit: made.value };
  if (work.push === undefined) return { outcome: "done", facts };
  const now = before === undefined ? made.value : tip;
  const pushed = await repository.push(work.push, work.branch, now);
  return pushed.outcome === "done"
    ? { outcome: "done", facts: { ...facts, remote: work.push } }
    : pushed;
}

/** The name under which the commit that was written for a release is known, below `refs/holdpoint/`. */
export function writtenName(release: string): string {
  return `written/${release}`;
}

/** What came after the released commit on a branch; null where the branch does not contain it. */
async function sinceRelease(
  repository: Repository,
  commit: string,
  tip: string,
): Promise<readonly Commit[] | null> {
  if ((await repository.commits(tip, commit)).length > 0) return null;
  return await repository.commits(commit, tip);
}

interface Making {
  readonly work: WriteWork;
  readonly release: Release;
  readonly tip: string;
  readonly trailer: string;
}

/** The commit to be; the tip itself where every file says already what it should. */
async function make(
  repository: Repository,
  { work, release, tip, trailer }: Making,
): Promise<Result<string, readonly Problem[]>> {
  const read: ReadFile = (path) => repository.read(tip, path);
  const { plan } = release;
  const back = work.withdrawn ? takenBack(release) : null;
  // The same moment on each repeat, so that it is the same commit.
  const at = back?.decidedAt ?? plan.plannedAt;
  const edits = work.withdrawn
    ? await withdrawnFiles(read, plan.terms, {
        ...versionsOf(plan),
        day: dayIn(at, plan.terms.zone),
        reason: back?.reason ?? "it was taken back",
      })
    : await plannedFiles(read, plan);
  if (!edits.ok) return err(edits.error);
  if (edits.value.length === 0) return ok(tip);
  const files = edits.value.map(({ path, after }) => ({ path, text: after }));
  const beside = sayBeside(plan.components ?? []);
  const message = [work.message, ...(beside === "" ? [] : [beside]), trailer].join("\n\n");
  return ok(await repository.commitFiles({ parent: tip, files, message, at }));
}

/** What a planned release writes on top of what is there. */
export function plannedFiles(
  read: ReadFile,
  plan: Omit<Release["plan"], "phases">,
): Promise<Result<readonly FileEdit[], readonly Problem[]>> {
  const { at, terms } = plan;
  const day = dayIn(at, terms.zone);
  return releaseFiles(read, terms, { ...versionsOf(plan), day, changelog: plan.changelog ?? null });
}

function versionsOf({ version, tag, previous, components }: Omit<Release["plan"], "phases">) {
  return { version, tag, previous: previous?.version ?? null, components };
}

function failed(reason: string): Answer {
  return { outcome: "failed", reason };
}
