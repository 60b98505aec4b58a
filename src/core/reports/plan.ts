import type { Instant, Millis } from "../base/time.ts";
import { dayIn } from "../base/time.ts";
import { sayPower } from "../judge/power.ts";
import type { Traffic } from "../judge/step-length.ts";
import type { Bundle, Plan } from "../release/plan.ts";
import { rollbackPlan } from "../release/rollback.ts";
import { lengthsOf, type shift } from "../steps/shift.ts";
import { stepKind } from "../steps/table.ts";
import { earliestSlot, planningTime } from "./slot.ts";

/** What comes next for a component. */
export interface ComponentReport {
  readonly component: string;
  /** Null where it was never released. */
  readonly previous: string | null;
  readonly bump: string;
  /** The previous one where nothing asks for a bump. */
  readonly version: string;
  readonly tag: string;
  /** What goes into its own changelog; empty where it does not rise. */
  readonly changelog: string;
  readonly reasons: readonly string[];
}

/** What a release would be: shown before anything is recorded. */
export interface PlanReport {
  readonly release: string;
  readonly system: string;
  readonly type: string;
  readonly version: string;
  readonly previous: string | null;
  readonly tag: string;
  readonly commit: string;
  readonly bundle: Bundle;
  readonly bump: string;
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  readonly notes: string;
  /** What the commits tell for the changelog, and the day that stands above it there. */
  readonly changelog: string;
  readonly day: string;
  /** What the steps `write` would change in which files, line by line. */
  readonly files: readonly { readonly path: string; readonly lines: readonly string[] }[];
  /** Every component, those that stay as they are, too; none where the policy names none. */
  readonly components: readonly ComponentReport[];
  readonly at: Instant;
  /** When all its windows are open for the first time; null when that is never within a year. */
  readonly earliest: Instant | null;
  readonly phases: readonly {
    readonly name: string;
    readonly environment: string | null;
    readonly opensAt: Instant | null;
    readonly gates: readonly {
      readonly name: string;
      readonly kind: string;
      readonly owner: string | null;
    }[];
    readonly steps: readonly string[];
    /** Longest time its steps may take. */
    readonly bound: Millis;
  }[];
  /** How long each weight of its shifts lasts, where the traffic decides that. */
  readonly lengths: readonly {
    readonly phase: string;
    /** In basis points. */
    readonly weight: number;
    readonly length: Millis;
    readonly said: string;
  }[];
  /** What the judge will see at each weight, in a sentence each; nothing where the traffic is not known. */
  readonly judge: readonly string[];
  readonly rollback: {
    readonly target: Millis;
    /** Longest time the way back may take from the worst point that still has one. */
    readonly bound: Millis;
    readonly noReturn: string | null;
  };
}

export function planReport(
  {
    plan,
    bump,
    reasons,
    warnings,
    files = [],
    components = [],
    traffic = {},
  }: {
    plan: Plan;
    bump: string;
    reasons: readonly string[];
    warnings: readonly string[];
    files?: PlanReport["files"] | undefined;
    components?: PlanReport["components"] | undefined;
    /** What each environment was measured to have. */
    traffic?: Readonly<Record<string, Traffic | null>> | undefined;
  },
  now: Instant,
): PlanReport {
  const { release, system, type, version, tag, commit, bundle, notes, at } = plan;
  return {
    release,
    system,
    type,
    version,
    tag,
    commit,
    bundle,
    notes,
    changelog: plan.changelog ?? "",
    day: dayIn(at, plan.terms.zone),
    files,
    components,
    at,
    bump,
    reasons,
    warnings,
    previous: plan.previous?.version ?? null,
    earliest: earliestSlot(plan, Math.max(now, at), planningTime(plan))?.at ?? null,
    phases: plan.phases.map((phase) => ({
      name: phase.name,
      environment: phase.environment ?? null,
      opensAt: phase.opensAt,
      gates: phase.gates.map(({ name, kind, owner }) => ({ name, kind, owner: owner ?? null })),
      steps: phase.steps.map(({ kind }) => kind),
      bound: phase.steps.reduce((sum, { kind, config }) => sum + stepKind(kind).bound(config), 0),
    })),
    ...shiftsOf(plan, traffic),
    rollback: worstWayBack(plan),
  };
}

/** What the traffic makes of the plan's shifts. */
function shiftsOf(
  { phases }: Plan,
  traffic: Readonly<Record<string, Traffic | null>>,
): Pick<PlanReport, "lengths" | "judge"> {
  const shifts = phases.flatMap(({ name: phase, environment = "", steps }) =>
    steps
      .filter(({ kind }) => kind === "shift")
      .map(({ config }) => ({
        phase,
        config: config as Parameters<typeof shift.next>[0],
        here: traffic[environment] ?? null,
      })),
  );
  const lengths = shifts.flatMap(({ phase, config, here }) =>
    lengthsOf(config, here).map((length) => ({ phase, ...length })),
  );
  const judge = shifts.flatMap(({ config, here }) =>
    here === null
      ? []
      : config.weights
          .filter((weight) => weight > 0)
          .flatMap((weight) => sayPower({ ...here, weight: weight / 10_000 })),
  );
  return { lengths, judge: [...new Set(judge)] };
}

/** The longest way back over all points of the plan that have one, and the step after which there is none. */
export function worstWayBack(plan: Plan): PlanReport["rollback"] {
  const steps = plan.phases.flatMap((phase) => phase.steps);
  const bounds = steps.map((_, at) => rollbackPlan(plan, steps.slice(0, at + 1)).bound);
  const { noReturn } = rollbackPlan(plan, steps);
  return {
    target: plan.terms.rollback.target,
    bound: Math.max(0, ...bounds),
    noReturn: noReturn === null ? null : `${noReturn.step}: ${noReturn.why}`,
  };
}
