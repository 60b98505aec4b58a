import type { Instant } from "../base/time.ts";
import { type Release, type Status, statusOf } from "../release/state.ts";

/** A release in a list, as one line. */
export interface Row {
  readonly release: string;
  readonly system: string;
  readonly type: string;
  readonly version: string;
  readonly status: Status;
  readonly phase: string;
  readonly plannedAt: Instant;
  readonly updatedAt: Instant;
  readonly ended: boolean;
}

export function rowOf(release: Release, now: Instant): Row {
  const { plan, stand } = release;
  const at = stand.at === "stopped" ? stand.from : stand;
  const phase = at.at === "phase" ? (plan.phases[at.phase]?.name ?? "") : at.at;
  return {
    release: plan.release,
    system: plan.system,
    type: plan.type,
    version: plan.version,
    status: statusOf(release),
    phase,
    plannedAt: plan.plannedAt,
    updatedAt: now,
    ended: stand.at === "ended",
  };
}
