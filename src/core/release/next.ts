import { appended } from "../base/list.ts";
import type { Instant, Millis } from "../base/time.ts";
import { nextFreezeChange } from "../calendar/freezes.ts";
import type { Question } from "../gates/gate.ts";
import type { Work as StepWork } from "../steps/step.ts";
import { stepKind } from "../steps/table.ts";
import { askAgainAt } from "./advance.ts";
import { alertWakes } from "./alerts.ts";
import { clockWake } from "./back-clock.ts";
import { mayAsk, type Place, placeKey } from "./claims.ts";
import { derived, gatesOf } from "./derived.ts";
import { workOf } from "./evolve.ts";
import { retreating, standsStill } from "./pause.ts";
import type { PlannedStep } from "./plan.ts";
import { updateWake } from "./public.ts";
import { type Guard, type Outgoing, type Release, UNANSWERED, type Work } from "./state.ts";
import { reportWake } from "./watch-reports.ts";
import { moveOf } from "./work.ts";

/** What is wanted of the world outside. */
export type Wanted =
  | Question
  | StepWork
  | { readonly ask: "free"; readonly environment: string }
  | (Place & { readonly ask: "free-place" })
  /** Send all traffic back to the stable version, because a freeze says so. */
  | { readonly ask: "retreat"; readonly environment: string }
  | { readonly ask: "look"; readonly environment: string }
  | { readonly ask: "tell"; readonly outgoing: Outgoing };

/**
 * What lands before anything else is done, where it is under way and no longer wanted: a weight, or it would land after
 * that of the way back; and what takes something that others want, or it would be taken after it was given back.
 */
export const LANDS_FIRST: ReadonlySet<Wanted["ask"]> = new Set(["weigh", "claim", "place"]);

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

/** What was said last. */
interface Said {
  readonly release: Release;
  readonly now: Instant;
  readonly said: Next;
}
let latest: Said | null = null;

/**
 * What the outside world must do now for this release, and when to look at it again. It reads state, not events: after a
 * crash it says the same once more, and the keys make the repeat harmless. What was said holds until the clock may move the
 * release; what was due then is due still.
 */
export function next(release: Release, now: Instant): Next {
  if (latest?.release === release && stillHolds(latest, now)) return latest.said;
  const said = wantedBy(release, now);
  latest = { release, now, said };
  return said;
}

function stillHolds({ now: then, said: { wakeAt } }: Said, now: Instant): boolean {
  return now === then || (now > then && (wakeAt === null || now < wakeAt));
}

function wantedBy(release: Release, now: Instant): Next {
  const { stand, guard, outbox } = release;
  const wants = new Wants(release, now);
  if (stand.at === "phase") phaseWants(release, stand, wants);
  const work = workOf(stand);
  if (work !== null) workWants(release, work, wants);
  if (guard !== null && guard.environment !== null && stand.at === "phase") {
    const due = nextLook(guard, release.plan.terms.guard.look);
    wants.ask(`look/${guard.looks + 1}`, { ask: "look", environment: guard.environment }, due);
  }
  for (const outgoing of outbox) wants.ask(`tell/${outgoing.id}`, { ask: "tell", outgoing });
  // What is overdue is wanted still: a worker that waits for a long effect hears of it from here alone.
  wants.wakeAt(clockWake(release));
  wants.wakeAt(reportWake(release));
  wants.wakeAt(updateWake(release));
  for (const wake of alertWakes(release)) wants.wakeAfter(wake);
  besideWants(release, wants);
  return wants.all();
}

/** What is wanted, as it is gathered. */
class Wants {
  readonly now: Instant;
  private readonly release: Release;
  private intents: Intent[] = [];
  private soonest: Instant = Number.POSITIVE_INFINITY;

  constructor(release: Release, now: Instant) {
    this.release = release;
    this.now = now;
  }

