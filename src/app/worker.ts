// Performs what releases want of the world outside.
//
//   due release -> claim a lease (one worker at a time, with a rising token)
//   leased      -> perform its due intents, all at once; hand each answer back as a command under the lease
//   nothing due -> give the lease back; the store says when the release is due again
//   lease lost  -> stop at once: whoever has it now asks the same intents again, under the same keys
//
// An effect that breaks off (exception) is asked again later, with growing pauses. Answers are durable before the next
// intent of the release is asked for.
import { type Instant, type Millis, SECOND } from "#core/base/time.ts";
import type { Answer } from "#core/gates/gate.ts";
import { LANDS_FIRST, next, type Wanted } from "#core/release/next.ts";
import type { Release } from "#core/release/state.ts";
import { type Boundary, Fenced, type Handler } from "./handle.ts";
import type { Lease, Store, StoredIntent } from "./ports/store.ts";

/** Does one thing that a release wants, exactly once per key (src/app/perform). */
export type Perform = (key: string, wanted: Wanted, release: Release) => Promise<Answer>;

export interface WorkerParts {
  readonly store: Store;
  readonly handler: Handler;
  readonly perform: Perform;
  readonly clock: () => Instant;
  /** Unique among all running workers. */
  readonly owner: string;
  readonly report: (problem: { release: string; intent?: string; error: unknown }) => void;
  readonly boundary?: Boundary;
  /** How long a lease lasts unless it is renewed: how soon another worker goes on after this one died. */
  readonly lease?: Millis | undefined;
}

const WAKE = { ask: "wake", by: "holdpoint" } as const;
const LEASE: Millis = 15 * SECOND;
/** How long a stopped worker waits for what is under way. */
const GRACE: Millis = 5 * SECOND;
/** How long at most it sleeps before it looks again, whatever the store says. */
const POLL: Millis = 250;
const MOST_AT_ONCE = 32;

/** Works on due releases until it is stopped. */
export class Worker {
  private readonly parts: WorkerParts;
  private readonly tending = new Map<string, Promise<void>>();
  private stopped = false;
  private wake: () => void = () => {};
  private running: Promise<void> = Promise.resolve();
  private unlisten: () => void = () => {};

  constructor(parts: WorkerParts) {
    this.parts = parts;
  }

  start(): void {
    this.unlisten = this.parts.store.onAppend(() => this.wake());
    this.running = this.loop();
  }

  /** Starts nothing new, waits for what is under way, gives the leases back. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    this.unlisten();
    await this.running;
    await Promise.all(this.tending.values());
  }

  /** True while it works on some release. */
  get busy(): boolean {
    return this.tending.size > 0;
  }

  private async loop(): Promise<void> {
    const { store, clock, owner, report, lease = LEASE } = this.parts;
    while (!this.stopped) {
      try {
        const limit = MOST_AT_ONCE - this.tending.size;
        const leases = limit > 0 ? await store.claim({ owner, now: clock(), lease, limit }) : [];
        for (const one of leases) this.tend(one);
      } catch (error) {
        report({ release: "", error });
      }
      await this.sleep(POLL);
    }
  }

  private tend(lease: Lease): void {
    const { report } = this.parts;
    const tending = new Tending(this.parts, lease, () => this.stopped)
      .run()
      .catch((error: unknown) => {
        if (!(error instanceof Fenced)) report({ release: lease.stream, error });
      })
      .finally(() => this.tending.delete(lease.stream));
    this.tending.set(lease.stream, tending);
  }

  private sleep(length: Millis): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, length);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** An effect under way. */
interface Flight {
  readonly ask: Wanted["ask"];
  readonly landed: Promise<void>;
}

/** One release under one lease. */
class Tending {
  private readonly parts: WorkerParts;
  private lease: Lease;
  private readonly isStopped: () => boolean;
  private readonly flights = new Map<string, Flight>();
  private broken: unknown = null;
  private stopAt: Instant | null = null;

