import type { Invariant } from "./invariant.ts";

const AFTER = [
  "MessageSent",
  "MessageFailed",
  "EnvironmentFreed",
  "PlaceFreed",
  "EnvironmentUnfrozen",
  "AlertResolved",
  "DebtMade",
  "DebtOverdue",
  "DebtSettled",
  "VersionWithdrawn",
];

export const ended: Invariant = {
  rule: "What has ended never opens again: after the end people are told, environments given back and debts settled, a version that is out may be withdrawn, and nothing else happens.",
  event({ chronicle }, { event }) {
    if (chronicle.ended === null || AFTER.includes(event.type)) return null;
    // A way back that ends too late leaves its environment frozen.
    const isFrozen = event.type === "AlertRaised" && event.cause === "frozen";
    return isFrozen ? null : `${event.type} after the end`;
  },
  work: ({ chronicle }, { wanted }) =>
    chronicle.ended !== null && !["tell", "free", "free-place"].includes(wanted.ask)
      ? `${wanted.ask} after the end`
      : null,
  state: ({ chronicle, release }) =>
    (chronicle.ended !== null) === (release.stand.at === "ended")
      ? null
      : "it stands elsewhere than its events say",
};
