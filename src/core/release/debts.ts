// What a release owes: dated debts from waivers and from types that go out before everything is done. They outlive the
// release; whoever has the role settles them with evidence, and one that is overdue holds others at their `debt` gates.
import { ok, type Result } from "../base/result.ts";
import type { Instant } from "../base/time.ts";
import { peopleAt } from "../gates/staff.ts";
import type { Command } from "./commands.ts";
import type { Happened, ReleaseEvent } from "./events.ts";
import { rosterOf } from "./people.ts";
import { type Refusal, refuse } from "./refusals.ts";
import type { Debt, Release } from "./state.ts";

/** What a release makes of its type's `owes` by ending, be it well or not; one that did nothing owes nothing. */
export function debtsMade(
  { plan, stand, begun, debts }: Release,
  now: Instant,
): readonly ReleaseEvent[] {
  if (stand.at !== "ended" || begun.length === 0 || plan.owes === undefined) return [];
  return plan.owes.flatMap(({ what, within, role, of }, index): ReleaseEvent[] => {
    const id = `owed-${index + 1}`;
    if (debts.some((debt) => debt.id === id)) return [];
    return [{ type: "DebtMade", debt: id, what, roles: [role], of, due: now + within }];
  });
}

/** The debts that have come to be overdue at `now`, each once. */
export function debtsOverdue({ debts }: Release, now: Instant): readonly ReleaseEvent[] {
  return debts
    .filter(({ settled, isOverdue, due }) => settled === null && !isOverdue && now >= due)
    .map(({ id, what }) => ({ type: "DebtOverdue", debt: id, what }));
}

/** The debts after an event. */
export function debtsAfter(debts: readonly Debt[], { event, by, at }: Happened): readonly Debt[] {
  const changed = (id: string, change: Partial<Debt>) =>
    debts.map((debt) => (debt.id === id ? { ...debt, ...change } : debt));
  switch (event.type) {
    case "DebtMade": {
      const { debt: id, what, roles, of, due } = event;
      return [...debts, { id, what, roles, of, due, isOverdue: false, settled: null }];
    }
    case "DebtOverdue":
      return changed(event.debt, { isOverdue: true });
    case "DebtSettled":
      return changed(event.debt, { settled: { by, at, link: event.link, note: event.note } });
    default:
      return debts;
  }
}

/** Whether a debt is unsettled after its time. */
export function isOverdue({ settled, due }: Debt, now: Instant): boolean {
  return settled === null && now >= due;
}

/** A person of the role says that a debt is paid, and where that can be seen; also after the release has ended. */
export function decideDischarge(
  release: Release,
  { by, debt: id, link, note }: Extract<Command, { ask: "discharge" }>,
  now: Instant,
): Result<readonly ReleaseEvent[], Refusal> {
  const debt = release.debts.find((one) => one.id === id);
  const open = release.debts.filter(({ settled }) => settled === null).map((one) => one.id);
  if (debt === undefined) {
    const remedy = open.length > 0 ? `It owes ${open.join(", ")}.` : "It owes nothing.";
    return refuse("no-debt", `The release has no debt ${id}.`, remedy);
  }
  if (debt.settled !== null)
    return refuse("settled-already", `${id} is settled already.`, "There is nothing to do.");
  const may = debt.roles.flatMap((role) => peopleAt(rosterOf(release.plan), role, now));
  if (!may.includes(by)) {
    const whose = debt.roles.join(" or ");
    return refuse(
      "not-allowed",
      `${by} may not settle ${id}: it is for ${whose}.`,
      `Ask one of ${may.join(", ")}.`,
    );
  }
  if (link.trim() === "")
    return refuse("link-missing", "Settling a debt needs evidence.", "Say where with `--link`.");
  return ok([{ type: "DebtSettled", debt: id, link, note }]);
}
