// What the swarm (src/core/simulation/swarm) does not prove, since its policies are such as people write: the engine under
// policies that make no sense, with gates and steps of every kind, revised into others; a crash between any two events;
// worlds in which nothing ever goes well. A failure names its seed; the seed is all it takes.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonical } from "../base/canonical.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../base/time.ts";
import { statusReport } from "../reports/status.ts";
import { type Chance, chanceFrom } from "../simulation/chance.ts";
import { STEPS } from "../steps/table.ts";
import type { Command } from "./commands.ts";
import { decide } from "./decide.ts";
import type { Happened } from "./events.ts";
import { evolve } from "./evolve.ts";
import { type Intent, next } from "./next.ts";
import { randomAnswer, randomCommand, randomPlan } from "./random.fake.ts";
import type { Release } from "./state.ts";
import { EVENT_VERSIONS, readEvent, writeEvent } from "./upcast.ts";
import { dueItems } from "./watch-reports.ts";

const RUNS = 250;
const SEED = 3;

/** A life of a release, with all that was ever wanted and happened in it. */
interface Life {
  release: Release;
  /** The same release, but folded from the journal alone. */
  replayed: Release;
  now: number;
  readonly happened: Happened[];
  readonly wanted: Map<string, string>;
  /** Keys whose answers were taken. */
  readonly answered: Set<string>;
  /** Intents that someone is at work on. */
  readonly flights: Intent[];
  /** What happened at the last command. */
  last: readonly Happened[];
}

