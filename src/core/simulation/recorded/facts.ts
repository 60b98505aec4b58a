// What a recorded release says of the world, whatever policy it was under: what gates and steps were answered, what the
// traffic did, and what people said, each with its moment.
import type { Instant, Millis } from "../../base/time.ts";
import type { Answer } from "../../gates/gate.ts";
import type { Reading } from "../../judge/reading.ts";
import type { Command } from "../../release/commands.ts";
import type { Happened, ReleaseEvent } from "../../release/events.ts";
import type { Plan } from "../../release/plan.ts";

/** An answer, when it came, and how long that had taken. */
export interface Told {
  readonly at: Instant;
  readonly answer: Answer;
  readonly takes: Millis;
}

/** What somebody said. */
export interface Word {
  readonly at: Instant;
  readonly say: Command;
}

export interface Facts {
  /** The plan as it was last, with its T-0. */
  readonly plan: Plan;
  /** By the name of the gate, whatever phase asked it. */
  readonly gates: ReadonlyMap<string, readonly Told[]>;
  /** By the place of the step (`placeOf`), its attempt and the number of the question: `production/deploy/1/2/1`. */
  readonly steps: ReadonlyMap<string, Told>;
  readonly looks: readonly { readonly at: Instant; readonly reading: Reading | null }[];
  readonly words: readonly Word[];
}

/** The facts of a release, from its events in order; null where the first is no plan. */
export function factsOf(happened: readonly Happened[]): Facts | null {
  const [first] = happened;
  if (first?.event.type !== "ReleasePlanned") return null;
  const notes = new Notes(first.event.plan);
  for (const one of happened) notes.take(one);
  return notes;
}

/** Collects the facts; what was voided on the way is none any more. */
class Notes implements Facts {
  plan: Plan;
  readonly gates = new Map<string, Told[]>();
  readonly steps = new Map<string, Told>();
  readonly looks: { at: Instant; reading: Reading | null }[] = [];
  words: Word[] = [];
  /** When what is under way began: the step, or the answer before. */
  private since: Instant = 0;
  /** The attempt under way, and its answers so far. */
  private attempt = 1;
  private answers = 0;
  /** When each gate was asked last. */
  private readonly asked = new Map<string, Instant>();

  constructor(plan: Plan) {
    this.plan = plan;
  }

  take({ at, by, event }: Happened): void {
    if (event.type === "ReleaseRevised") this.plan = event.plan;
    if (event.type === "TrafficLooked") this.looks.push({ at, reading: event.reading });
    if (event.type === "PhaseOpened") this.since = at;
    this.takeGate(at, event);
    this.takeStep(at, event);
    const say = wordOf(event, by);
    if (say !== null) this.words.push({ at, say });
  }

  private takeGate(at: Instant, event: ReleaseEvent): void {
    if (event.type === "GateAskedAgain") this.asked.set(nameOf(event.gate), at);
    if (event.type === "GateAnswered") {
      const name = nameOf(event.gate);
      const takes = Math.max(0, at - (this.asked.get(name) ?? this.since));
      push(this.gates, name, { at, answer: event.answer, takes });
    }
    if (event.type === "GateVoided") {
      const name = nameOf(event.gate);
      this.gates.delete(name);
      this.words = this.words.filter(({ say }) => !("gate" in say) || say.gate !== name);
    }
  }

  private takeStep(at: Instant, event: ReleaseEvent): void {
    switch (event.type) {
      case "StepStarted":
        this.since = at;
        this.attempt = event.attempt;
        this.answers = 0;
        break;
      case "StepAnswered":
        this.answers += 1;
        this.noteStep(at, event.step, this.answers, event.answer);
        this.since = at;
        break;
      // Where the step gave up by itself, nobody asks for this again.
      case "StepFailed":
        this.noteStep(at, event.step, this.answers + 1, {
          outcome: "failed",
          reason: event.reason,
        });
        break;
      case "StepInDoubt":
        this.noteStep(at, event.step, this.answers + 1, {
          outcome: "unknown",
          reason: event.reason,
        });
        break;
      case "DoubtSettled": {
        const facts = { exit: event.done ? 0 : 1 };
        this.noteStep(at, event.step, "doubt", { outcome: "done", facts });
        if (event.done) this.answers += 1;
        break;
      }
    }
  }

  private noteStep(at: Instant, step: string, question: number | "doubt", answer: Answer): void {
    // Between its later answers a shift soaks and a verification measures: that is no time that work took.
    const waits = question !== 1 && /-(shift|verify)$/.test(step);
    const takes = waits ? QUICK : at - this.since;
    const key = `${placeOf(this.plan, step)}/${this.attempt}/${question}`;
    this.steps.set(key, { at, answer, takes });
  }
}

/** How long it takes to set a weight or to read counters. */
const QUICK: Millis = 100;

function push(map: Map<string, Told[]>, key: string, told: Told): void {
  map.set(key, [...(map.get(key) ?? []), told]);
}

/** The name of a gate from its key, `phase/gate`. */
function nameOf(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}

/** Where a step stands, whatever stands before it: the first `deploy` of `production`, the second `shift` ... */
export function placeOf({ phases }: Plan, id: string): string {
  const phase = phases.find(({ steps }) => steps.some((step) => step.id === id));
  const step = phase?.steps.find((one) => one.id === id);
  if (phase === undefined || step === undefined) return id;
  const alike = phase.steps.filter(({ kind }) => kind === step.kind);
  return `${phase.name}/${step.kind}/${alike.indexOf(step) + 1}`;
}

/** What a person said, from what came of it; null for what came by itself. */
function wordOf(event: ReleaseEvent, by: string): Command | null {
  switch (event.type) {
    case "GateApproved":
      return { ask: "approve", by, gate: nameOf(event.gate), role: event.role, note: event.note };
    case "ItemTicked":
      return { ask: "tick", by, gate: nameOf(event.gate), item: event.item, note: event.note };
    case "EvidenceAdded":
      return { ask: "prove", by, gate: nameOf(event.gate), link: event.link, when: event.when };
    case "GateWaived":
      return { ask: "waive", by, gate: nameOf(event.gate), reason: event.reason };
    case "ReportTicked":
      return { ask: "tick", by, gate: event.report, item: event.item };
    case "ReleaseResumed":
      return { ask: "retry", by };
    case "GateAskedAgain":
      return by === "holdpoint" ? null : { ask: "retry", by, gate: nameOf(event.gate) };
    case "DoubtSettled":
      return by === "holdpoint" ? null : { ask: "settle", by, done: event.done, reason: event.how };
    case "RollbackDecided":
      return event.automatic ? null : { ask: "rollback", by, reason: event.reason };
    case "ReleaseEnded":
      return event.how === "aborted" ? { ask: "abort", by, reason: event.reason } : null;
    default:
      return null;
  }
}
