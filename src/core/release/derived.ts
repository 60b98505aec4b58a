// What follows from a plan alone: worked out once for each plan and kept beside it, so that the plan stays plain data.

import { stoppingFreezes } from "../calendar/freezes.ts";
import type { GateContext, GateModule, Question } from "../gates/gate.ts";
import { gateKind } from "../gates/table.ts";
import { stepKind } from "../steps/table.ts";
import { rosterOf } from "./people.ts";
import type { Plan, PlannedGate, PlannedPhase } from "./plan.ts";
import { gateKey } from "./state.ts";

/** A gate in its phase, with all that its kind says of it before anything is known. */
export interface PlacedGate {
  readonly gate: PlannedGate;
  /** `phase/gate`: the release knows it by this. */
  readonly key: string;
  readonly context: GateContext;
  readonly kind: GateModule<unknown>;
  /** What is asked of the world; null where people or the clock answer. */
  readonly question: Question | null;
}

export interface Derived {
  /** The gates of each phase, in order. */
  readonly gates: readonly (readonly PlacedGate[])[];
  /** Those of them that hold by an error budget, which the judge goes on asking for. */
  readonly budgetGates: readonly PlacedGate[];
  /** Where each phase stands in the plan, by its name. */
  readonly indexOf: ReadonlyMap<string, number>;
  /** How many environments the new version is exposed in. */
  readonly exposed: number;
  /** Whether any freeze of its calendar stops work that is under way. */
  readonly mayPause: boolean;
}

const KEPT = new WeakMap<Plan, Derived>();

/** What follows from a plan. The same plan always gives the same object. */
export function derived(plan: Plan): Derived {
  const kept = KEPT.get(plan);
  if (kept !== undefined) return kept;
  const gates = plan.phases.map((phase) => phase.gates.map((gate) => placed(plan, phase, gate)));
  const made = {
    gates,
    budgetGates: gates.flat().filter(({ gate }) => gate.kind === "budget"),
    indexOf: new Map(plan.phases.map(({ name }, index) => [name, index])),
    exposed: exposedIn(plan),
    mayPause: stoppingFreezes(plan.terms.calendar, plan.type).length > 0,
  };
  KEPT.set(plan, made);
  return made;
}

function exposedIn({ phases }: Plan): number {
  const exposing = phases
    .flatMap(({ steps }) => steps)
    .filter(({ kind }) => stepKind(kind).exposes === true);
  return new Set(exposing.map(({ environment }) => environment)).size;
}

/** The gates of a phase of the plan, by its index; none where the plan has no such phase. */
export function gatesOf(plan: Plan, phase: number): readonly PlacedGate[] {
  return derived(plan).gates[phase] ?? [];
}

function placed(plan: Plan, phase: PlannedPhase, gate: PlannedGate): PlacedGate {
  const kind = gateKind(gate.kind);
  const context = gateContext(plan, gate);
  const question = kind.ask(gate.config, context);
  return { gate, key: gateKey(phase.name, gate.name), context, kind, question };
}

function gateContext(plan: Plan, { owner, work = 0 }: PlannedGate): GateContext {
  const { terms, authors, requester, type, at: zero, changes, timing } = plan;
  const { calendar, objectives, document } = terms;
  const { cadence = [], yields = [] } = timing ?? {};
  const told = { calendar, objectives, document, authors, requester, owner, type };
  return { ...rosterOf(plan), ...told, zero, cadence, yields, work, changes };
}
