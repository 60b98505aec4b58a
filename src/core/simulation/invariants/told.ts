import type { Invariant } from "./invariant.ts";

export const told: Invariant = {
  rule: "What the policy wants told is told once, of each moment that has come and of no other.",
  rest({ chronicle: { plan, happened, back }, outside, doer }) {
    if (plan.terms.tell.length === 0) return null;
    const came = new Set<string>(["planned"]);
    for (const { event } of happened) {
      if (event.type === "ReleaseEnded") came.add(event.how);
      if (event.type === "StepStarted") came.add("started");
    }
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
