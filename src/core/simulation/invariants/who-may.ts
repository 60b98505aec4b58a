import type { Plan } from "../../release/plan.ts";
import type { Invariant } from "./invariant.ts";

export const whoMay: Invariant = {
  rule: "Only the people whom the policy names for it approve, tick, give records, waive, order a rollback or withdraw a version, and each approves a gate once for a role.",
  on: {
    GateApproved({ chronicle }, event, { by }) {
      const { yes } = chronicle.gate(event.gate);
      const again = yes.some((one) => one.by === by && one.role === event.role);
      return again ? `${by} approves twice as ${event.role}` : approves(chronicle.plan, event, by);
    },
    ItemTicked: ({ chronicle: { plan } }, { gate }, { by }) =>
      isOf(plan, [gateOf(plan, gate)?.owner ?? ""], by) ? null : `${by} ticks ${gate}`,
    EvidenceAdded: ({ chronicle: { plan } }, { gate }, { by }) =>
      isOf(plan, [gateOf(plan, gate)?.owner ?? ""], by) ? null : `${by} gives a record to ${gate}`,
    GateWaived: ({ chronicle: { plan } }, { gate, reason }, { by }) =>
      excepts(plan, plan.terms.waivers, { by, reason }) ? null : `${by} waives ${gate}`,
    VersionWithdrawn: ({ chronicle: { plan } }, { reason }, { by }) =>
      excepts(plan, plan.terms.withdrawals, { by, reason }) ? null : `${by} withdraws the version`,
    RollbackDecided: ({ chronicle }, { automatic, reason }, { by }) =>
      automatic ? null : ordersBack(chronicle.plan, reason, by),
  },
};

function approves(
  plan: Plan,
  { gate, role }: { gate: string; role: string },
  by: string,
): string | null {
  const { not } = (gateOf(plan, gate)?.config ?? { not: [] }) as { not: readonly string[] };
  if (not.includes("author") && plan.authors.includes(by)) return `${by} approves what they wrote`;
  if (not.includes("requester") && plan.requester === by)
    return `${by} approves what they asked for`;
  return isOf(plan, [role], by) ? null : `${by} approves as ${role}`;
}

/** Nobody, where the policy names nobody; and only with a reason. */
function excepts(
  plan: Plan,
  rule: { readonly roles: readonly string[] } | undefined,
  { by, reason }: { by: string; reason: string },
): boolean {
  return isOf(plan, rule?.roles ?? [], by) && reason !== "";
}

function ordersBack(plan: Plan, reason: string, by: string): string | null {
  const { roles } = plan.terms.rollback;
  const may = isOf(plan, roles.length > 0 ? roles : Object.keys(plan.terms.roles), by);
  return may && reason !== "" ? null : `${by} orders a rollback`;
}

function isOf({ terms }: Plan, names: readonly string[], by: string): boolean {
  return names.some((role) => terms.roles[role]?.includes(by));
}

function gateOf({ phases }: Plan, key: string) {
  const [phase, name] = key.split("/");
  return phases.find((one) => one.name === phase)?.gates.find((gate) => gate.name === name);
}
