// The components of a release: what is settled of those that rise, and what a plan shows of all.
import { type Beside, besideText } from "#core/changelog/beside.ts";
import { linkerOf } from "#core/changelog/links.ts";
import { contributorsOf, notesOf } from "#core/changelog/notes.ts";
import { changesText } from "#core/changelog/page.ts";
import { sorterOf } from "#core/changelog/sections.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { PlannedComponent } from "#core/release/plan.ts";
import type { ComponentReport } from "#core/reports/plan.ts";
import { sayReasons } from "#core/versioning/bump.ts";
import type { ComponentLinePlan, LinePlan, VersionPlan } from "#core/versioning/plan.ts";
import type { Commit } from "./ports/history.ts";

/** What a policy says of what is written. */
type Rules = Pick<Policy, "changelog" | "notes" | "links">;

/** What the commits of a line tell for its changelog, and what goes out beside it. */
export function changelogOf(rules: Rules, line: LinePlan, plan: VersionPlan): string {
  const { changelog, links } = rules;
  const told = changesText(line.changes, sorterOf(changelog.sections), linkerOf(links));
  return joined(told, besideText(besideOf(line, plan)));
}

/** Notes with what goes out beside the line they are of. */
export function notesBeside(notes: string, line: LinePlan, plan: VersionPlan): string {
  return `${joined(notes.trimEnd(), besideText(besideOf(line, plan)))}\n`;
}

const joined = (...parts: readonly string[]) => parts.filter((text) => text !== "").join("\n\n");

function besideOf({ beside }: LinePlan, { components }: VersionPlan): readonly Beside[] {
  return components.filter(({ component }) => beside.includes(component));
}

/** The components that rise, as they are settled; undefined where the policy names none. */
export function plannedComponents(
  rules: Rules,
  plan: VersionPlan<Commit>,
): readonly PlannedComponent[] | undefined {
  if (plan.components.length === 0) return undefined;
  return plan.components
    .filter(({ bump }) => bump !== "none")
    .map((line) => ({
      ...{ component: line.component, bump: line.bump, version: line.version, tag: line.tag },
      previous: line.previous?.version ?? null,
      changelog: changelogOf(rules, line, plan),
      notes: componentNotes(rules, line, plan),
      why: sayReasons(line.reasons),
    }));
}

/** What people write in files is of the whole: a component's notes are what its commits tell. */
function componentNotes(
  { notes: rules, links }: Rules,
  line: ComponentLinePlan<Commit>,
  plan: VersionPlan<Commit>,
): string {
  const { version, changes, commits } = line;
  const contributors = contributorsOf(commits);
  const about = { version, type: plan.type, changes, contributors, written: {}, rules, links };
  return notesBeside(notesOf(about).text, line, plan);
}

/** Every component as a plan shows it. */
export function componentReports(rules: Rules, plan: VersionPlan): readonly ComponentReport[] {
  return plan.components.map((line) => {
    const { component, previous, bump, version, tag, reasons } = line;
    const changelog = bump === "none" ? "" : changelogOf(rules, line, plan);
    return {
      ...{ component, bump, version, tag, changelog },
      previous: previous?.version ?? null,
      reasons: bump === "none" ? [] : sayReasons(reasons),
    };
  });
}
