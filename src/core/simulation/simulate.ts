import { type Instant, type Millis, SECOND } from "../base/time.ts";
import type { Answer } from "../gates/gate.ts";
import type { Command } from "../release/commands.ts";
import { decide } from "../release/decide.ts";
import type { Happened } from "../release/events.ts";
import { type Intent, next } from "../release/next.ts";
import type { Plan } from "../release/plan.ts";
import type { Refusal } from "../release/refusals.ts";
import type { Release } from "../release/state.ts";
import { isSame, replayed } from "./swarm/journal.ts";

/** The world outside on the virtual clock: how it answers, and how long that takes. */
export interface World {
  readonly answer: (
    intent: Intent,
    release: Release,
    now: Instant,
  ) => { answer: Answer; takes: Millis };
  /** What people do when nothing else happens at `now`; null: they do nothing. */
  readonly people: (release: Release, now: Instant) => Command | null;
  /** The next moment after `now` at which someone comes back to say something; null, or left out: nobody does. */
  readonly comes?: (now: Instant) => Instant | null;
}

export interface Simulated {
  readonly release: Release;
  readonly happened: readonly Happened[];
  /** Commands that the engine refused, with the moment. */
  readonly refused: readonly { readonly at: Instant; readonly refusal: Refusal }[];
  readonly endedAt: Instant;
  /** When the worker died, where it was to. */
  readonly crashedAt: Instant | null;
  /** False where there was more to come than was to be looked at. */
  readonly whole: boolean;
}

export interface Span {
  readonly from: Instant;
  readonly horizon: Millis;
  /** The worker dies once so many events are in the journal; another takes over when its lease has run out. */
  readonly crashAt?: number | undefined;
  /** So many things happen at most, which bounds the time that it takes; left out: as many as there are. */
  readonly most?: number | undefined;
}

interface Flight {
  readonly at: Instant;
  readonly intent: string;
  readonly answer: Answer;
}

/**
 * Runs a release through the production engine on a virtual clock: time jumps to the next thing that happens. Ends when
 * the release has ended and nothing is wanted any more, when nothing can happen any more, or at the horizon.
 */
export function simulate(
  plan: Plan,
  world: World,
  { from, horizon, crashAt, most = Number.POSITIVE_INFINITY }: Span,
): Simulated {
  const run = new Run(plan, world, { from, crashAt });
  let count = 0;
  while (count < most && run.step(from + horizon)) count += 1;
  return { ...run.result(), whole: count < most };
}

const NEVER: Instant = Number.POSITIVE_INFINITY;
/** How long nobody works on a release whose worker died. */
const LEASE: Millis = 15 * SECOND;

/** One run: the live resource is the virtual clock. */
class Run {
  private release: Release | null = null;
  private now: Instant;
  private readonly flights: Flight[] = [];
  /** What was asked and is wanted still. */
  private asked: readonly string[] = [];
  private readonly happened: Happened[] = [];
  private readonly refused: { at: Instant; refusal: Refusal }[] = [];
  private readonly world: World;
  private crashAt: number;
  private crashedAt: Instant | null = null;

  constructor(plan: Plan, world: World, { from, crashAt }: Pick<Span, "from" | "crashAt">) {
    this.world = world;
    this.now = from;
    this.crashAt = crashAt ?? NEVER;
    this.ask({ ask: "plan", by: plan.requester, plan });
  }

  result(): Omit<Simulated, "whole"> {
    const { release, happened, refused, now, crashedAt } = this;
    if (release === null) throw new Error(refused[0]?.refusal.sentence ?? "nothing was planned");
    return { release, happened, refused, endedAt: now, crashedAt };
  }

  /** Does the next thing; false when there is none before the end. */
  step(end: Instant): boolean {
    const { release } = this;
    if (release === null) return false;
    const { intents, wakeAt } = next(release, this.now);
    const later = this.takeOff(release, intents);
    const landed = this.land();
    if (landed !== null) return this.told(landed);
    const said = this.world.people(release, this.now);
    if (said !== null) return this.ask(said);
    const wake = wakeAt !== null && wakeAt > this.now ? wakeAt : NEVER;
    const comes = this.world.comes?.(this.now) ?? NEVER;
    const moment = this.flights.reduce(
      (soonest, { at }) => Math.min(soonest, at),
      Math.min(later, wake, comes),
    );
    if (moment > end || moment === NEVER) return false;
    this.now = moment;
    if (wake === moment) return this.ask({ ask: "wake", by: "holdpoint" });
    // Before the clock moves the release nothing new is wanted: an answer that comes sooner lands at once.
    const first = moment < later && moment < comes ? this.land() : null;
    return first === null || this.told(first);
  }

  /** Sends off what is due; answers when the next of the others is. */
  private takeOff(release: Release, intents: readonly Intent[]): Instant {
    let later = NEVER;
    this.asked = this.asked.filter((id) => intents.some((intent) => intent.id === id));
    for (const intent of intents) {
      if (intent.due > this.now) {
        later = Math.min(later, intent.due);
        continue;
      }
      if (this.asked.includes(intent.id)) continue;
      this.asked = [...this.asked, intent.id];
      const { answer, takes } = this.world.answer(intent, release, this.now);
      this.flights.push({ at: this.now + takes, intent: intent.id, answer });
    }
    return later;
  }

  private land(): Flight | null {
    const index = this.flights.findIndex(({ at }) => at <= this.now);
    return index < 0 ? null : (this.flights.splice(index, 1)[0] ?? null);
  }

  private told({ intent, answer }: Flight): boolean {
    return this.ask({ ask: "answer", by: "holdpoint", intent, answer });
  }

  private ask(command: Command): boolean {
    const decided = decide(this.release, command, this.now);
    if (!decided.ok) {
      this.refused.push({ at: this.now, refusal: decided.error });
      return this.refused.length < 1000;
    }
    this.release = decided.value.release;
    this.happened.push(...decided.value.happened);
    if (this.happened.length >= this.crashAt) this.crash();
    return true;
  }

  /** What was under way comes back to nobody. The next worker knows the journal alone, and asks under the same keys. */
  private crash(): void {
    this.crashAt = NEVER;
    this.crashedAt = this.now;
    this.flights.length = 0;
    this.asked = [];
    const before = this.release;
    this.release = replayed(this.happened);
    if (!isSame(before, this.release))
      throw new Error("the journal gives back another release than the one that was left");
    this.now += LEASE;
  }
}
