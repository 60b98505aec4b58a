// Taking back a version that is out: it turned out bad after its release had ended well. Nothing is undone, since others
// have it; what was written and published says from now on that it was withdrawn, and its number is never used again.
import { never, ok, type Result } from "../base/result.ts";
import type { Instant } from "../base/time.ts";
import { peopleAt } from "../gates/staff.ts";
import type { Command } from "./commands.ts";
import type { ReleaseEvent } from "./events.ts";
import { rosterOf } from "./people.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { recordSteps } from "./rollback.ts";
import type { Release, Stand } from "./state.ts";

type Events = Result<readonly ReleaseEvent[], Refusal>;

/** Someone whom the policy names takes a version back that is out, and says why. */
export function decideWithdraw(
  release: Release,
  { by, reason }: Extract<Command, { ask: "withdraw" }>,
  now: Instant,
): Events {
  const { plan, begun } = release;
  const { withdrawals } = plan.terms;
  if (withdrawals === undefined) {
    return refuse(
      "no-withdrawals",
      `The policy that ${plan.release} was released under lets nobody withdraw a version.`,
      "Mark it [YANKED] in the changelog by hand, and name the roles under `withdrawals` for the releases to come.",
    );
  }
  const may = withdrawals.roles.flatMap((role) => peopleAt(rosterOf(plan), role, now));
  if (!may.includes(by)) {
    return refuse(
      "not-allowed",
      `${by} may not withdraw a version.`,
      `Ask one of ${[...new Set(may)].join(", ")}.`,
    );
  }
  if (reason.trim() === "")
    return refuse("reason-missing", "A withdrawal needs a reason.", "Say why with `--reason`.");
  return (
    notOut(release) ??
    ok([{ type: "VersionWithdrawn", reason, steps: recordSteps(begun, "withdrawal") }])
  );
}

/** Why there is no version out that could be withdrawn; null where there is one. */
function notOut(release: Release): ReturnType<typeof refuse> | null {
  const { release: name, version } = release.plan;
  const { stand } = release;
  const already = () =>
    refuse("withdrawn-already", `${version} is withdrawn already.`, "There is nothing to do.");
  if (isWithdrawing(stand)) return already();
  if (stand.at !== "ended") {
    return refuse(
      "not-out",
      `${name} is still on its way, so there is nothing out to withdraw.`,
      `Use \`holdpoint rollback ${name}\`, or \`holdpoint abort ${name}\` where nothing has had an effect.`,
    );
  }
  switch (stand.how) {
    case "stable":
      return null;
    case "withdrawn":
      return already();
    case "aborted":
      return refuse(
        "not-out",
        `${name} was aborted, so ${version} never came out.`,
        "There is nothing to withdraw.",
      );
    case "rolled-back":
      return refuse(
        "not-out",
        `${name} was rolled back, so ${version} is withdrawn as it is.`,
        "There is nothing to do.",
      );
    default:
      return never(stand.how);
  }
}

/** Whether the records of a withdrawn version are being set right; also while that has stopped for a person. */
export function isWithdrawing(stand: Stand): boolean {
  return stand.at === "withdrawal" || (stand.at === "stopped" && stand.from.at === "withdrawal");
}

/** Whether the version came out: its release ended well, and it may have been withdrawn since. */
export function cameOut(stand: Stand): boolean {
  if (stand.at !== "ended") return isWithdrawing(stand);
  return stand.how === "stable" || stand.how === "withdrawn";
}

/** What may still be said to a release meanwhile is what takes it to its end. */
export function whileWithdrawing({ plan, stand }: Release): ReturnType<typeof refuse> {
  const remedy =
    stand.at === "stopped"
      ? `Mend what it failed at, then use \`holdpoint retry ${plan.release}\`.`
      : `Watch it with \`holdpoint status ${plan.release}\`.`;
  return refuse("withdrawing", `${plan.version} is being withdrawn.`, remedy);
}
