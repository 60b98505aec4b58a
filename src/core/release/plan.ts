import type { Digest } from "../base/digest.ts";
import { type Instant, parseDuration } from "../base/time.ts";
import type { Calendar } from "../calendar/calendar.ts";
import type { GateKind } from "../gates/table.ts";
import type { BUNDLE_PARTS, GateText, Policy, StepText } from "../policy/policy.ts";
import { gateSpec, stepSpec } from "../policy/specs.ts";
import type { StepSpec } from "../steps/step.ts";
import type { StepKind } from "../steps/table.ts";

export type BundlePart = (typeof BUNDLE_PARTS)[number];
/** What is released, as one digest per part. Approvals sign these. */
export type Bundle = { readonly [Part in BundlePart]: Digest };

export interface PlannedGate {
  readonly name: string;
  readonly kind: GateKind;
  readonly config: unknown;
  readonly owner?: string | undefined;
  readonly level: "hold" | "witness" | "review";
  readonly covers: readonly BundlePart[];
}

export interface PlannedStep extends StepSpec {
  /** Unique in the release: `phase/3-shift`. */
  readonly id: string;
  readonly kind: StepKind;
  readonly environment?: string | undefined;
}

export interface PlannedPhase {
  readonly name: string;
  readonly environment?: string | undefined;
  /** Not before this moment; null: as soon as the phase before has passed. */
  readonly opensAt: Instant | null;
  readonly gates: readonly PlannedGate[];
  readonly steps: readonly PlannedStep[];
}

/** What of the policy a release stays under until its end, whatever the file says later. */
export type Terms = Omit<Policy, "gates" | "phases" | "types" | "rollback" | "calendar"> & {
  /** With the policy's own zone where a window or freeze names none. */
  readonly calendar: Calendar;
  readonly rollback: Omit<Policy["rollback"], "verify"> & {
    readonly verify: readonly PlannedStep[];
  };
};

/** Everything that is settled before a release begins. */
export interface Plan {
  readonly release: string;
  readonly system: string;
  readonly type: string;
  readonly version: string;
  readonly tag: string;
  readonly commit: string;
  readonly bundle: Bundle;
  /** The release that serves before this one; null for the first. */
  readonly previous: { readonly version: string; readonly commit: string } | null;
  readonly plannedAt: Instant;
  /** T-0. */
  readonly at: Instant;
  readonly requester: string;
  readonly authors: readonly string[];
  readonly incident?: string | undefined;
  readonly notes: string;
  readonly terms: Terms;
  readonly phases: readonly PlannedPhase[];
}

export type Draft = Omit<Plan, "terms" | "phases" | "system">;

/** Resolves what a sound policy says of a release type into the phases that the release will walk. */
export function planOf(policy: Policy, draft: Draft): Plan {
  const { gates, phases, types, rollback, calendar: _, ...terms } = policy;
  const names = types[draft.type]?.phases ?? [];
  return {
    ...draft,
    system: policy.system,
    terms: {
      ...terms,
      calendar: {
        windows: zoned(policy.calendar.windows, policy.zone),
        freezes: zoned(policy.calendar.freezes, policy.zone),
      },
      rollback: {
        ...rollback,
        verify: rollback.verify.map((text, at) => plannedStep(text, "rollback-verify", at)),
      },
    },
    phases: names.map((name) => {
      const phase = phases[name];
      if (phase === undefined)
        throw new Error(`the policy was not checked: there is no phase ${name}`);
      return {
        name,
        environment: phase.environment,
        opensAt: phase.opens === undefined ? null : draft.at + offset(phase.opens),
        gates: phase.gates.map((gate) => plannedGate(gate, gates[gate])),
        steps: phase.steps.map((text, at) => plannedStep(text, name, at, phase.environment)),
      };
    }),
  };
}

function zoned<Span extends { zone?: string | undefined }>(
  spans: Readonly<Record<string, Span>>,
  zone: string,
): Readonly<Record<string, Span & { zone: string }>> {
  return Object.fromEntries(
    Object.entries(spans).map(([name, span]) => [name, { ...span, zone: span.zone ?? zone }]),
  );
}

/** Milliseconds from T-0 of a text such as `T-1 h`. */
export function offset(opens: string): number {
  const size = parseDuration(opens.slice(2)) ?? 0;
  return opens[1] === "-" ? -size : size;
}

function plannedGate(name: string, text: GateText | undefined): PlannedGate {
  if (text === undefined) throw new Error(`the policy was not checked: there is no gate ${name}`);
  const { owner, level, covers } = text;
  return { name, ...gateSpec(text), owner, level, covers };
}

function plannedStep(text: StepText, phase: string, at: number, environment?: string): PlannedStep {
  const spec = stepSpec(text);
  return { id: `${phase}/${at + 1}-${spec.kind}`, ...spec, environment };
}
