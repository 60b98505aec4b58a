// The parts of a repository that have versions of their own, as a plan shows them.
import { ok, type Result } from "#core/base/result.ts";
import type { PlannedComponent } from "#core/reports/plan.ts";
import { sayReasons } from "#core/versioning/bump.ts";
import type { VersioningRules } from "#core/versioning/shape.ts";
import type { History } from "./ports/history.ts";
import type { Problem } from "./problem.ts";
import { nextOfComponents } from "./versions.ts";

/** What comes next for each component at a commit, with what decided; none where the rules name none. */
export async function componentsAt(
  history: History,
  commit: string,
  rules: VersioningRules,
): Promise<Result<readonly PlannedComponent[], readonly Problem[]>> {
  if (Object.keys(rules.components).length === 0) return ok([]);
  const plans = await nextOfComponents(history, commit, rules);
  if (!plans.ok) return plans;
  return ok(
    plans.value.map(({ component, previous, bump, version, reasons }) => ({
      component,
      previous: previous?.version ?? null,
      bump,
      version,
      reasons: sayReasons(reasons.filter((reason) => reason.bump === bump)),
    })),
  );
}
