import { budget } from "./budget.ts";
import { check } from "./check.ts";
import { checklist } from "./checklist.ts";
import { documents } from "./documents.ts";
import { exclusive } from "./exclusive.ts";
import type { GateModule } from "./gate.ts";
import { objectives } from "./objectives.ts";
import { signoff } from "./signoff.ts";
import { window } from "./window.ts";

/** Every kind of gate. The key is the word the policy uses. */
export const GATES = {
  check,
  checklist,
  signoff,
  window,
  exclusive,
  objectives,
  budget,
  documents,
} as const;

export type GateKind = keyof typeof GATES;

/** The module of a kind. Its configuration was read by the kind's own shape, so the types meet here and only here. */
export function gateKind(kind: GateKind): GateModule<unknown> {
  return GATES[kind] as GateModule<unknown>;
}
