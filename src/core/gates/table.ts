import { budget } from "./budget.ts";
import { changes } from "./changes.ts";
import { check } from "./check.ts";
import { checklist } from "./checklist.ts";
import { debt } from "./debt.ts";
import { documentation } from "./documentation.ts";
import { evidence } from "./evidence.ts";
import { exclusive } from "./exclusive.ts";
import type { GateModule } from "./gate.ts";
import { inForce } from "./in-force.ts";
import { limit } from "./limit.ts";
import { notice } from "./notice.ts";
import { objectives } from "./objectives.ts";
import { signoff } from "./signoff.ts";
import { soak } from "./soak.ts";
import { window } from "./window.ts";

/** Every kind of gate. The key is the word the policy uses. */
export const GATES = {
  check,
  checklist,
  signoff,
  window,
  notice,
  limit,
  soak,
  changes,
  evidence,
  debt,
  exclusive,
  objectives,
  budget,
  documentation,
  "in-force": inForce,
} as const;

export type GateKind = keyof typeof GATES;

/** The module of a kind. Its configuration was read by the kind's own shape, so the types meet here and only here. */
export function gateKind(kind: GateKind): GateModule<unknown> {
  return GATES[kind] as GateModule<unknown>;
}
