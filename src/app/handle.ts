import { plain } from "#core/base/canonical.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import type { Command } from "#core/release/commands.ts";
import { decide } from "#core/release/decide.ts";
import type { Happened } from "#core/release/events.ts";
import { evolve } from "#core/release/evolve.ts";
import { next } from "#core/release/next.ts";
import { type Refusal, refuse } from "#core/release/refusals.ts";
import type { Release } from "#core/release/state.ts";
import { readEvent, writeEvent } from "#core/release/upcast.ts";
import { rowOf } from "#core/reports/row.ts";
import type { Lease, Store } from "./ports/store.ts";

/** Called at each boundary where a crash could fall: before and after appends and effects. Tests kill the process there. */
export type Boundary = (at: string) => void;

export interface Loaded {
  readonly release: Release;
  /** `seq` of the last event that is folded in. */
  readonly seq: number;
}

/** What a command came with. */
export interface Carried {
  /** Idempotency key of the request that brought it. */
  readonly request?: string;
  /** `seq` of the last event that the asker had seen; where more has happened since, the command is refused. */
  readonly seen?: number;
}

export interface Handling extends Carried {
  readonly now: Instant;
  readonly lease?: Lease;
}

/** The lease under which a worker's answer came is gone: someone else works on the release now. */
export class Fenced extends Error {
  override readonly name = "Fenced";
}

const MOST_TRIES = 50;
const MOST_CACHED = 500;

/** Loads, decides, appends; again where someone else appended in between. The one way in which anything is ever recorded. */
export class Handler {
  private readonly store: Store;
  private readonly boundary: Boundary;
  private readonly cache = new Map<string, Loaded>();

  constructor(store: Store, boundary: Boundary = () => {}) {
    this.store = store;
    this.boundary = boundary;
  }

  /** The release as its stream says it now; null when there is none. */
  async load(release: string): Promise<Loaded | null> {
    let loaded = this.cache.get(release) ?? null;
    for (const entry of await this.store.read(release, loaded?.seq ?? 0)) {
      const { at, by, seq } = entry;
      const state: Release = evolve(loaded?.release ?? null, { at, by, event: readEvent(entry) });
      loaded = { release: state, seq };
    }
    if (loaded !== null) this.keep(release, loaded);
    return loaded;
  }

  /**
   * Does what the command asks, or says why not. A command that changes nothing is done.
   * @throws {Fenced} when it came under a lease that is no longer the latest.
   */
  async handle(
    stream: string,
    command: Command,
    handling: Handling,
  ): Promise<Result<Loaded, Refusal>> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const loaded = await this.load(stream);
      if (handling.seen !== undefined && handling.seen !== loaded?.seq) return err(goneOn(stream));
      const decided = decide(loaded?.release ?? null, command, handling.now);
      if (!decided.ok) return err(decided.error);
      const { release, happened } = decided.value;
      const wakes = command.ask === "wake" || command.ask === "answer";
      if (happened.length === 0 && !wakes) return ok({ release, seq: loaded?.seq ?? 0 });
      const done = await this.append(stream, { loaded, release, happened }, handling);
      if (done !== null) return done;
    }
    throw new Error(`release ${stream} is so busy that ${MOST_TRIES} tries to append to it failed`);
  }

  private async append(
    stream: string,
    {
      loaded,
      release,
      happened,
    }: { loaded: Loaded | null; release: Release; happened: readonly Happened[] },
    { now, lease, request }: Handling,
  ): Promise<Result<Loaded, Refusal> | null> {
    const { intents, wakeAt } = next(release, now);
    const place = placeOf(happened);
    this.boundary(`before append ${place}`);
    const appended = await this.store.append({
      stream,
      expected: loaded?.seq ?? 0,
      events: happened.map(({ at, by, event }) => ({ at, by, ...writeEvent(event) })),
      intents: intents.map(({ id, due, wanted }) => ({
        id,
        due,
        body: plain(wanted),
      })),
      wakeAt,
      row: rowOf(release, now),
      ...(lease && { lease }),
      ...(request && { request }),
    });
    this.boundary(`after append ${place}`);
    if (appended.ok) {
      const seq = appended.entries.at(-1)?.seq ?? loaded?.seq ?? 0;
      this.keep(stream, { release, seq });
      return ok({ release, seq });
    }
    if (appended.error === "fenced") throw new Fenced(`the lease on ${stream} is gone`);
    if (appended.error === "conflict") return null;
    const now_ = await this.load(stream);
    return now_ === null
      ? refuse("no-release", `There is no release ${stream}.`, "See `holdpoint status`.")
      : ok(now_);
  }

  private keep(release: string, loaded: Loaded): void {
    this.cache.delete(release);
    this.cache.set(release, loaded);
    const oldest = this.cache.keys().next();
    if (this.cache.size > MOST_CACHED && !oldest.done) this.cache.delete(oldest.value);
  }
}

/** Why an act that rests on an older state of the release is refused. */
export function goneOn(release: string): Refusal {
  return {
    code: "changed-meanwhile",
    sentence: `Release ${release} has changed since you read it.`,
    remedy: "Read it again, and decide again.",
  };
}

/** What an append is about, the same in every run: its events, with the gate, step, phase or message they name. */
function placeOf(happened: readonly Happened[]): string {
  const names = happened.map(({ event }) => {
    const about = Object.entries(event).find(([key]) =>
      ["gate", "step", "phase", "message"].includes(key),
    );
    return about === undefined ? event.type : `${event.type} ${about[1]}`;
  });
  return names.join(", ") || "nothing";
}
