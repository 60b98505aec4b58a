// The life of one or two releases, from a seed: the engine is driven as src/app/worker.ts drives it, through the faults
// that the seed has chosen, until the world calms down and everything must come to its end.
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../base/time.ts";
import { type Intent, LANDS_FIRST } from "../../release/next.ts";
import type { Release } from "../../release/state.ts";
import { type Chance, chanceFrom } from "../chance.ts";
import type { Broken } from "../invariants/table.ts";
import type { Trouble } from "../traffic.ts";
import { Course, type Flight } from "./course.ts";
import { type Fault, someFaults } from "./faults.ts";
import { Outside } from "./outside.ts";
import { EVERYONE, LEAD } from "./people.ts";
import { BEGIN, planFor, policyFor } from "./plans.ts";
import { helpful, meddling, replanned, WHY } from "./words.ts";
import { luckOf, takesOf } from "./work.ts";

/** What came of one life. */
export interface Lived {
  readonly seed: number;
  readonly faults: readonly Fault[];
  /** How each of its releases ended; null: it did not. */
  readonly ends: readonly (string | null)[];
  readonly events: number;
  /** What was broken first; null: nothing. */
  readonly broken: Broken | null;
}

/** Turns after which the faults stop, and after which a life that has not ended never will. */
const CALM = 250;
const MOST = 3000;
const MONTH = 30 * DAY;
const NONE: ReadonlySet<Fault> = new Set();
const SLOW: readonly Fault[] = ["answer late", "answer lost", "clock jumps"];

/** Lives one life. The same seed gives the same life. */
export function live(seed: number): Lived {
  const life = new Life(seed);
  while (life.turn());
  return life.result();
}

class Life {
  private readonly seed: number;
  private readonly chance: Chance;
  private readonly faults: ReadonlySet<Fault>;
  private readonly outside = new Outside();
  private readonly courses: Course[] = [];
  private readonly absent: readonly string[];
  private readonly troubles: readonly Trouble[];
  private now: Instant = BEGIN;
  private turns = 0;
  /** When a second release is planned; null: never, or it was. */
  private rivalAt: Instant | null;

  constructor(seed: number) {
    this.seed = seed;
    this.chance = chanceFrom(seed);
    this.faults = someFaults(this.chance);
    this.absent = this.faults.has("person absent") ? [this.chance.one(EVERYONE)] : [];
    this.troubles = troublesOf(this.faults, this.chance);
    this.rivalAt = this.faults.has("rival") ? BEGIN + this.chance.upTo(2 * HOUR) : null;
    this.begin(1);
  }

  result(): Lived {
    const { seed, courses } = this;
    const broken = courses.find((course) => course.broken !== null)?.broken ?? null;
    const ends = courses.map(({ chronicle }) => chronicle.ended?.how ?? null);
    const events = courses.reduce((sum, { chronicle }) => sum + chronicle.happened.length, 0);
    return { seed, faults: [...this.faults], ends, events, broken };
  }

  /** One thing happens; false when nothing will any more, or something was broken. */
  turn(): boolean {
    this.turns += 1;
    for (const { broken } of this.courses) if (broken !== null) return false;
    if (this.turns > MOST) return this.neverEnds();
    for (const course of this.courses) this.takeOff(course);
    for (const course of this.courses) if (this.land(course)) return true;
    for (const course of this.courses) if (this.speakTo(course)) return true;
    return this.pass();
  }

  private get isCalm(): boolean {
    return this.turns > CALM;
  }

  private get active(): ReadonlySet<Fault> {
    return this.isCalm ? NONE : this.faults;
  }

  private begin(number: number): void {
    const { chance, faults, outside, now, troubles } = this;
    const running = chance.one(["finish", "pause", "retreat"] as const);
    const kind = chance.one(["freeze", "freeze", "blackout"] as const);
    const from = now + chance.upTo(3 * HOUR);
    const freeze = faults.has("freeze") ? { from, running, kind } : null;
    const plan = planFor(policyFor(this.seed), { number, at: now, freeze });
    const doer = { release: plan.release, version: plan.version, troubles };
    const slow = SLOW.some((fault) => faults.has(fault));
    this.courses.push(new Course(plan, { outside, doer, now, slow }));
  }

  /** Has all done that is due, or does not live to see it. */
  private takeOff(course: Course): void {
    course.claim(this.now);
    const { intents } = course.at(this.now);
    if (this.now < course.downUntil) return;
    for (const { intent } of course.flights)
      if (LANDS_FIRST.has(intent.wanted.ask) && !isAmong(intents, intent)) return;
    for (const intent of intents) {
      if (intent.due > this.now || course.isFlying(intent)) continue;
      if (!this.fly(course, intent)) return;
    }
  }

