// What is written from a plan: its notes, and what it would change in the repository's files.
import { ok, type Result } from "#core/base/result.ts";
import { contributorsOf, type Notes, notesFiles, notesOf } from "#core/changelog/notes.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { Plan } from "#core/release/plan.ts";
import type { VersionPlan } from "#core/versioning/plan.ts";
import { plannedFiles } from "./perform/write.ts";
import type { Commit } from "./ports/history.ts";
import type { Repository } from "./ports/outside.ts";
import type { Planned } from "./ports/planner.ts";
import type { Problem } from "./problem.ts";
import { changedLines } from "./release-files.ts";

type Answered<Value> = Promise<Result<Value, readonly Problem[]>>;

/** The notes of what is planned; what people wrote for them is read from the commit. */
export async function writeNotes(
  repository: Pick<Repository, "read">,
  { notes: rules, links }: Pick<Policy, "notes" | "links">,
  { commit, found }: { commit: string; found: VersionPlan<Commit> },
): Promise<Notes> {
  const { version, type, changes, commits } = found;
  const written: Record<string, string> = {};
  for (const path of notesFiles(rules, version)) {
    const file = await repository.read(commit, path);
    if (file !== null && "text" in file) written[path] = file.text;
  }
  const contributors = contributorsOf(commits);
  return notesOf({ version, type, changes, contributors, written, rules, links });
}

/** What the plan's steps `write` would change in the planned commit, and what stands against it already now. */
export async function plannedEdits(
  repository: Repository,
  plan: Plan,
): Answered<NonNullable<Planned["files"]>> {
  const writes = plan.phases.some(({ steps }) => steps.some(({ kind }) => kind === "write"));
  if (!writes) return ok([]);
  const edits = await plannedFiles((path) => repository.read(plan.commit, path), plan);
  if (!edits.ok) return edits;
  return ok(edits.value.map((edit) => ({ path: edit.path, lines: changedLines(edit) })));
}

/** What the notes lack that the release type requires, as warnings. */
export function sayMissing({ missing }: Notes, type: string): readonly string[] {
  return missing.map(
    ({ title, remedy }) =>
      `a ${type} release needs notes under "${title}", and there are none: ${remedy}`,
  );
}
