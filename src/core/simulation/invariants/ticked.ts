import type { Invariant } from "./invariant.ts";

export const ticked: Invariant = {
  rule: "A watch tells each of its reports when it is due, and does not end before the items of the latest are ticked, each by someone of the roster.",
  on: {
    ReportDue({ chronicle: { happened } }, { key, number }) {
      const last = happened.findLast(
        ({ event }) => event.type === "ReportDue" && event.key === key,
      )?.event;
      return last?.type === "ReportDue" && last.number >= number ? `${key} is due twice` : null;
    },
    ReportTicked: ({ chronicle: { plan } }, { key, item }, { by }) =>
      by === plan.requester || Object.values(plan.terms.roles).some((people) => people.includes(by))
        ? null
        : `${by} ticks ${item} of ${key}`,
    StepDone({ chronicle }, { step: id }, { at }) {
      const { step, begun } = chronicle.stepNotes(id);
      if (step.kind !== "watch") return null;
      const { reports = {} } = step.config as { reports?: Reports };
      for (const [name, { every, items }] of Object.entries(reports)) {
        const told = latest(chronicle.happened, `${id}/${begun}/${name}`);
        const length = at - startOf(chronicle.happened, id);
        if (told.number === 0 && length >= every) return `${name} of ${id} was never told`;
        const open = Object.keys(items).find((item) => told.number > 0 && !told.items.has(item));
        if (open !== undefined) return `${id} is done, and ${open} of ${name} is not ticked`;
      }
      return null;
    },
  },
};

type Reports = Readonly<Record<string, { every: number; items: Readonly<Record<string, string>> }>>;
type Events = Parameters<NonNullable<Invariant["event"]>>[1][];

/** The number of the latest report under a key, and what was ticked of it. */
function latest(happened: Events, key: string): { number: number; items: ReadonlySet<string> } {
  let number = 0;
  const items = new Set<string>();
  for (const { event } of happened) {
    if (event.type === "ReportDue" && event.key === key) {
      number = event.number;
      items.clear();
    }
    if (event.type === "ReportTicked" && event.key === key) items.add(event.item);
  }
  return { number, items };
}

function startOf(happened: Events, step: string): number {
  const start = ({ event }: Events[number]) => event.type === "StepStarted" && event.step === step;
  return happened.findLast(start)?.at ?? 0;
}
