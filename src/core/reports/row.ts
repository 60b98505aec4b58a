import type { Instant } from "../base/time.ts";
import type { Release } from "../release/state.ts";

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

export const STATUSES = [
  "waiting",
  "held",
  "working",
  "in-doubt",
  "rolling-back",
  "stopped",
  "stable",
  "rolled-back",
  "aborted",
] as const;
/** Where a release stands, in one word. */
export type Status = (typeof STATUSES)[number];

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

export function statusOf({ stand }: Release): Status {
  if (stand.at === "ended") return stand.how;
  if (stand.at === "stopped") return "stopped";
  if (stand.work?.doubt) return "in-doubt";
  if (stand.at === "rollback") return "rolling-back";
  if (stand.openedAt === null) return "waiting";
  return stand.work === null ? "held" : "working";
}
