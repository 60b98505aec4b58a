import type { Invariant } from "./invariant.ts";

export const owed: Invariant = {
  rule: "What a type owes is owed once, from the end of a release that has done anything and by its time; a debt is overdue when its time is over and not before, and only who has its role settles it, once.",
  on: {
    DebtMade: ({ chronicle: { happened } }, { debt }) =>
      happened.some(({ event }) => event.type === "DebtMade" && event.debt === debt)
        ? `${debt} is made twice`
        : null,
    DebtOverdue({ chronicle: { happened } }, { debt }, { at }) {
      const { due, isSettled } = notesOf(happened, debt);
      if (due === undefined || isSettled) return `${debt} is not owed`;
      return at < due ? `${debt} is overdue ${due - at} ms too early` : null;
    },
    DebtSettled({ chronicle: { happened, plan } }, { debt, link }, { by }) {
      const { roles = [], isSettled } = notesOf(happened, debt);
      const may = roles.some((role) => plan.terms.roles[role]?.includes(by));
      if (isSettled) return `${debt} is settled twice`;
      return may && link !== "" ? null : `${by} settles ${debt}`;
    },
  },
  rest({ chronicle }) {
    const { plan, happened } = chronicle;
    if (plan.owes === undefined || plan.owes.length === 0) return null;
    // The first: a version that is withdrawn later owes nothing anew.
    const ended = happened.find(({ event }) => event.type === "ReleaseEnded");
    for (const [index, { within }] of plan.owes.entries()) {
      const { due } = notesOf(happened, `owed-${index + 1}`);
      const wanted = chronicle.hasBegun && ended !== undefined ? ended.at + within : undefined;
      if (due !== wanted) return `a debt is due at ${due}, not ${wanted}`;
    }
    return null;
  },
};

type Events = Parameters<NonNullable<Invariant["event"]>>[1][];

function notesOf(happened: Events, debt: string) {
  const made = happened.find(({ event }) => event.type === "DebtMade" && event.debt === debt);
  const { due, roles } = made?.event.type === "DebtMade" ? made.event : {};
  const isSettled = happened.some(
    ({ event }) => event.type === "DebtSettled" && event.debt === debt,
  );
  return { due, roles, isSettled };
}
