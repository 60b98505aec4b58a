// What has happened to a release, kept beside the engine's state and by none of its code: invariants are judged by this.
import type { Instant } from "../../base/time.ts";
import type { Happened, ReleaseEvent } from "../../release/events.ts";
import type { Plan, PlannedStep } from "../../release/plan.ts";
import type { Ending } from "../../release/state.ts";

/** What people and the world have said to one gate, as far as it still counts. */
export interface GateNotes {
  readonly yes: { readonly by: string; readonly role: string }[];
  readonly ticks: Set<string>;
  /** Number of the question that was answered last, and when; null: it is not answered, or asked again. */
  answered: number | null;
  answeredAt: Instant;
  /** When that was done which the latest record is of. */
  provenAt: Instant;
  waived: boolean;
}

/** One step as its events tell of it. */
export interface StepNotes {
  readonly step: PlannedStep;
  /** Attempts: begun, over without success, and those that a person has forgiven. */
  begun: number;
  over: number;
  forgiven: number;
  /** Questions that were answered in the attempt under way, and the keys under which work was done in it. */
  answers: number;
  keys: Set<string>;
  done: boolean;
}

/** A way back, once it was decided. */
export interface BackNotes {
  readonly at: Instant;
  readonly bound: number;
  readonly steps: readonly PlannedStep[];
  /** Nothing of it failed or was in doubt, and no worker was missing. */
  smooth: boolean;
}

export class Chronicle {
  plan: Plan;
  /** All steps of the plan, in order. */
  line: readonly PlannedStep[];
  readonly happened: Happened[] = [];
  readonly gates = new Map<string, GateNotes>();
  readonly steps = new Map<string, StepNotes>();
  /** Of the latest plan: phases that were let go, and steps that are done, in order. */
  released: string[] = [];
  done: string[] = [];
  /** Environments in which a step has begun. */
  readonly begunIn = new Set<string>();
  /** When it passed its last phase in each environment. */
  readonly passed = new Map<string, Instant>();
  /** What people were alerted of and is not over. */
  readonly alerts = new Set<string>();
  /** The environment that a late way back has frozen. */
  frozen: string | null = null;
  /** The step that began last. */
  current: StepNotes | null = null;
  stopped = false;
  back: BackNotes | null = null;
  /** What sets its records right, once it was withdrawn. */
  withdrawn: readonly PlannedStep[] | null = null;
  ended: { readonly how: Ending; readonly at: Instant } | null = null;

  constructor(plan: Plan) {
    this.plan = plan;
    this.line = lineOf(plan);
  }

  /** Whether any step has begun. */
  get hasBegun(): boolean {
    return this.happened.some(({ event }) => event.type === "StepStarted");
  }

  gate(key: string): GateNotes {
    const known = this.gates.get(key) ?? {
      yes: [],
      ticks: new Set(),
      answered: null,
      answeredAt: 0,
      provenAt: Number.NEGATIVE_INFINITY,
      waived: false,
    };
    this.gates.set(key, known);
    return known;
  }

  take(one: Happened): void {
    this.happened.push(one);
    const { event, by, at } = one;
    if ("gate" in event) this.takeGate(event, { by, at });
    else if ("step" in event) this.takeStep(event);
    else if (event.type === "PhasePassed") this.pass(event.phase, at);
    else if (event.type === "EnvironmentFrozen") this.frozen = event.environment;
    else if (event.type === "EnvironmentUnfrozen") this.frozen = null;
    else if (event.type === "AlertRaised") this.alerts.add(event.cause);
    else if (event.type === "AlertResolved") this.alerts.delete(event.cause);
    else if (event.type === "ReleaseRevised") this.revise(event.plan);
    else if (event.type === "ReleaseStopped") this.stopped = true;
    else if (event.type === "ReleaseResumed") this.resume();
    else if (event.type === "HoldReleased") this.released.push(event.phase);
    else if (event.type === "ReleaseEnded") this.ended = { how: event.how, at };
    else if (event.type === "VersionWithdrawn" || event.type === "RollbackDecided")
      this.turn(event, at);
  }