  /** Does one thing; false when the worker died of it. */
  private fly(course: Course, intent: Intent): boolean {
    const { active, chance, now } = this;
    const strikes = (fault: Fault) => active.has(fault) && chance.is(0.02);
    if (strikes("crash before effect")) return this.crash(course);
    const answer = course.perform(intent, luckOf(intent, active, chance));
    if (strikes("crash after effect")) return this.crash(course);
    if (strikes("answer lost")) return this.lose(course);
    const at = now + takesOf(intent, active, chance);
    course.flights.push({ at, intent, answer });
    if (strikes("answer twice")) course.echoes.push({ at: at + chance.upTo(HOUR), intent, answer });
    return true;
  }

  private crash(course: Course): false {
    course.crash();
    return this.lose(course);
  }

  /** Nobody works on it for a while, and what was under way is refused. */
  private lose(course: Course): false {
    course.lose(this.now + SECOND + this.chance.upTo(MINUTE));
    return false;
  }

  /** Hands in an answer that has come; false where none has. */
  private land(course: Course): boolean {
    const flight = arrived(course.flights, this.now) ?? arrived(course.echoes, this.now);
    if (flight === undefined) return false;
    const { intent, answer } = flight;
    course.ask({ ask: "answer", by: "holdpoint", intent: intent.id, answer });
    return true;
  }

  /** Whether someone says something that changes anything. */
  private speakTo(course: Course): boolean {
    const { active, chance, outside } = this;
    const { release } = course;
    if (active.has("meddling") && chance.is(0.4)) return course.ask(meddling(release, chance));
    if (isOver(release))
      return active.has("bad after all") && course.ask({ ask: "withdraw", by: LEAD, reason: WHY });
    if (active.has("bundle changes") && release.begun.length === 0 && chance.is(0.1))
      return course.ask(replanned(release, chance));
    const absent = this.isCalm ? [] : this.absent;
    return helpful(release, { outside, absent, chance, now: this.now }).some((word) =>
      course.ask(word),
    );
  }

  /** The next moment at which something can happen. */
  private soonest(): Instant {
    let soonest = this.rivalAt ?? Number.POSITIVE_INFINITY;
    const at = (moment: Instant) => {
      if (moment > this.now && moment < soonest) soonest = moment;
    };
    for (const { flights, echoes, wanted, downUntil } of this.courses) {
      for (const flight of flights) at(flight.at);
      for (const echo of echoes) at(echo.at);
      for (const { due } of wanted.intents) at(due);
      if (wanted.wakeAt !== null) at(wanted.wakeAt);
      at(downUntil);
    }
    return soonest;
  }

  /** Time passes until then. */
  private pass(): boolean {
    const moment = this.soonest();
    // Nobody waits for a month until someone comes.
    const isFar = moment - this.now > MONTH && !this.isCalm;
    if (isFar || !Number.isFinite(moment)) return this.standsStill();
    this.now = moment;
    if (this.active.has("clock jumps") && this.chance.is(0.05))
      this.now += this.chance.upTo(9 * HOUR);
    if (this.rivalAt !== null && this.rivalAt <= this.now) {
      this.rivalAt = null;
      this.begin(2);
    }
    for (const course of this.courses) {
      const { wakeAt } = course.wanted;
      if (wakeAt !== null && wakeAt <= this.now && this.now >= course.downUntil) {
        course.now = this.now;
        course.ask({ ask: "wake", by: "holdpoint" });
      }
    }
    return true;
  }

  /** Nothing moves by itself: all has ended, or it waits for people, who come back when the world is calm. */
  private standsStill(): boolean {
    if (this.courses.every(({ release }) => isOver(release))) {
      for (const course of this.courses) course.rest();
      return false;
    }
    if (this.isCalm) return this.neverEnds();
    this.turns = CALM;
    this.now += HOUR;
    return true;
  }

  private neverEnds(): false {
    const course =
      this.courses.find(({ release }) => release.stand.at !== "ended") ?? this.courses[0];
    if (course !== undefined) {
      const { stand } = course.release;
      course.broken ??= {
        invariant: "ends",
        says: `it stands still for ever: ${JSON.stringify(stand).slice(0, 500)}`,
      };
    }
    return false;
  }
}

function isAmong(intents: readonly Intent[], { id }: Intent): boolean {
  return intents.some((intent) => intent.id === id);
}

/** It has ended, and nobody need say anything more. */
function isOver({ stand, back }: Release): boolean {
  return stand.at === "ended" && !back?.frozen;
}

/** Takes the first that has come out of what is under way. */
function arrived(flights: Flight[], now: Instant): Flight | undefined {
  const index = flights.findIndex(({ at }) => at <= now);
  return index < 0 ? undefined : flights.splice(index, 1)[0];
}

function troublesOf(faults: ReadonlySet<Fault>, chance: Chance): readonly Trouble[] {
  const from = BEGIN + chance.upTo(3 * HOUR);
  const until = from + 12 * HOUR;
  const troubles: Trouble[] = [];
  if (faults.has("errors at the canary")) troubles.push({ errors: 0.5, from, until });
  if (faults.has("probe fails")) troubles.push({ unhealthy: true, from, until });
  if (faults.has("errors at both"))
    troubles.push({ errors: 0.2, from, until }, { of: "stable", errors: 0.2, from, until });
  return troubles;
}
