import { GATES, type GateKind } from "../gates/table.ts";
import type { StepSpec } from "../steps/step.ts";
import { STEPS, type StepKind } from "../steps/table.ts";
import type { GateText, Policy, StepText } from "./policy.ts";

/** A gate as the policy says it: its kind, and what the kind was told. */
export interface GateSpec {
  readonly kind: GateKind;
  readonly config: unknown;
}

/** A step on its way through a release: what it is and where it works. */
export interface PlannedStep extends StepSpec {
  readonly environment?: string | undefined;
}

/** A planned step with its place in the policy. */
export interface PlacedStep extends PlannedStep {
  readonly kind: StepKind;
  readonly phase: string;
  /** Its number in the phase, from 0. */
  readonly index: number;
}

/** The kind of a gate that was read: reading saw to it that there is exactly one. */
export function gateSpec(text: GateText): GateSpec {
  const kind = onlyKind(GATES, text);
  return { kind, config: text[kind] };
}

/** The kind of a step that was read: reading saw to it that there is exactly one. */
export function stepSpec(text: StepText): StepSpec & { readonly kind: StepKind } {
  const kind = onlyKind(STEPS, text);
  return { kind, config: text[kind], retries: text.retries };
}

/** All steps of a release type, in the order in which they are taken. Phases that are not there are passed over. */
export function plannedSteps(policy: Policy, type: string): readonly PlacedStep[] {
  return (policy.types[type]?.phases ?? []).flatMap((phase) => {
    const { environment, steps = [] } = policy.phases[phase] ?? {};
    return steps.map((text, index) => ({ ...stepSpec(text), environment, phase, index }));
  });
}

function onlyKind<Kind extends string>(table: Record<Kind, unknown>, text: object): Kind {
  const kind = (Object.keys(table) as Kind[]).find((key) => key in text);
  if (kind === undefined) throw new Error("a policy was used that was never read");
  return kind;
}
