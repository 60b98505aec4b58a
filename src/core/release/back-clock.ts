// The clock of the way back: how long each part of a rollback took, against what the policy promised.
//
//   decided -> weight-0 (the new version gets no traffic) -> drained (it is stopped) -> validated (the old one is proved well)
//   the target passes first: late; then the most that a complex one may take: very late, and its environment is frozen
//   until a person lifts that, because nobody knows what runs there
import { formatDuration, type Instant, type Millis } from "../base/time.ts";
import type { ReleaseEvent } from "./events.ts";
import type { Terms } from "./plan.ts";
import type { Release, Stand, Work } from "./state.ts";

/** In the order in which they are reached. */
export const BACK_MOMENTS = ["weight-0", "drained", "validated"] as const;
export type BackMoment = (typeof BACK_MOMENTS)[number];

export interface BackClock {
  readonly decidedAt: Instant;
  /** How long after the decision each moment was reached. */
  readonly took: Readonly<Partial<Record<BackMoment, Millis>>>;
  /** The limits that have passed without its end. */
  readonly late: readonly Late[];
  /** The environment that no release may enter until a person says so. */
  readonly frozen: string | null;
}

export type Late = "target" | "most";

function startClock(at: Instant): BackClock {
  return { decidedAt: at, took: {}, late: [], frozen: null };
}

/** Limits of a rollback in ms; where the policy gives no longest time, twice the target. */
export function limitsOf({ target, most }: Terms["rollback"]): Readonly<Record<Late, Millis>> {
  return { target, most: most ?? 2 * target };
}

/** What the clock says at `now` that is not recorded yet. */
export function clockEvents(release: Release, now: Instant): readonly ReleaseEvent[] {
  const { back, stand, plan } = release;
  const from = backFrom(stand);
  if (back === null || from === null) return [];
  const elapsed = now - back.decidedAt;
  const measured = reached(from.work)
    .filter((moment) => back.took[moment] === undefined)
    .map((moment) => ({ type: "RollbackMeasured", moment, took: elapsed }) as const);
  if (measured.length > 0) return measured;
  const limits = limitsOf(plan.terms.rollback);
  for (const limit of ["target", "most"] as const) {
    if (elapsed < limits[limit] || back.late.includes(limit) || isOver(from.work)) continue;
    const frozen = limit === "most" ? toFreeze(release) : null;
    if (frozen !== null) return [{ type: "EnvironmentFrozen", environment: frozen }];
    return [{ type: "RollbackLate", limit, length: limits[limit] }];
  }
  return [];
}

/** The next moment at which the clock alone says something. */
export function clockWake({ back, stand, plan }: Release): Instant | null {
  const from = backFrom(stand);
  if (back === null || from === null || isOver(from.work)) return null;
  const limits = limitsOf(plan.terms.rollback);
  const open = (["target", "most"] as const).filter((limit) => !back.late.includes(limit));
  return open.length === 0
    ? null
    : back.decidedAt + Math.min(...open.map((limit) => limits[limit]));
}

/** The clock after one of the events that are about it. */
export function clockAfter(
  back: BackClock | null,
  event: ReleaseEvent,
  at: Instant,
): BackClock | null {
  if (event.type === "RollbackDecided") return startClock(at);
  if (back === null) return null;
  switch (event.type) {
    case "RollbackMeasured":
      return { ...back, took: { ...back.took, [event.moment]: event.took } };
    case "RollbackLate":
      return { ...back, late: [...back.late, event.limit] };
    case "EnvironmentFrozen":
      return { ...back, frozen: event.environment };
    case "EnvironmentUnfrozen":
      return { ...back, frozen: null };
    default:
      return back;
  }
}

/** The rollback under way, be it stopped for a person. */
function backFrom(stand: Stand): Extract<Stand, { at: "rollback" }> | null {
  const from = stand.at === "stopped" ? stand.from : stand;
  return from.at === "rollback" ? from : null;
}

function isOver({ steps, step }: Work): boolean {
  return step >= steps.length;
}

/** The moments that the steps done so far have brought about; a way back without such a step has no such moment. */
function reached({ steps, step }: Work): readonly BackMoment[] {
  const isDone = (index: number) => index >= 0 && index < step;
  const last = {
    "weight-0": steps.findLastIndex(({ kind }) => kind === "shift"),
    drained: steps.findLastIndex(({ kind }) => kind === "retire"),
    validated: steps.findLastIndex(({ id }) => id.startsWith("rollback/verify-")),
  };
  return BACK_MOMENTS.filter((moment) => isDone(last[moment]));
}

/** The environment that is to be kept from others; only what the release has claimed can be. */
function toFreeze({ guard, claims, back }: Release): string | null {
  const environment = guard?.environment ?? claims[0];
  if (environment === undefined || back?.frozen === environment) return null;
  return claims.includes(environment) ? environment : null;
}

/** How late, for people. */
export function sayLate(limit: Late, length: Millis): string {
  return limit === "target"
    ? `the rollback takes longer than the promised ${formatDuration(length)}`
    : `the rollback takes longer than ${formatDuration(length)}, the most that was allowed`;
}
