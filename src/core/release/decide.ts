import { never, ok, type Result } from "../base/result.ts";
import { formatDuration, type Instant } from "../base/time.ts";
import { everyoneAt, peopleAt } from "../gates/staff.ts";
import { advance } from "./advance.ts";
import type { Command } from "./commands.ts";
import { decideDischarge } from "./debts.ts";
import { decideAnswer, decideSettle } from "./decide-answer.ts";
import { decideApprove, decideProve, decideTick, decideWaive } from "./decide-gate.ts";
import { decideRevise } from "./decide-revise.ts";
import { gatesOf } from "./derived.ts";
import type { Happened, ReleaseEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import { isKnown, rosterOf, stranger } from "./people.ts";
import type { Plan } from "./plan.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { rollbackPlan } from "./rollback.ts";
import type { Release, Stand } from "./state.ts";
import { decideWithdraw, isWithdrawing, whileWithdrawing } from "./withdrawal.ts";

export interface Decision {
  readonly happened: readonly Happened[];
  readonly release: Release;
}

/** Events that one command may lead to: far above any real policy, so that a loop in the rules is found at once. */
const MOST_EVENTS = 10_000;

/**
 * What may happen, and why not: the command's own events, then all that the rules and the clock make of them. Pure; the
 * same state, command and moment give the same decision for ever.
 */
export function decide(
  release: Release | null,
  command: Command,
  now: Instant,
): Result<Decision, Refusal> {
  const asked = decideCommand(release, command, now);
  if (!asked.ok) return asked;
  const happened: Happened[] = [];
  let state = release;
  let events = asked.value;
  let { by } = command;
  do {
    for (const event of events) {
      if (happened.length > MOST_EVENTS)
        throw new Error(`the rules do not come to rest at ${event.type}`);
      const one = { at: now, by, event };
      happened.push(one);
      state = evolve(state, one);
    }
    if (state === null) throw new Error("a decision without a release");
    events = advance(state, now);
    by = "holdpoint";
  } while (events.length > 0);
  return ok({ happened, release: state });
}

type Events = Result<readonly ReleaseEvent[], Refusal>;

function decideCommand(release: Release | null, command: Command, now: Instant): Events {
  if (command.ask === "plan") return decidePlan(release, command.plan);
  if (release === null)
    return refuse(
      "no-release",
      "There is no such release.",
      "See `holdpoint status` for those there are.",
    );
  if (command.ask === "wake") return ok([]);
  if (command.ask === "answer") return decideAnswer(release, command, now);
  if (command.ask === "unfreeze") return decideUnfreeze(release, command);
  if (command.ask === "discharge") return decideDischarge(release, command, now);
  if (command.ask === "withdraw") return decideWithdraw(release, command, now);
  if (release.stand.at === "ended") {
    return refuse(
      "release-ended",
      `Release ${release.plan.release} is ${release.stand.how}; what has ended never opens again.`,
      "Plan a new release.",
    );
  }
  const finishes = command.ask === "retry" || command.ask === "settle";
  if (isWithdrawing(release.stand) && !finishes) return whileWithdrawing(release);
  switch (command.ask) {
    case "revise":
      return decideRevise(release, command);
    case "approve":
      return decideApprove(release, command, now);
    case "tick":
      return decideTick(release, command, now);
    case "prove":
      return decideProve(release, command, now);
    case "waive":
      return decideWaive(release, command, now);
    case "retry":
      return decideRetry(release, command);
    case "rollback":
      return decideRollback(release, command, now);
    case "abort":
      return decideAbort(release, command);
    case "settle":
      return decideSettle(release, command);
    default:
      return never(command);
  }
}

function decidePlan(release: Release | null, plan: Plan): Events {
  if (release !== null) {
    return refuse(
      "release-exists",
      `Release ${plan.release} is known already.`,
      `See \`holdpoint status ${plan.release}\`.`,
    );
  }
  return ok([{ type: "ReleasePlanned", plan }]);
}

function decideRetry(
  release: Release,
  { by, gate }: { by: string; gate?: string | undefined },
): Events {
  const { stand, plan } = release;
  if (!isKnown(plan, by)) return stranger(by);
  if (stand.at === "stopped") return ok([{ type: "ReleaseResumed" }]);
  const held = stand.at === "phase" && stand.work === null ? gatesOf(plan, stand.phase) : [];
  const failed = held
    .filter((placed) => gate === undefined || gate === placed.gate.name)
    .filter(({ key }) =>
      ["fail", "error", "inconclusive"].includes(release.gates[key]?.judged.verdict ?? ""),
    );
  if (failed.length === 0) {
    return refuse(
      "nothing-to-retry",
      "Nothing has failed, so there is nothing to retry.",
      `See \`holdpoint status ${plan.release}\` for what it waits for.`,
    );
  }
  return ok(failed.map(({ key }) => ({ type: "GateAskedAgain", gate: key })));
}

function decideRollback(
  release: Release,
  { by, reason }: { by: string; reason: string },
  now: Instant,
): Events {
  const { stand, plan, begun } = release;
  const { roles } = plan.terms.rollback;
  const roster = rosterOf(plan);
  const may =
    roles.length > 0
      ? roles.flatMap((role) => peopleAt(roster, role, now))
      : everyoneAt(roster, now);
  if (!may.includes(by)) {
    return refuse(
      "not-allowed",
      `${by} may not order a rollback.`,
      `Ask one of ${[...new Set(may)].join(", ")}.`,
    );
  }
  if (reason.trim() === "")
    return refuse("reason-missing", "A rollback needs a reason.", "Say why with `--reason`.");
  if (isRollingBack(stand)) return rollingBack(release);
  const way = rollbackPlan(plan, begun);
  if (way.noReturn !== null) {
    return refuse(
      "past-no-return",
      `The release is past the point of no return, ${way.noReturn.step}: ${way.noReturn.why}.`,
      "Fail forward: plan a release with the fix, or one of the former version.",
    );
  }
  if (way.undo.length === 0) {
    return refuse(
      "nothing-to-undo",
      "No step with an effect has begun, so there is nothing to roll back.",
      `Use \`holdpoint abort ${plan.release}\`.`,
    );
  }
  const { steps, bound } = way;
  return ok([{ type: "RollbackDecided", reason, automatic: false, steps, bound, badSince: null }]);
}

/**
 * Ends a release whose effects need no undoing, or cannot be undone any more: past the point of no return it is the only
 * end left to one that does not get on, and the next release needs its environment.
 */
function decideAbort(release: Release, { by, reason }: { by: string; reason: string }): Events {
  const { plan, stand, begun } = release;
  if (!isKnown(plan, by)) return stranger(by);
  if (reason.trim() === "")
    return refuse("reason-missing", "Aborting needs a reason.", "Say why with `--reason`.");
  if (isRollingBack(stand)) return rollingBack(release);
  const way = rollbackPlan(plan, begun);
  if (way.undo.length > 0) {
    return refuse(
      "undo-first",
      `The release has had effects that take up to ${formatDuration(way.bound)} to undo; it must be rolled back, not aborted.`,
      `Use \`holdpoint rollback ${plan.release}\`.`,
    );
  }
  return ok([{ type: "ReleaseEnded", how: "aborted", reason }]);
}

/** A person says that the environment is as it should be; also after the end, since that does not say so. */
function decideUnfreeze(release: Release, { by, reason }: { by: string; reason: string }): Events {
  const { back, plan } = release;
  if (back === null || back.frozen === null) {
    return refuse(
      "nothing-frozen",
      "No environment is frozen by this release.",
      `See \`holdpoint status ${plan.release}\`.`,
    );
  }
  if (!isKnown(plan, by)) return stranger(by);
  if (reason.trim() === "")
    return refuse(
      "reason-missing",
      "This needs a reason.",
      "Say with `--reason` what you have seen.",
    );
  return ok([{ type: "EnvironmentUnfrozen", environment: back.frozen, reason }]);
}

/** A rollback stays one while it has stopped for a person: what it has undone must not be undone under new keys. */
function isRollingBack(stand: Stand): boolean {
  return stand.at === "rollback" || (stand.at === "stopped" && stand.from.at === "rollback");
}

function rollingBack({ stand, plan }: Release): ReturnType<typeof refuse> {
  return stand.at === "stopped"
    ? refuse(
        "rolling-back",
        "The release's rollback has stopped and must be taken to its end.",
        `Mend what it failed at, then use \`holdpoint retry ${plan.release}\`.`,
      )
    : refuse(
        "rolling-back",
        "The release is being rolled back already.",
        `Watch it with \`holdpoint status ${plan.release}\`.`,
      );
}
