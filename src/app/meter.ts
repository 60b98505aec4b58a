// Measures environments minute by minute, whether or not a release is under way: what error budgets are counted from.
//
//   every 15 s: a reading of each environment -> what was counted since the reading before -> added to the open minute
//   each time:  the open minute is kept; of two records of a minute the one that counted more stays, so it only grows
//
// Any number of processes may do so on one store. What fails is tried again with the next reading; nothing waits for it.
import { type Instant, MINUTE, type Millis, SECOND } from "#core/base/time.ts";
import { addArms } from "#core/judge/add-arms.ts";
import { armBetween } from "#core/judge/between.ts";
import type { Look, Reading } from "#core/judge/reading.ts";
import type { Arm } from "#core/judge/sample.ts";
import { minuteOf, talliesOf } from "#core/objectives/minute.ts";
import { LONGEST_PERIOD } from "#core/objectives/objective.ts";
import { measuredIn } from "#core/policy/measured.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { MinuteTally } from "./ports/measures.ts";
import type { Store } from "./ports/store.ts";

export interface MeterParts {
  readonly store: Pick<Store, "measures">;
  readonly clock: () => Instant;
  /** The policy as its file says it now; null while it cannot be read. */
  readonly policy: () => Promise<Policy | null>;
  /** A reading of an environment, with the version that is on its way there, if one is. */
  readonly read: (policy: Policy, environment: string) => Promise<Reading>;
  /** Told after each round, with the moment it was begun. */
  readonly after: (policy: Policy, now: Instant) => Promise<void>;
  readonly report: (problem: { environment: string; error: unknown }) => void;
  readonly every?: Millis;
}

const EVERY: Millis = 15 * SECOND;
/** Readings that lie further apart than this say nothing of the minutes between them. */
const TOO_FAR: Millis = 5 * MINUTE;

interface Known {
  readonly at: Instant;
  readonly looks: ReadonlyMap<string, Look>;
  readonly minute: Instant;
  readonly counts: Arm | null;
}

/** Measures until it is stopped. */
export class Meter {
  private readonly parts: MeterParts;
  private readonly known = new Map<string, Known>();
  private stopped = false;
  private wake: () => void = () => {};
  private running: Promise<void> = Promise.resolve();

  constructor(parts: MeterParts) {
    this.parts = parts;
  }

  start(): void {
    this.running = this.loop();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.running;
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      await this.round().catch((error: unknown) => this.parts.report({ environment: "", error }));
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.parts.every ?? EVERY);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (this.stopped) this.wake();
      });
    }
  }

  /** One reading of every environment that the policy wants measured. */
  async round(): Promise<void> {
    const { policy: read, clock, after } = this.parts;
    const policy = await read();
    if (policy === null) return;
    const now = clock();
    await Promise.all(
      measuredIn(policy).map((environment) =>
        this.measure(policy, environment).catch((error: unknown) =>
          this.parts.report({ environment, error }),
        ),
      ),
    );
    await after(policy, now);
  }

  private async measure(policy: Policy, environment: string): Promise<void> {
    const { store, read, clock } = this.parts;
    const reading = await read(policy, environment);
    const before = this.known.get(environment);
    const now = takeIn(before, reading);
    this.known.set(environment, now);
    if (now.counts === null) return;
    const minutes = [...talliesOf(policy.objectives, now.counts)].map(
      ([objective, { good, bad }]): MinuteTally => {
        return { environment, objective, at: now.minute, good, bad };
      },
    );
    if (minutes.length > 0) await store.measures.keep(minutes, clock() - LONGEST_PERIOD);
  }
}

/**
 * What is known of an environment after one more reading. A reading belongs to the minute that it was taken in. The first
 * one, and one after a long pause or a clock that was set back, only says where counting begins.
 */
export function takeIn(before: Known | undefined, reading: Reading): Known {
  const looks = looksOf(reading);
  const minute = minuteOf(reading.at);
  const apart = before === undefined ? Number.POSITIVE_INFINITY : reading.at - before.at;
  if (before === undefined || apart < 0 || apart > TOO_FAR)
    return { at: reading.at, looks, minute, counts: null };
  const arms = [...looks].map(([version, look]) =>
    armBetween(before.looks.get(version) ?? null, look),
  );
  const fresh = arms.flatMap((arm) => arm ?? []).reduce<Arm | null>(joined, null);
  const counts = before.minute === minute ? joined(before.counts, fresh) : fresh;
  return { at: reading.at, looks, minute, counts };
}

/** Looks by version: a version keeps its totals when it becomes the stable one. */
function looksOf({ canary, baseline }: Reading): ReadonlyMap<string, Look> {
  const looks = new Map<string, Look>();
  if (baseline !== null) looks.set(baseline.version ?? "baseline", baseline);
  if (canary !== null) looks.set(canary.version ?? "canary", canary);
  return looks;
}

function joined(one: Arm | null, other: Arm | null): Arm | null {
  return one === null || other === null ? (one ?? other) : addArms(one, other);
}
