// What people may say to the gates of the phase that a release stands in.
import { err, ok, type Result } from "../base/result.ts";
import { formatInZone, type Instant } from "../base/time.ts";
import { blackoutAt } from "../calendar/freezes.ts";
import type { signoff } from "../gates/signoff.ts";
import { mayApprove } from "../gates/signoff.ts";
import { everyoneAt, peopleAt } from "../gates/staff.ts";
import type { Command } from "./commands.ts";
import { gatesOf, type PlacedGate } from "./derived.ts";
import type { ReleaseEvent } from "./events.ts";
import { rosterOf } from "./people.ts";
import type { PlannedGate } from "./plan.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { type GateState, type Release, UNANSWERED } from "./state.ts";
import { decideReportTick } from "./watch-reports.ts";

type Events = Result<readonly ReleaseEvent[], Refusal>;
type Ask<Name extends Command["ask"]> = Extract<Command, { ask: Name }>;

export function decideApprove(
  release: Release,
  { by, gate: name, role, note }: Ask<"approve">,
  now: Instant,
): Events {
  const found = gateAt(release, name);
  if (!found.ok) return found;
  const { gate, key, known, context } = found.value;
  if (gate.kind !== "signoff") {
    return refuse(
      "not-a-signoff",
      `${name} is a ${gate.kind}, which asks for no approval.`,
      whatItTakes(gate.kind),
    );
  }
  const config = gate.config as Parameters<typeof signoff.judge>[0];
  const asked = role === undefined ? Object.keys(config.roles) : [role];
  const reasons = asked.map((one) => ({
    role: one,
    reason: mayApprove(config, { role: one, by, at: now }, context),
  }));
  const given = known.approvals.filter((approval) => approval.by === by).map((one) => one.role);
  const seats = reasons.filter(({ reason }) => reason === null);
  const seat = seats.find((one) => !given.includes(one.role)) ?? seats[0];
  if (seat === undefined) {
    const why = reasons[0]?.reason ?? `${name} asks for no role`;
    return refuse(
      "not-allowed",
      `${by} may not approve ${name}: ${why}.`,
      `Asked are ${Object.keys(config.roles).join(", ")}.`,
    );
  }
  if (given.includes(seat.role)) {
    return refuse(
      "approved-already",
      `${by} has approved ${name} as ${seat.role} already.`,
      "There is nothing to do.",
    );
  }
  return ok([{ type: "GateApproved", gate: key, role: seat.role, note }]);
}

export function decideTick(
  release: Release,
  { by, gate: name, item, note }: Ask<"tick">,
  now: Instant,
): Events {
  const report = decideReportTick(release, { ask: "tick", by, gate: name, item, note });
  if (report !== null) return report;
  const found = gateAt(release, name);
  if (!found.ok) return found;
  const { gate, key, known } = found.value;
  if (gate.kind !== "checklist") {
    return refuse(
      "not-a-checklist",
      `${name} is a ${gate.kind}, which has no items.`,
      whatItTakes(gate.kind),
    );
  }
  const { items } = gate.config as { items: Readonly<Record<string, string>> };
  if (!Object.hasOwn(items, item)) {
    return refuse(
      "no-item",
      `${name} has no item ${item}.`,
      `Its items are ${Object.keys(items).join(", ")}.`,
    );
  }
  const stranger = notOwner(release, gate, { by, now });
  if (stranger !== null) return stranger;
  if (known.ticks.some((tick) => tick.item === item)) {
    return refuse("ticked-already", `${item} is ticked already.`, "There is nothing to do.");
  }
  return ok([{ type: "ItemTicked", gate: key, item, note }]);
}

/** A record that something was done: by the gate's owner, with when it was done and where that can be seen. */
export function decideProve(
  release: Release,
  { by, gate: name, link, when }: Ask<"prove">,
  now: Instant,
): Events {
  const found = gateAt(release, name);
  if (!found.ok) return found;
  const { gate, key } = found.value;
  if (gate.kind !== "evidence") {
    return refuse(
      "not-evidence",
      `${name} is a ${gate.kind}, which asks for no record.`,
      whatItTakes(gate.kind),
    );
  }
  const stranger = notOwner(release, gate, { by, now });
  if (stranger !== null) return stranger;
  if (link.trim() === "")
    return refuse("link-missing", "A record needs evidence.", "Say where with `--link`.");
  if (when !== undefined && when > now) {
    const sentence = "A record is of something that was done, and its time is still to come.";
    return refuse("not-yet", sentence, "Give the time at which it was done with `--when`.");
  }
  return ok([{ type: "EvidenceAdded", gate: key, when: when ?? now, link }]);
}

