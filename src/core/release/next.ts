import type { Instant, Millis } from "../base/time.ts";
import { nextFreezeChange } from "../calendar/freezes.ts";
import type { Question } from "../gates/gate.ts";
import { gateKind } from "../gates/table.ts";
import type { Work as StepWork } from "../steps/step.ts";
import { stepKind } from "../steps/table.ts";
import { askAgainAt, gateContext } from "./advance.ts";
import { workOf } from "./evolve.ts";
import { retreating, standsStill } from "./pause.ts";
import type { PlannedPhase, PlannedStep } from "./plan.ts";
import {
  type Guard,
  gateKey,
  type Outgoing,
  type Release,
  UNANSWERED,
  type Work,
} from "./state.ts";
import { moveOf } from "./work.ts";

/** What is wanted of the world outside. */
export type Wanted =
  | Question
  | StepWork
  | { readonly ask: "free"; readonly environment: string }
  | { readonly ask: "free-place"; readonly place: string }
  /** Send all traffic back to the stable version, because a freeze says so. */
  | { readonly ask: "retreat"; readonly environment: string }
  | { readonly ask: "look"; readonly environment: string }
  | { readonly ask: "tell"; readonly outgoing: Outgoing };

/** Something wanted, under a key that never changes on a repeat: the same state always wants the same keys. */
export interface Intent {
  readonly id: string;
  readonly due: Instant;
  readonly wanted: Wanted;
}

export interface Next {
  readonly intents: readonly Intent[];
  /** When the clock alone may move the release; null: never. */
  readonly wakeAt: Instant | null;
}

/**
 * What the outside world must do now for this release, and when to look at it again. It reads state, not events: after a
 * crash it says the same once more, and the keys make the repeat harmless.
 */
export function next(release: Release, now: Instant): Next {
  const intents: Intent[] = [];
  const wakes: Instant[] = [];
  const want = (key: string, wanted: Wanted, due = now) =>
    intents.push({ id: intentId(release, key), due, wanted });
  const { stand } = release;
  if (stand.at === "phase") phaseWants(release, stand, { now, want, wakes });
  const work = workOf(stand);
  if (work !== null) workWants(release, work, { now, want, wakes });
  const { guard } = release;
  if (guard !== null && guard.environment !== null && stand.at === "phase") {
    const due = nextLook(guard, release.plan.terms.guard.look);
    want(`look/${guard.looks + 1}`, { ask: "look", environment: guard.environment }, due);
  }
  for (const outgoing of release.outbox) want(`tell/${outgoing.id}`, { ask: "tell", outgoing });
  besideWants(release, { now, want, wakes });
  const later = wakes.filter((at) => Number.isFinite(at));
  return { intents, wakeAt: later.length > 0 ? Math.min(...later) : null };
}

/** What is wanted beside the walk: debts, clocks and freezes have their time; at the end what was claimed goes back. */
function besideWants(release: Release, wants: Wants): void {
  const { stand, clocks, debts, pause, plan } = release;
  const { now, wakes } = wants;
  for (const { due, settled, isOverdue } of debts)
    if (settled === null && !isOverdue) wakes.push(due);
  if (stand.at === "ended") {
    givesBack(release, wants);
    return;
  }
  for (const { due } of clocks) wakes.push(due);
  if (stand.at !== "phase" || (stand.work === null && pause === null)) return;
  wakes.push(nextFreezeChange(plan.terms.calendar, plan.type, now));
  const back = retreating(release);
  if (back === null) return;
  const { step, attempt, environment } = back;
  wants.want(`${step.id}/${attempt}/retreat`, { ask: "retreat", environment });
}

function givesBack({ claims, places, begun }: Release, { want }: Wants): void {
  for (const environment of claims) want(`free/${environment}`, { ask: "free", environment });
  for (const place of begun.length > 0 ? [] : places)
    want(`free/${place}`, { ask: "free-place", place });
}

/** The id of an intent; a key is unique within its release, and ids are unique among all releases. */
export function intentId({ plan }: Release, key: string): string {
  return `${plan.release}/${key}`;
}

/** The key of the question that a step is at: its attempt, and how many answers that has had. */
export function questionKey(step: string, { attempts, attempt }: Work): string {
  return `${step}/${attempts}/${(attempt?.answers.length ?? 0) + 1}`;
}

interface Wants {
  readonly now: Instant;
  readonly want: (key: string, wanted: Wanted, due?: Instant) => void;
  readonly wakes: Instant[];
}

function phaseWants(
  release: Release,
  stand: Extract<Release["stand"], { at: "phase" }>,
  wants: Wants,
): void {
  const phase = release.plan.phases[stand.phase];
  if (phase === undefined || stand.work !== null) return;
  if (stand.openedAt === null) {
    if (phase.opensAt !== null) wants.wakes.push(phase.opensAt);
    return;
  }
  gatesWant(release, phase, wants);
}

function gatesWant(release: Release, phase: PlannedPhase, { want, wakes }: Wants): void {
  for (const gate of phase.gates) {
    const key = gateKey(phase.name, gate.name);
    const known = release.gates[key] ?? UNANSWERED;
    if (known.waived) continue;
    const question = gateKind(gate.kind).ask(gate.config, gateContext(release.plan, gate));
    if (question !== null && known.answer === undefined) want(`${key}/${known.ask}`, question);
    if (known.judged.until !== undefined) wakes.push(known.judged.until);
    wakes.push(askAgainAt(gate, known));
  }
}

function workWants(release: Release, work: Work, { now, want, wakes }: Wants): void {
  const step = work.steps[work.step];
  if (step === undefined || work.failed !== null || standsStill(release, work)) return;
  if (work.doubt !== null) {
    const question = work.doubt.asked
      ? null
      : (stepKind(step.kind).reconcile?.(step.config) ?? null);
    if (question !== null) want(`${step.id}/${work.attempts}/doubt`, placed(question, step));
    return;
  }
  if (work.retryAt !== null) wakes.push(work.retryAt);
  const move = moveOf(release, work, now);
  if (move?.move === "ask") {
    want(questionKey(step.id, work), placed(move.work, step));
  }
  if (move?.move === "wait") wakes.push(move.until);
}

/** A command learns where its step works; all other work says it anyway. */
function placed(work: StepWork, { environment }: PlannedStep): StepWork {
  return work.ask === "command" ? { ...work, environment } : work;
}

/** When the traffic is looked at next: the schedule counts from the exposure. */
function nextLook(
  { since, lastAt }: Guard,
  schedule: readonly { every: Millis; for?: Millis | undefined }[],
): Instant {
  let until = since;
  for (const { every, for: length } of schedule) {
    until += length ?? Number.POSITIVE_INFINITY;
    if (lastAt < until) return lastAt + every;
  }
  return lastAt + (schedule.at(-1)?.every ?? 0);
}
