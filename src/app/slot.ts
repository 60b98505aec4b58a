// When a release goes, and whether its type may carry what it carries: what the planner asks of the policy's calendar.
import { ok, type Result } from "#core/base/result.ts";
import { formatDuration, formatInZone, type Instant } from "#core/base/time.ts";
import type { Policy } from "#core/policy/policy.ts";
import { type Draft, type Plan, planOf } from "#core/release/plan.ts";
import { earliestSlot, isPreferred, planningTime } from "#core/reports/slot.ts";
import { strangersAmong } from "#core/versioning/changes.ts";
import type { Commit } from "./ports/history.ts";
import type { Problem } from "./problem.ts";
import { refuse } from "./refuse.ts";

/** The refusal of commits that the type may not carry; null where it may carry them all. */
export function strangerTo(
  { types }: Policy,
  type: string,
  commits: readonly Commit[],
): ReturnType<typeof refuse> | null {
  const { allows = [], bars = [] } = types[type] ?? {};
  const strangers = strangersAmong(commits, { allows, bars });
  if (strangers === null) return null;
  const only = allows.length > 0 ? `only ${allows.join(", ")}` : "no change";
  const but = bars.length > 0 ? ` and nothing in ${bars.join(", ")}` : "";
  return refuse(
    "change-not-allowed",
    `A release of type ${type} may carry ${only}${but}, but there is ${strangers}.`,
    "Release them as another type with `--type`, or from a branch without them with `--ref`.",
  );
}

/** The plan at its T-0: the one that was asked for, or the earliest legal slot of a type that has regular ones. */
export function atSlot(
  policy: Policy,
  draft: Draft,
  wanted: Instant | undefined,
): Result<{ plan: Plan; slot: readonly string[] }, readonly Problem[]> {
  const plan = planOf(policy, draft);
  const { zone, calendar } = plan.terms;
  const notBefore = planningTime(plan);
  const { cadence = [], lead = 0 } = plan.timing ?? {};
  if (wanted !== undefined) {
    const earliest = draft.plannedAt + lead;
    if (wanted >= earliest) return ok({ plan, slot: [] });
    return refuse(
      "lead-too-short",
      `A release of type ${draft.type} is planned at least ${formatDuration(lead)} before T-0.`,
      `Take a T-0 from ${formatInZone(earliest, zone)} on, or leave --at out.`,
    );
  }
  if (cadence.length === 0 && notBefore.length === 0) return ok({ plan, slot: [] });
  const slot = earliestSlot(plan, draft.plannedAt, notBefore);
  if (slot === null) {
    const names = Object.keys(calendar.windows).length > 0 ? cadence.join(", ") : "none";
    return refuse(
      "no-slot",
      `A release of type ${draft.type} has no legal slot within a year; its windows are ${names}.`,
      "Change the policy's calendar, or name a T-0 with `--at`.",
    );
  }
  const told = `T-0 is the earliest legal slot, ${formatInZone(slot.at, zone)}`;
  return ok({ plan: planOf(policy, { ...draft, at: slot.at }), slot: [...slot.because, told] });
}

/** What the policy would rather have: told, and holding nothing. */
export function advice(plan: Plan): readonly string[] {
  if (isPreferred(plan)) return [];
  const { prefers = [] } = plan.timing ?? {};
  return [`T-0 is outside of ${prefers.join(", ")}, which the policy prefers`];
}
