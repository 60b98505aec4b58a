// One release in the swarm: the engine's state of it, what is under way for it, and what invariants are judged by.
import type { Instant } from "../../base/time.ts";
import type { Answer } from "../../gates/gate.ts";
import type { Reading } from "../../judge/reading.ts";
import type { Command } from "../../release/commands.ts";
import { decide } from "../../release/decide.ts";
import type { Happened } from "../../release/events.ts";
import { type Intent, type Next, next, type Wanted } from "../../release/next.ts";
import type { Plan } from "../../release/plan.ts";
import type { Release } from "../../release/state.ts";
import type { Finding, Invariant } from "../invariants/invariant.ts";
import { type Broken, type Hook, hooksAt, hooksOf } from "../invariants/table.ts";
import { Chronicle } from "./chronicle.ts";
import { type Folded, isSame, replayed } from "./journal.ts";
import type { Doer, Luck, Outside } from "./outside.ts";

/** Something under way, with the answer that it will come back with. */
export interface Flight {
  readonly at: Instant;
  readonly intent: Intent;
  readonly answer: Answer;
}

export class Course {
  readonly chronicle: Chronicle;
  readonly outside: Outside;
  readonly doer: Doer;
  release: Release;
  now: Instant;
  /** What it wanted when something was last said to it: as the store keeps it for the worker until then. */
  wanted: Next;
  private isNews = true;
  flights: Flight[] = [];
  /** Answers that come a second time. */
  readonly echoes: Flight[] = [];
  /** Until when no worker is there for it. */
  downUntil: Instant = Number.NEGATIVE_INFINITY;
  /** A worker has it; the first thing that one does is to see what the clock has made of it meanwhile. */
  private isClaimed = true;
  /** What the world has answered, by the id of the intent. */
  readonly said = new Map<string, Answer>();
  /** What each key was wanted for, and those whose answers were taken. */
  readonly keys = new Map<string, Wanted>();
  readonly taken = new Set<string>();
  /** Weights that were set, by the step that was under way, with the moment of the answer. */
  readonly weighed: { readonly step: string; readonly weight: number; readonly at: Instant }[] = [];
  /** Looks in a row at which the new version was plainly bad, and the stable one plainly well. */
  badLooks = 0;
  /** The world keeps no times: answers come late, are lost, or the clock jumps. */
  readonly slow: boolean;
  /** What is being said to it, as long as the first of what that has led to is judged. */
  saying: Command | null = null;
  broken: Broken | null = null;
  /** The release of which it was last judged what it wants. */
  private looked: Release | null = null;
  private lastReading: Reading | null = null;
  private folded: Folded | undefined = undefined;

  constructor(plan: Plan, parts: { outside: Outside; doer: Doer; now: Instant; slow: boolean }) {
    this.outside = parts.outside;
    this.doer = parts.doer;
    this.slow = parts.slow;
    this.now = parts.now;
    this.chronicle = new Chronicle(plan);
    const decided = decide(null, { ask: "plan", by: plan.requester, plan }, parts.now);
    if (!decided.ok) throw new Error(decided.error.sentence);
    this.release = decided.value.release;
    for (const one of decided.value.happened) this.chronicle.take(one);
    this.wanted = next(this.release, this.now);
  }

  /** Says something to the release; false where it is refused. */
  ask(command: Command): boolean {
    const decided = decide(this.release, command, this.now);
    if (!decided.ok) return false;
    const { release, happened } = decided.value;
    this.release = release;
    this.isNews = true;
    this.saying = command;
    for (const one of happened) {
      this.note(one);
      this.judgeEvent(one);
      this.chronicle.take(one);
      this.saying = null;
    }
    // A way back that is decided while no worker is there takes the longer for it.
    if (this.now < this.downUntil) this.chronicle.rough();
    if (command.ask === "answer" && happened.length > 0) this.taken.add(command.intent);
    this.judge("state", (hook) => hook(this, command));
    return true;
  }

