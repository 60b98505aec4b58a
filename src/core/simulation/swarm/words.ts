// What people say to releases in the swarm: those who help, and those who say what comes to their mind.

import type { Instant } from "../../base/time.ts";
import type { Command } from "../../release/commands.ts";
import { gatesOf } from "../../release/derived.ts";
import { workOf } from "../../release/evolve.ts";
import { type Release, UNANSWERED } from "../../release/state.ts";
import type { Chance } from "../chance.ts";
import { say, tickReport } from "../world.ts";
import type { Outside } from "./outside.ts";
import { EVERYONE, LEAD, OPS } from "./people.ts";
import { revised, withoutLate } from "./plans.ts";

interface Around {
  readonly outside: Outside;
  readonly absent: readonly string[];
  readonly chance: Chance;
  readonly now: Instant;
}

export const WHY = "someone has looked at it";

/** What may help a release on that cannot go on by itself, the best first. */
export function helpful(
  release: Release,
  { outside, absent, chance, now }: Around,
): readonly Command[] {
  const { stand } = release;
  // An environment that a late way back has frozen is free again only when a person says so.
  if (release.back?.frozen) return [{ ask: "unfreeze", by: LEAD, reason: WHY }];
  if (stand.at === "stopped") {
    const ways: Command[] = [
      { ask: "retry", by: LEAD },
      { ask: "rollback", by: OPS, reason: WHY },
      { ask: "abort", by: LEAD, reason: WHY },
    ];
    return chance.is(0.5) ? ways : ways.toReversed();
  }
  const doubt = workOf(stand)?.doubt;
  if (doubt) return [{ ask: "settle", by: LEAD, done: wasDone(release, outside), reason: WHY }];
  if (isLate(release))
    return [
      { ask: "revise", by: LEAD, plan: withoutLate(release.plan) },
      { ask: "rollback", by: OPS, reason: WHY },
      { ask: "abort", by: LEAD, reason: WHY },
    ];
  const word = say(release, now, absent) ?? tickReport(release, absent) ?? asksAgain(release);
  return word === null ? [] : [word];
}

/** What is really so: whether the last work for the release had its effect. */
function wasDone({ plan }: Release, { effects }: Outside): boolean {
  return (
    effects.findLast(({ release, wanted }) => release === plan.release && isWork(wanted.ask))
      ?.took ?? false
  );
}

function isWork(ask: string): boolean {
  return !["look", "claim", "free", "free-place", "tell"].includes(ask);
}

/** Whether a freeze of changes holds it, which asking again does not mend. */
function isLate({ plan, stand, gates }: Release): boolean {
  if (stand.at !== "phase" || stand.work !== null || stand.openedAt === null) return false;
  return gatesOf(plan, stand.phase).some(
    ({ gate, key }) => gate.kind === "changes" && gates[key]?.judged.verdict === "fail",
  );
}

function asksAgain({ plan, stand, gates }: Release): Command | null {
  if (stand.at !== "phase" || stand.work !== null || stand.openedAt === null) return null;
  // What asks again by itself needs nobody.
  const failed = gatesOf(plan, stand.phase).some(
    ({ key, kind }) =>
      kind.askAgain === undefined &&
      ["fail", "error", "inconclusive"].includes((gates[key] ?? UNANSWERED).judged.verdict),
  );
  return failed ? { ask: "retry", by: LEAD } : null;
}

/** Anything that anyone could say, allowed or not. */
export function meddling({ plan, stand }: Release, chance: Chance): Command {
  const by = chance.one(EVERYONE);
  const phase = stand.at === "phase" ? plan.phases[stand.phase] : undefined;
  const gate = phase?.gates[chance.upTo(phase.gates.length - 1)];
  const reason = chance.one(["", WHY]);
  const toGate: readonly Command[] =
    gate === undefined || gate.kind === "exclusive"
      ? []
      : [
          { ask: "approve", by, gate: gate.name },
          {
            ask: "tick",
            by,
            gate: gate.name,
            item: chance.one(["first", "second", "constructor"]),
          },
          { ask: "waive", by, gate: gate.name, reason },
          {
            ask: "prove",
            by,
            gate: gate.name,
            link: chance.one(["", "https://example.test/drill"]),
          },
          { ask: "retry", by, gate: gate.name },
        ];
  return chance.one<Command>([
    { ask: "retry", by },
    { ask: "abort", by, reason },
    { ask: "rollback", by, reason },
    { ask: "withdraw", by, reason },
    { ask: "settle", by, done: false, reason: "" },
    { ask: "unfreeze", by, reason },
    { ask: "discharge", by, debt: "owed-1", link: "https://example.test/report" },
    { ask: "wake", by: "holdpoint" },
    ...toGate,
    ...toGate,
    ...toGate,
  ]);
}

/** The release planned again from a bundle with other parts. */
export function replanned({ plan }: Release, chance: Chance): Command {
  return { ask: "revise", by: LEAD, plan: revised(plan, chance) };
}