  constructor(parts: WorkerParts, lease: Lease, isStopped: () => boolean) {
    this.parts = parts;
    this.lease = lease;
    this.isStopped = isStopped;
  }

  async run(): Promise<void> {
    const { store, handler, clock } = this.parts;
    try {
      const stream = this.lease.stream;
      await handler.handle(stream, WAKE, { now: clock(), lease: this.lease });
      while (this.broken === null && !this.isLeaving()) {
        const due = await this.due();
        if (!this.isStopped()) for (const intent of due) this.takeOff(intent);
        if (this.flights.size === 0) break;
        await this.beat();
        await this.settle();
      }
    } catch (error) {
      this.broken ??= error;
    }
    // A release that cannot be worked on keeps its lease, so that it is tried again only when that has run out.
    if (this.broken !== null) throw this.broken;
    await store.yield(this.lease);
  }

  /** True once it was stopped and has waited long enough: what is still under way is found again by its key. */
  private isLeaving(): boolean {
    if (!this.isStopped()) return false;
    const now = this.parts.clock();
    this.stopAt ??= now + GRACE;
    return now >= this.stopAt;
  }

  /** What is due now; what the clock alone makes of the release comes first. */
  private async due(): Promise<readonly StoredIntent[]> {
    const { store, handler, clock } = this.parts;
    const now = clock();
    const { stream } = this.lease;
    const loaded = await handler.load(stream);
    const wakeAt = loaded === null ? null : next(loaded.release, now).wakeAt;
    if (wakeAt !== null && wakeAt <= now)
      await handler.handle(stream, WAKE, { now, lease: this.lease });
    const intents = await store.intents(stream);
    const wanted = new Set(intents.map(({ id }) => id));
    const landing = [...this.flights].some(
      ([id, { ask }]) => LANDS_FIRST.has(ask) && !wanted.has(id),
    );
    if (landing) return [];
    return intents.filter(({ id, due }) => due <= now && !this.flights.has(id));
  }

  private takeOff(intent: StoredIntent): void {
    const flight = this.fly(intent)
      .catch((error: unknown) => {
        this.broken ??= error;
      })
      .finally(() => this.flights.delete(intent.id));
    const { ask } = intent.body as unknown as Wanted;
    this.flights.set(intent.id, { ask, landed: flight });
  }

  private async fly(intent: StoredIntent): Promise<void> {
    const { store, handler, perform, clock, report, boundary = () => {} } = this.parts;
    const stream = this.lease.stream;
    const loaded = await handler.load(stream);
    if (loaded === null) return;
    let answer: Answer;
    try {
      boundary(`before effect ${intent.id}`);
      answer = await perform(intent.id, intent.body as unknown as Wanted, loaded.release);
      boundary(`after effect ${intent.id}`);
    } catch (error) {
      report({ release: stream, intent: intent.id, error });
      const pause = Math.min(SECOND * 2 ** Math.min(intent.attempts, 10), 60 * SECOND);
      await store.postpone(intent.id, clock() + pause);
      return;
    }
    const command = { ask: "answer", by: "holdpoint", intent: intent.id, answer } as const;
    await handler.handle(stream, command, { now: clock(), lease: this.lease });
  }

  /** Waits for the first flight to land, but not longer than a poll. */
  private async settle(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const poll = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, POLL);
    });
    await Promise.race([poll, ...[...this.flights.values()].map(({ landed }) => landed)]);
    clearTimeout(timer);
  }

  /** Renews the lease once a third of it is over. */
  private async beat(): Promise<void> {
    const { store, clock, lease: length = LEASE } = this.parts;
    if (this.lease.until - clock() > (length * 2) / 3) return;
    const renewed = await store.renew(this.lease, clock() + length);
    if (renewed === null) throw new Fenced(`the lease on ${this.lease.stream} is gone`);
    this.lease = renewed;
  }
}