/** Why someone may not answer for a gate: it belongs to a role, or to everyone in the roster. */
function notOwner(
  { plan }: Release,
  { name, owner }: PlannedGate,
  { by, now }: { by: string; now: Instant },
): ReturnType<typeof refuse> | null {
  const roster = rosterOf(plan);
  const allowed = owner === undefined ? everyoneAt(roster, now) : peopleAt(roster, owner, now);
  if (allowed.includes(by)) return null;
  const who = owner === undefined ? "the roster" : `role ${owner}`;
  return refuse(
    "not-allowed",
    `${by} may not answer ${name}: it belongs to ${who}.`,
    `Ask one of ${allowed.join(", ")}.`,
  );
}

export function decideWaive(
  release: Release,
  { by, gate: name, reason }: Ask<"waive">,
  now: Instant,
): Events {
  const found = gateAt(release, name);
  if (!found.ok) return found;
  const { gate, key, known } = found.value;
  const { waivers, calendar } = release.plan.terms;
  if (waivers === undefined) {
    return refuse(
      "no-waivers",
      "This policy lets nobody waive a gate.",
      "Meet the gate, or change the policy and revise the release.",
    );
  }
  const roster = rosterOf(release.plan);
  const may = waivers.roles.flatMap((role) => peopleAt(roster, role, now));
  if (!may.includes(by))
    return refuse("not-allowed", `${by} may not waive a gate.`, `Ask one of ${may.join(", ")}.`);
  if (reason.trim() === "")
    return refuse("reason-missing", "A waiver needs a reason.", "Say why with `--reason`.");
  if (known.judged.verdict === "pass" || known.waived) {
    return refuse("passed-already", `${name} has passed.`, "There is nothing to do.");
  }
  const black = blackoutAt(calendar, now);
  if (gate.kind === "window" && black !== null) {
    const { freeze, until } = black;
    const end = until === null ? "" : ` until ${formatInZone(until, freeze.zone)}`;
    const sentence = `The blackout "${black.name}" (${freeze.reason}) is on${end}.`;
    return refuse("blackout", sentence, "Wait for its end; nobody may waive it.");
  }
  const reviewBy = now + waivers.review;
  return ok([
    { type: "GateWaived", gate: key, reason, reviewBy },
    {
      type: "DebtMade",
      debt: debtId(release, `waiver-${name}`),
      what: `review the waiver of ${name}: ${reason}`,
      roles: waivers.roles,
      of: [],
      due: reviewBy,
    },
  ]);
}

/** A gate that was waived and voided can be waived again: each time is a debt of its own. */
function debtId({ debts }: Release, name: string): string {
  const before = debts.filter(({ id }) => id === name || id.startsWith(`${name}-`)).length;
  return before === 0 ? name : `${name}-${before + 1}`;
}

interface Found extends PlacedGate {
  readonly known: GateState;
}

/** A gate of the phase that is open and held. */
function gateAt({ plan, stand, gates }: Release, name: string): Result<Found, Refusal> {
  const held = stand.at === "phase" && stand.work === null ? gatesOf(plan, stand.phase) : [];
  const placed = held.find(({ gate }) => gate.name === name);
  if (placed !== undefined && stand.at === "phase" && stand.openedAt !== null)
    return ok({ ...placed, known: gates[placed.key] ?? UNANSWERED });
  const elsewhere = plan.phases.find((other) => other.gates.some((one) => one.name === name));
  const where =
    elsewhere === undefined
      ? "no phase of this release has it"
      : `it belongs to phase ${elsewhere.name}, which is not open`;
  const open = held.map(({ gate }) => gate.name);
  return err({
    code: "no-gate",
    sentence: `No gate ${name} can be answered now: ${where}.`,
    remedy:
      open.length > 0
        ? `Open now: ${open.join(", ")}.`
        : `See \`holdpoint status ${plan.release}\`.`,
  });
}

function whatItTakes(kind: PlannedGate["kind"]): string {
  if (kind === "signoff") return "Use `holdpoint approve`.";
  if (kind === "evidence") return "Use `holdpoint prove`.";
  if (kind === "checklist") return "Use `holdpoint tick`.";
  return "It is answered without people; `holdpoint waive` needs a reason.";
}
