import type { Digest } from "../base/digest.ts";
import { type Instant, type Millis, momentFromZero } from "../base/time.ts";
import type { Calendar } from "../calendar/calendar.ts";
import type { GateKind } from "../gates/table.ts";
import type { BUNDLE_PARTS, GateText, Policy, StepText } from "../policy/policy.ts";
import { gateSpec, stepSpec } from "../policy/specs.ts";
import type { StepSpec } from "../steps/step.ts";
import { type StepKind, stepKind } from "../steps/table.ts";
import type { Bump } from "../versioning/bump.ts";
import type { Carried } from "../versioning/changes.ts";
import { clocksOf, timingOf } from "./timing.ts";

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
  /** Longest time that the work behind it may take, where it asks for that. */
  readonly work?: Millis | undefined;
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
  /** Longest time its steps may take before that is told. */
  readonly longest?: Millis | undefined;
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

/** A time by which something must have passed. */
export interface Clock {
  readonly name: string;
  /** What has happened when it runs out, as a sentence for people. */
  readonly what: string;
  readonly due: Instant;
  readonly phase?: string | undefined;
  readonly gate?: string | undefined;
}

/** When releases of a type go: names of windows, and how long before T-0 they are planned. */
export interface Timing {
  readonly cadence: readonly string[];
  readonly prefers: readonly string[];
  /** Windows of the types that have the day when one of these opens on it. */
  readonly yields: readonly string[];
  readonly lead: Millis;
}

/** A component that goes out with a version of its own. */
export interface PlannedComponent {
  readonly component: string;
  /** Null where it was never released. */
  readonly previous: string | null;
  readonly bump: Bump;
  readonly version: string;
  readonly tag: string;
  /** What goes into its changelog, and what is published of it. */
  readonly changelog: string;
  readonly notes: string;
  /** One sentence per commit or rule that decided. */
  readonly why: readonly string[];
}

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
  /** What it carries, by commit type; left out by programs before they could say. */
  readonly changes?: Readonly<Record<string, Carried>> | undefined;
  readonly timing?: Timing | undefined;
  readonly clocks?: readonly Clock[] | undefined;
  readonly owes?: Policy["types"][string]["owes"] | undefined;
  /** What the commits tell for the changelog; missing in plans that were made before it was kept. */
  readonly changelog?: string;
  /** Why this version: one sentence per commit or rule that decided; plans of older releases have none. */
  readonly why?: readonly string[] | undefined;
  /** The components that rise; left out where the policy names none, and by programs before they could say. */
  readonly components?: readonly PlannedComponent[] | undefined;
  readonly terms: Terms;
  readonly phases: readonly PlannedPhase[];
}

export type Draft = Omit<Plan, "terms" | "phases" | "system" | "timing" | "clocks" | "owes">;

/** Resolves what a sound policy says of a release type into the phases that the release will walk. */
export function planOf(policy: Policy, draft: Draft): Plan {
  const { gates, phases, types, rollback, calendar: _, ...terms } = policy;
  const names = types[draft.type]?.phases ?? [];
  return {
    ...draft,
    system: policy.system,
    timing: timingOf(policy, draft.type),
    clocks: clocksOf(policy, draft),
    owes: types[draft.type]?.owes,
    terms: {
      ...terms,
      calendar: zonedCalendar(policy),
      rollback: {
        ...rollback,
        verify: rollback.verify.map((text, at) => plannedStep(text, "rollback-verify", at)),
      },
    },
    phases: names.map((name, index) => {
      const phase = phases[name];
      if (phase === undefined)
        throw new Error(`the policy was not checked: there is no phase ${name}`);
      return {
        name,
        environment: phase.environment,
        opensAt:
          phase.opens === undefined ? null : momentFromZero(phase.opens, draft.at, policy.zone),
        longest: phase.longest,
        gates: phase.gates.map((gate) =>
          plannedGate(gate, gates[gate], workBehind(policy, names.slice(index))),
        ),
        steps: phase.steps.map((text, at) => plannedStep(text, name, at, phase.environment)),
      };
    }),
  };
}

/** The policy's calendar, with its own zone where a window or freeze names none. */
export function zonedCalendar({ calendar, zone }: Policy): Calendar {
  return { windows: zoned(calendar.windows, zone), freezes: zoned(calendar.freezes, zone) };
}

function zoned<Span extends { zone?: string | undefined }>(
  spans: Readonly<Record<string, Span>>,
  zone: string,
): Readonly<Record<string, Span & { zone: string }>> {
  return Object.fromEntries(
    Object.entries(spans).map(([name, span]) => [name, { ...span, zone: span.zone ?? zone }]),
  );
}

function plannedGate(name: string, text: GateText | undefined, bound: Millis): PlannedGate {
  if (text === undefined) throw new Error(`the policy was not checked: there is no gate ${name}`);
  const { owner, level, covers } = text;
  const work = text.window === undefined ? {} : { work: bound };
  return { name, ...gateSpec(text), owner, level, covers, ...work };
}

/** The longest time of the work that a hold lets go: that of its phase, or of the next that has steps. */
function workBehind({ phases }: Policy, names: readonly string[]): Millis {
  const steps = names.map((name) => phases[name]?.steps ?? []);
  return boundOf(steps.find((some) => some.length > 0) ?? []);
}

/** Longest time that steps take one after the other, each done at its first attempt. */
function boundOf(steps: readonly StepText[]): Millis {
  return steps
    .map(stepSpec)
    .reduce((sum, { kind, config }) => sum + stepKind(kind).bound(config), 0);
}

function plannedStep(text: StepText, phase: string, at: number, environment?: string): PlannedStep {
  const spec = stepSpec(text);
  return { id: `${phase}/${at + 1}-${spec.kind}`, ...spec, environment };
}
