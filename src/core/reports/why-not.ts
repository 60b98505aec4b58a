// Why a release does not go on now: the smallest set of holds that must be lifted, who can lift each, and when it may go
// at the earliest. Every hold of a phase must pass, so the set is that of the unmet ones, and no smaller one will do.

import type { Instant } from "../base/time.ts";
import { letsGo } from "../gates/gate.ts";
import { gateKind } from "../gates/table.ts";
import { gatesOf } from "../release/derived.ts";
import { workOf } from "../release/evolve.ts";
import { type Release, UNANSWERED } from "../release/state.ts";
import type { GateReport } from "./gate-report.ts";
import { earliestSlot, type NotBefore, type Slot } from "./slot.ts";

export interface WhyNot {
  /** Why it does not go on, in one sentence; empty while it goes on by itself. */
  readonly why: string;
  /** The unmet holds of the phase it stands in: the minimal set that must be lifted. */
  readonly holds: readonly GateReport[];
  /** The holds that are still to come in later phases, in order. */
  readonly ahead: readonly HoldAhead[];
  /** The earliest legal slot of its work, and what moves it there; null once it has begun, or where there is none. */
  readonly earliest: Slot | null;
}

/** A hold of a later phase that has not passed yet. */
export interface HoldAhead {
  readonly phase: string;
  readonly gate: string;
  readonly kind: string;
  readonly owner: string | null;
  /** What must be so that it passes. */
  readonly asks: string;
  /** Not before this moment; null: as soon as the phase before has passed. */
  readonly opensAt: Instant | null;
}

/**
 * Why not now: what `status` and `why-not` tell of a release.
 * @param held the gates of the phase that holds it, as they are judged now; none where no phase does
 */
export function whyNot(release: Release, held: readonly GateReport[], now: Instant): WhyNot {
  const holds = held.filter(isUnmet);
  return {
    why: reason(release, holds),
    holds,
    ahead: ahead(release),
    earliest: earliest(release, holds, now),
  };
}

function isUnmet(gate: GateReport): boolean {
  return gate.level === "hold" && !letsGo(gate);
}

function reason(release: Release, holds: readonly GateReport[]): string {
  const { stand, plan } = release;
  if (stand.at === "stopped") return stand.reason;
  if (stand.at === "ended") return "";
  const doubt = workOf(stand)?.doubt;
  if (doubt) return `it is not known whether a step was done: ${doubt.reason}`;
  if (stand.at !== "phase") return "";
  if (release.pause !== null)
    return `freeze ${release.pause.freeze} keeps work from going on: ${release.pause.reason}`;
  if (stand.openedAt === null) return `phase ${plan.phases[stand.phase]?.name} opens later`;
  return holds.map(({ name, reason: said }) => `${name}: ${said}`).join("; ");
}

/** What was answered ahead of its phase, as a notice may be, holds no more. */
function ahead({ plan, stand, gates }: Release): readonly HoldAhead[] {
  if (stand.at !== "phase") return [];
  const first = stand.openedAt === null ? stand.phase : stand.phase + 1;
  return plan.phases.slice(first).flatMap(({ name: phase, opensAt }, index) =>
    gatesOf(plan, first + index).flatMap(({ key, gate: { name, kind, level, owner, config } }) => {
      if (level !== "hold" || letsGo((gates[key] ?? UNANSWERED).judged)) return [];
      const asks = gateKind(kind).say(config);
      return [{ phase, gate: name, kind, owner: owner ?? null, asks, opensAt }];
    }),
  );
}

/** Before its work begins: from the moments on at which the clock lets go of what holds it now, and of phases to come. */
function earliest(release: Release, holds: readonly GateReport[], now: Instant): Slot | null {
  const { stand, begun, plan } = release;
  if (stand.at !== "phase" || begun.length > 0) return null;
  const waits = holds.flatMap(({ name, kind, until }): NotBefore[] => {
    if (kind === "window" || until === null) return [];
    return [{ at: until, why: `${name} holds` }];
  });
  return earliestSlot(plan, now, [...waits, ...opening(release)]);
}

/** The latest opening of the phases up to the one whose steps begin the work. */
function opening({ plan, stand }: Release): NotBefore[] {
  if (stand.at !== "phase") return [];
  const works = plan.phases.findIndex(({ steps }) => steps.length > 0);
  const between = plan.phases.slice(stand.phase, works < 0 ? undefined : works + 1);
  const latest = between.reduce<NotBefore | null>((last, { name, opensAt }) => {
    if (opensAt === null || opensAt <= (last?.at ?? Number.NEGATIVE_INFINITY)) return last;
    return { at: opensAt, why: `phase ${name} opens then` };
  }, null);
  return latest === null ? [] : [latest];
}
