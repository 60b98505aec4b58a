import type { Invariant } from "./invariant.ts";

export const alerted: Invariant = {
  rule: "Who is to be alerted hears of each cause once, and once that it is over: of a stop and of a way back as long as they last, and of nothing when the release is at rest.",
  on: {
    AlertRaised: ({ chronicle: { alerts } }, { cause }) =>
      alerts.has(cause) ? `${cause} is raised twice` : null,
    AlertResolved: ({ chronicle: { alerts } }, { cause }) =>
      alerts.has(cause) ? null : `${cause} is over, and was never raised`,
  },
  state({ chronicle: { plan, alerts, stopped, back, ended } }) {
    if (plan.terms.alerts?.critical === undefined) return null;
    const isStopped = stopped && ended === null;
    if (isStopped !== alerts.has("stopped"))
      return isStopped ? "nobody is alerted of a stop" : "a stop that is over is still alerted of";
    const isBack = back !== null && ended === null;
    return isBack === alerts.has("rollback")
      ? null
      : isBack
        ? "nobody is alerted of a rollback"
        : "a rollback that is over is still alerted of";
  },
  rest: ({ chronicle: { alerts } }) =>
    alerts.size > 0 ? `${[...alerts].join(", ")} is never over` : null,
};