  /** Moves its clock, and says what is wanted. */
  at(now: Instant): Next {
    this.now = now;
    if (!this.isNews) return this.wanted;
    this.isNews = false;
    this.wanted = next(this.release, now);
    if (this.release !== this.looked) this.judge("wants", (hook) => hook(this, this.wanted));
    this.looked = this.release;
    return this.wanted;
  }

  /** Whether the answer to something wanted is on its way. */
  isFlying({ id }: Intent): boolean {
    for (const { intent } of this.flights) if (intent.id === id) return true;
    return false;
  }

  /** Does a piece of work outside. */
  perform(intent: Intent, luck: Luck): Answer {
    this.judge("work", (hook) => hook(this, intent));
    const { id: key, wanted } = intent;
    const answer = this.outside.perform(this.doer, { key, wanted }, this.now, luck);
    this.said.set(key, answer);
    return answer;
  }

  /** The worker has lost it: what is under way counts no more, and another comes later. */
  lose(until: Instant): void {
    this.flights = [];
    this.downUntil = until;
    this.isClaimed = false;
    this.chronicle.rough();
  }

  /** A worker takes it over, where none has it. */
  claim(now: Instant): void {
    if (this.isClaimed || now < this.downUntil) return;
    this.isClaimed = true;
    this.now = now;
    this.ask({ ask: "wake", by: "holdpoint" });
  }

  /** The worker died: the release is what its journal says. */
  crash(): void {
    const before = this.release;
    this.release = this.replay();
    this.isNews = true;
    if (!isSame(before, this.release))
      this.broken ??= { invariant: "journal", says: "the journal gives back another release" };
  }

  /** The release as its journal gives it back. */
  replay(): Release {
    const { happened } = this.chronicle;
    const release = replayed(happened, this.folded);
    this.folded = { count: happened.length, release };
    return release;
  }

  /** Nothing more will happen: what must hold at the end is looked at. */
  rest(): void {
    this.judge("rest", (hook) => hook(this));
  }

  private note({ at, event }: Happened): void {
    const { current } = this.chronicle;
    const answered = event.type === "StepAnswered" || (event.type === "DoubtSettled" && event.done);
    if (answered && current?.step.kind === "shift") {
      const done = this.outside.effects.findLast(
        ({ release, wanted }) => release === this.doer.release && wanted.ask === "weigh",
      );
      if (done?.wanted.ask === "weigh")
        this.weighed.push({ step: current.step.id, weight: done.wanted.canary, at });
    }
    if (event.type === "TrafficLooked") {
      this.badLooks = isBad(this.lastReading, event.reading) ? this.badLooks + 1 : 0;
      this.lastReading = event.reading;
    }
  }

  private judgeEvent(one: Happened): void {
    if (this.broken !== null) return;
    const { event } = one;
    for (const { name, hook } of hooksOf(event.type)) {
      const says = hook(this, event, one);
      if (says) {
        this.broken = { invariant: name, says };
        return;
      }
    }
  }

  private judge<On extends Hook>(
    on: On,
    look: (hook: NonNullable<Invariant[On]>) => Finding,
  ): void {
    if (this.broken !== null) return;
    for (const { name, hook } of hooksAt(on)) {
      const says = look(hook);
      if (says) {
        this.broken = { invariant: name, says };
        return;
      }
    }
  }
}

/** Whether between two readings a third of the new version's requests failed, and hardly any of the stable one's. */
function isBad(before: Reading | null, after: Reading | null): boolean {
  const failing = (role: "canary" | "baseline") => {
    const [now, then] = [after?.[role]?.counters, before?.[role]?.counters];
    if (now === undefined || then === undefined) return { requests: 0, share: 0 };
    const requests = now.requests - then.requests;
    return { requests, share: requests > 0 ? (now.errors - then.errors) / requests : 0 };
  };
  const [fresh, stable] = [failing("canary"), failing("baseline")];
  return fresh.requests >= 100 && fresh.share > 1 / 3 && stable.share < 0.01;
}