function everyLife(rule: (life: Life, chance: Chance) => void, steps = 150): void {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const chance = chanceFrom(seed);
      const life = born(chance);
      rule(life, chance);
      for (let step = 0; step < steps; step += 1) {
        live(life, chance);
        rule(life, chance);
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
}

function born(chance: Chance): Life {
  const plan = randomPlan(chance);
  const decided = decide(null, { ask: "plan", by: plan.requester, plan }, 0);
  if (!decided.ok) throw new Error(decided.error.sentence);
  const { release, happened } = decided.value;
  const life: Life = {
    release,
    replayed: replay(null, happened),
    now: 0,
    happened: [...happened],
    wanted: new Map(),
    answered: new Set(),
    flights: [],
    last: happened,
  };
  return life;
}

/** One thing happens: work is taken up, answered, time passes, or someone speaks. */
function live(life: Life, chance: Chance): void {
  const due = next(life.release, life.now).intents.filter((intent) => intent.due <= life.now);
  const free = due.filter(({ id }) => !life.flights.some((flight) => flight.id === id));
  life.flights.push(...free.filter(() => chance.is(0.8)));
  const flight = life.flights[chance.upTo(life.flights.length)];
  life.last = [];
  if (flight !== undefined && chance.is(0.8)) land(life, flight, chance);
  else if (chance.is(0.5)) say(life, randomCommand(chance, life.release));
  else {
    life.now += chance.one([0, SECOND, 30 * SECOND, 2 * MINUTE, HOUR]);
    say(life, { ask: "wake", by: "holdpoint" });
  }
}

function land(life: Life, { id, ...rest }: Intent, chance: Chance): void {
  const answer = randomAnswer(chance, { id, ...rest }, life.now);
  const command: Command = { ask: "answer", by: "holdpoint", intent: id, answer };
  say(life, command);
  if (chance.is(0.9))
    life.flights.splice(
      life.flights.findIndex((flight) => flight.id === id),
      1,
    );
}

function say(life: Life, command: Command): void {
  const decided = decide(life.release, command, life.now);
  if (!decided.ok) return;
  life.release = decided.value.release;
  life.last = decided.value.happened;
  if (command.ask === "answer" && life.last.length > 0) life.answered.add(command.intent);
  life.happened.push(...life.last);
  life.replayed = replay(life.replayed, life.last);
}

/** Folds events as the journal gives them back. */
function replay(from: Release | null, happened: readonly Happened[]): Release {
  let state = from;
  for (const { at, by, event } of happened) {
    const kept = JSON.parse(JSON.stringify(writeEvent(event)));
    state = evolve(state, { at, by, event: readEvent(kept) });
  }
  if (state === null) throw new Error("nothing has happened");
  return state;
}

test("with gates and steps of every kind the journal gives back the same release, wishes and status; keys count once; what is wanted holds until the clock moves it; nothing waits for nothing", () => {
  const types = new Set<string>();
  const kinds = new Set<string>();
  everyLife((life) => {
    if (life.last.length > 0 && life.happened.length % 8 === 0) isTheSameFromItsJournal(life);
    countsKeysOnce(life);
    wantsTheSameUntilTheClock(life);
    waitsForSomething(life);
    for (const { event } of life.last) {
      types.add(event.type);
      if (event.type === "StepDone") kinds.add(event.step.replace(/^.*\d-/, ""));
    }
  });
  assert.deepEqual([...types].sort(), Object.keys(EVENT_VERSIONS).sort());
  assert.deepEqual([...kinds].sort(), Object.keys(STEPS).sort());
});

function isTheSameFromItsJournal({ release, replayed, now }: Life): void {
  assert.equal(canonical(replayed), canonical(release));
  assert.equal(canonical(next(replayed, now)), canonical(next(release, now)));
  assert.equal(canonical(statusReport(replayed, now)), canonical(statusReport(release, now)));
}

/** A key is never wanted twice at once, nor again once it was answered, nor ever for anything else. */
function countsKeysOnce(life: Life): void {
  const { intents } = next(life.release, life.now);
  assert.equal(new Set(intents.map(({ id }) => id)).size, intents.length);
  for (const { id, wanted } of intents) {
    const text = canonical(wanted);
    assert.equal(life.wanted.get(id) ?? text, text, id);
    assert.ok(!life.answered.has(id), `${id} was answered already`);
    life.wanted.set(id, text);
  }
}

/** Time alone makes nothing new wanted before the moment at which the clock may move the release. */
function wantsTheSameUntilTheClock({ release, now }: Life): void {
  const said = (from: Release, at: number) => {
    const { intents, wakeAt } = next(from, at);
    const wanted = intents.map(({ id, due, wanted }) => ({ id, wanted, due: Math.max(due, now) }));
    return canonical({ wanted, wakeAt });
  };
  const { wakeAt } = next(release, now);
  const before = said(release, now);
  for (const later of [now + 1, wakeAt === null ? now + DAY : wakeAt - 1])
    if (later > now && (wakeAt === null || later < wakeAt)) {
      const then = said({ ...release }, later).replaceAll(`"due":${later}`, `"due":${now}`);
      assert.equal(then, before);
    }
}

/** It is ended, stopped, in doubt or held by a gate, or it wants or awaits something. */
function waitsForSomething({ release, now }: Life): void {
  const { stand } = release;
  const { intents, wakeAt } = next(release, now);
  assert.ok(wakeAt === null || wakeAt > now, `a wake-up ${now - (wakeAt ?? 0)} ms ago`);
  if (intents.length > 0 || wakeAt !== null || stand.at === "ended" || stand.at === "stopped")
    return;
  if (stand.work?.doubt || dueItems(release).length > 0) return;
  assert.ok(statusReport(release, now).holds.length > 0, JSON.stringify(stand));
}

test("a crash between any two events changes nothing: the rules take the rest up where it was left", () => {
  everyLife((life, chance) => {
    if (life.last.length < 2 || life.last.length === life.happened.length) return;
    const own = Math.max(1, life.last.filter(({ by }) => by !== "holdpoint").length);
    const count = own + chance.upTo(life.last.length - own);
    const before = replay(null, life.happened.slice(0, life.happened.length - life.last.length));
    const torn = replay(before, life.last.slice(0, count));
    const decided = decide(torn, { ask: "wake", by: "holdpoint" }, life.now);
    assert.equal(canonical(decided.ok && decided.value.release), canonical(life.release));
  }, 40);
});

test("every release comes to rest: in no world, however bad, does a day hold more than some thousand events", () => {
  const moods = ["failed", "unknown", "done", "random"] as const;
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(...moods), (seed, mood) => {
      const chance = chanceFrom(seed);
      const life = born(chance);
      for (let step = 0; step < 40; step += 1) live(life, chance);
      const before = life.happened.length;
      const end = life.now + DAY;
      while (life.now < end && drift(life, chance, mood));
      assert.ok(life.happened.length - before < 12_000, `${life.happened.length - before} events`);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

/** The world alone goes on: every wish is answered in the same mood after a second, time jumps to the next moment. */
function drift(
  life: Life,
  chance: Chance,
  mood: "failed" | "unknown" | "done" | "random",
): boolean {
  const { intents, wakeAt } = next(life.release, life.now);
  const [due] = intents.filter(
    (intent) => intent.due <= life.now && !intent.wanted.ask.startsWith("free"),
  );
  if (due !== undefined) {
    life.now += SECOND;
    const answer =
      mood === "random"
        ? randomAnswer(chance, due, life.now)
        : mood === "done"
          ? ({ outcome: "done", facts: { exit: 0 } } as const)
          : ({ outcome: mood, reason: "the world is bad" } as const);
    say(life, { ask: "answer", by: "holdpoint", intent: due.id, answer });
    return true;
  }
  const moments = [...intents.map((intent) => intent.due), wakeAt ?? Number.POSITIVE_INFINITY];
  const moment = Math.min(...moments.filter((at) => at > life.now));
  if (!Number.isFinite(moment)) return false;
  life.now = moment;
  say(life, { ask: "wake", by: "holdpoint" });
  return true;
}
