import type { Invariant } from "./invariant.ts";

export const told: Invariant = {
  rule: "What the policy wants told is told once, of each moment that has come and of no other.",
  rest({ chronicle: { plan, happened, back }, outside, doer }) {
    const begun = happened.some(({ event }) => event.type === "StepStarted");
    const ends = happened.flatMap(({ event }) => (event.type === "ReleaseEnded" ? event.how : []));
    const came = new Set<string>(["planned", ...ends]);
    if (begun) came.add("started");
    if (back !== null) came.add("rollback");
    const sent = outside.effects.filter(
      ({ release, wanted }) => release === doer.release && wanted.ask === "tell",
    );
    for (const { on } of plan.terms.tell) {
      const times = sent.filter(
        ({ wanted }) => wanted.ask === "tell" && wanted.outgoing.id.endsWith(`-${on}`),
      ).length;
      const wanted = came.has(on) ? plan.terms.tell.filter((one) => one.on === on).length : 0;
      if (times !== wanted) return `${on} was told ${times} times, not ${wanted}`;
    }
    return null;
  },
};