  ask(key: string, wanted: Wanted, due = this.now): void {
    this.intents = appended(this.intents, { id: intentId(this.release, key), due, wanted });
  }

  /** At a moment; null: never. */
  wakeAt(at: Instant | null): void {
    if (at !== null && at < this.soonest) this.soonest = at;
  }

  /** At a moment that may have passed already, or may never come. */
  wakeAfter(at: Instant | null): void {
    if (at !== null && at > this.now) this.wakeAt(at);
  }

  all(): Next {
    return {
      intents: this.intents,
      wakeAt: Number.isFinite(this.soonest) ? this.soonest : null,
    };
  }
}

/** What is wanted beside the walk: debts, clocks and freezes have their time; at the end what was claimed goes back. */
function besideWants(release: Release, wants: Wants): void {
  const { stand, clocks, debts, pause, plan } = release;
  for (const { due, settled, isOverdue } of debts)
    if (settled === null && !isOverdue) wants.wakeAt(due);
  if (stand.at === "ended" || stand.at === "withdrawal") {
    givesBack(release, wants);
    return;
  }
  for (const { due } of clocks) wants.wakeAt(due);
  if (stand.at !== "phase" || (stand.work === null && pause === null)) return;
  if (derived(plan).mayPause)
    wants.wakeAt(nextFreezeChange(plan.terms.calendar, plan.type, wants.now));
  const back = retreating(release);
  if (back === null) return;
  const { step, attempt, environment } = back;
  wants.ask(`${step.id}/${attempt}/retreat`, { ask: "retreat", environment });
}

function givesBack({ claims, places, begun, back }: Release, wants: Wants): void {
  for (const environment of claims.filter((claim) => claim !== back?.frozen))
    wants.ask(`free/${environment}`, { ask: "free", environment });
  for (const place of begun.length > 0 ? [] : places)
    wants.ask(`free/${placeKey(place)}`, { ask: "free-place", ...place });
}

/** The id of an intent; a key is unique within its release, and ids are unique among all releases. */
export function intentId({ plan }: Release, key: string): string {
  return `${plan.release}/${key}`;
}

/** The key of the question that a step is at: its attempt, and how many answers that has had. */
export function questionKey(step: string, { attempts, attempt }: Work): string {
  return `${step}/${attempts}/${(attempt?.answers.length ?? 0) + 1}`;
}

function phaseWants(
  { plan, gates }: Release,
  { phase, openedAt, work }: Extract<Release["stand"], { at: "phase" }>,
  wants: Wants,
): void {
  if (work !== null) return;
  if (openedAt === null) {
    const opensAt = plan.phases[phase]?.opensAt ?? null;
    if (opensAt !== null) wants.wakeAt(opensAt);
    return;
  }
  const here = gatesOf(plan, phase);
  for (const placed of here) {
    const { key, question } = placed;
    const known = gates[key] ?? UNANSWERED;
    if (known.waived) continue;
    const isOpen = known.answer === undefined && mayAsk(placed, here, gates);
    if (isOpen && question !== null) wants.ask(`${key}/${known.ask}`, question);
    if (known.judged.until !== undefined) wants.wakeAt(known.judged.until);
    wants.wakeAt(askAgainAt(placed, known));
  }
}

function workWants(release: Release, work: Work, wants: Wants): void {
  const step = work.steps[work.step];
  if (step === undefined || work.failed !== null || standsStill(release, work)) return;
  if (work.doubt !== null) {
    const question = work.doubt.asked
      ? null
      : (stepKind(step.kind).reconcile?.(step.config) ?? null);
    if (question !== null) wants.ask(`${step.id}/${work.attempts}/doubt`, placed(question, step));
    return;
  }
  if (work.retryAt !== null) wants.wakeAt(work.retryAt);
  const move = moveOf(release, work, wants.now);
  if (move?.move === "ask") wants.ask(questionKey(step.id, work), placed(move.work, step));
  if (move?.move === "wait") wants.wakeAt(move.until);
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