  private turn(
    event: Extract<ReleaseEvent, { type: "VersionWithdrawn" | "RollbackDecided" }>,
    at: Instant,
  ): void {
    const { steps } = event;
    for (const step of steps) this.steps.set(step.id, notesOf(step));
    if (event.type === "VersionWithdrawn") {
      this.ended = null;
      this.withdrawn = steps;
    } else {
      this.stopped = false;
      this.back = { at, bound: event.bound, steps, smooth: true };
    }
  }

  private pass(phase: string, at: Instant): void {
    const environment = this.plan.phases.find(({ name }) => name === phase)?.environment;
    if (environment !== undefined) this.passed.set(environment, at);
  }

  private takeGate(
    event: Extract<ReleaseEvent, { gate: string }>,
    { by, at }: Pick<Happened, "by" | "at">,
  ): void {
    const notes = this.gate(event.gate);
    if (event.type === "GateAnswered")
      Object.assign(notes, { answered: event.ask, answeredAt: at });
    if (event.type === "EvidenceAdded") notes.provenAt = event.when;
    if (event.type === "GateAskedAgain") notes.answered = null;
    if (event.type === "GateApproved") notes.yes.push({ by, role: event.role });
    if (event.type === "ItemTicked") notes.ticks.add(event.item);
    if (event.type === "GateWaived") notes.waived = true;
    if (event.type === "GateVoided") this.gates.delete(event.gate);
  }

  private takeStep(event: Extract<ReleaseEvent, { step: string }>): void {
    const notes = this.stepNotes(event.step);
    switch (event.type) {
      case "StepStarted":
        notes.begun += 1;
        notes.answers = 0;
        notes.keys = new Set();
        this.current = notes;
        if (notes.step.environment !== undefined) this.begunIn.add(notes.step.environment);
        break;
      case "StepAnswered":
        notes.answers += 1;
        break;
      case "StepDone":
        notes.done = true;
        this.done.push(event.step);
        break;
      case "StepInDoubt":
        this.rough();
        break;
      case "TrafficRetreated":
        // The attempt was broken off, and does not count.
        notes.over += 1;
        notes.forgiven += 1;
        break;
      case "StepFailed":
        notes.over += 1;
        this.rough();
        break;
      case "DoubtSettled":
        if (event.done) notes.answers += 1;
        else notes.over += 1;
        break;
    }
  }

  stepNotes(id: string): StepNotes {
    const known = this.steps.get(id);
    if (known !== undefined) return known;
    const step = this.line.find((one) => one.id === id);
    if (step === undefined) throw new Error(`no step is called ${id}`);
    const notes = notesOf(step);
    this.steps.set(id, notes);
    return notes;
  }

  /** From now on the bound of the way back is not owed. */
  rough(): void {
    if (this.back !== null) this.back.smooth = false;
  }

  /** What was said of a part of the bundle that is another now counts no more, whatever the engine makes of it. */
  private revise(plan: Plan): void {
    for (const phase of this.plan.phases) {
      for (const { name, covers } of phase.gates) {
        if (covers.some((part) => plan.bundle[part] !== this.plan.bundle[part]))
          this.gates.delete(`${phase.name}/${name}`);
      }
    }
    this.plan = plan;
    this.line = lineOf(plan);
    this.released = [];
  }

  private resume(): void {
    this.stopped = false;
    if (this.current !== null && !this.current.done) {
      this.current.forgiven = this.current.begun;
      this.current.over = this.current.begun;
    }
  }
}

/** Whether a step of a way back only tells others: it comes after the proof, and outside the promised time. */
export function isRecord(step: string): boolean {
  return step.startsWith("rollback/record-");
}

function lineOf({ phases }: Plan): readonly PlannedStep[] {
  return phases.flatMap(({ steps }) => steps);
}

function notesOf(step: PlannedStep): StepNotes {
  return { step, begun: 0, over: 0, forgiven: 0, answers: 0, keys: new Set(), done: false };
}
