import { formatDuration } from "#core/base/time.ts";
import type { StatusReport } from "#core/reports/status.ts";

/** What the release as a whole can be told. The server decides all the same; this only spares people a refusal. */
export interface Orders {
  readonly retry: boolean;
  readonly settle: boolean;
  /** What rolling back would do and how long it may take; null where there is nothing to roll back. */
  readonly rollback: string | null;
  readonly abort: boolean;
  /** Whether its version is out, so that it can be taken back as a record. */
  readonly withdraw: boolean;
  /** Whether it may be planned again: before any of its work has begun. */
  readonly revise: boolean;
  /** The environment that a late rollback has frozen; null where none is. */
  readonly unfreeze: string | null;
}

export function ordersFor({ status, ended, rollback, withdrawal, phases }: StatusReport): Orders {
  const turning = status === "rolling-back" || rollback.decidedAt !== null || withdrawal !== null;
  const wayBack = rollback.steps.length > 0 && rollback.noReturn === null;
  return {
    retry: status === "stopped",
    settle: status === "in-doubt",
    rollback:
      ended || turning || !wayBack
        ? null
        : `It takes at most ${formatDuration(rollback.bound)}: ${rollback.steps.join(", ")}.`,
    abort: !ended && !turning && rollback.steps.length === 0 && rollback.noReturn === null,
    withdraw: status === "stable",
    revise:
      !ended &&
      !turning &&
      phases.every(({ steps }) => steps.every(({ state }) => state === "to come")),
    unfreeze: rollback.frozen,
  };
}
