import type { Measures, MinuteSum, MinuteTally, Push, Pushed } from "#app/ports/measures.ts";
import { canonical } from "#core/base/canonical.ts";
import type { Instant } from "#core/base/time.ts";
import { addArms } from "#core/judge/add-arms.ts";
import { checkMinute, checkPush } from "./check-measures.ts";

/** Measures that end with the process: the model for those of the databases. */
export class MemoryMeasures implements Measures {
  readonly #minutes = new Map<string, MinuteTally>();
  readonly #seen = new Map<string, Instant>();
  readonly #arms = new Map<string, Pushed & { readonly environment: string }>();

  async keep(minutes: readonly MinuteTally[], forget: Instant): Promise<void> {
    for (const minute of minutes) checkMinute(minute);
    for (const minute of minutes) this.put(minute);
    for (const [key, { at }] of this.#minutes) if (at < forget) this.#minutes.delete(key);
  }

  async sum(environment: string, from: Instant, to: Instant): Promise<readonly MinuteSum[]> {
    const sums = new Map<string, MinuteSum>();
    for (const { objective, good, bad, at, environment: where } of this.#minutes.values()) {
      if (where !== environment || at < from || at >= to) continue;
      const sum = sums.get(objective) ?? { objective, good: 0, bad: 0, first: at, last: at };
      const [first, last] = [Math.min(sum.first, at), Math.max(sum.last, at)];
      sums.set(objective, { objective, good: sum.good + good, bad: sum.bad + bad, first, last });
    }
    return [...sums.values()].sort((a, b) => (a.objective < b.objective ? -1 : 1));
  }

  async push(pushes: readonly Push[], forget: Instant): Promise<number> {
    for (const push of pushes) checkPush(push);
    const fresh = pushes.filter((push) => this.#add(push)).length;
    for (const [key, at] of this.#seen) if (at < forget) this.#seen.delete(key);
    return fresh;
  }

  async pushed(environment: string): Promise<readonly Pushed[]> {
    return [...this.#arms.values()]
      .filter((one) => one.environment === environment)
      .map(({ arm, latest, totals }) => ({ arm, latest, totals }))
      .sort((a, b) => (a.arm < b.arm ? -1 : 1));
  }

  /** Every minute that is kept, in the order of environments, objectives and time. */
  minutes(): readonly MinuteTally[] {
    return [...this.#minutes.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  }

  put(minute: MinuteTally): void {
    const key = canonical([minute.environment, minute.objective, minute.at]);
    const known = this.#minutes.get(key);
    if (known === undefined || minute.good + minute.bad >= known.good + known.bad)
      this.#minutes.set(key, minute);
  }

  #add({ environment, arm, at, counts }: Push): boolean {
    const key = canonical([environment, arm, at]);
    if (this.#seen.has(key)) return false;
    this.#seen.set(key, at);
    const name = canonical([environment, arm]);
    const known = this.#arms.get(name);
    this.#arms.set(name, { environment, ...joined(known ?? null, { arm, at, counts }) });
    return true;
  }
}

/** The totals of an arm with one more push: a late one counts, but does not set back what is latest. */
export function joined(
  known: Pushed | null,
  { arm, at, counts }: Pick<Push, "arm" | "at" | "counts">,
): Pushed {
  const { strata: _, ...totals } = counts;
  if (known === null) return { arm, latest: at, totals };
  const isLate = at < known.latest;
  const sum = isLate ? addArms(totals, known.totals) : addArms(known.totals, totals);
  return { arm, latest: Math.max(at, known.latest), totals: sum };
}
