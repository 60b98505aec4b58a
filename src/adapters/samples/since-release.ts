import type { Target } from "#app/ports/outside.ts";
import { since } from "#core/judge/measure.ts";
import type { Counters } from "#core/judge/reading.ts";

/** Most names whose totals are kept in mind. */
const MOST = 50;

/**
 * The new version's totals since its release began. A source may go on counting under the same name for one release after
 * the other; what an earlier new version did is nothing that this one is to be judged by.
 */
export class SinceRelease {
  readonly #latest = new Map<string, Counters>();
  #begin: { readonly release: string; readonly from: Counters | undefined } | null = null;

  /**
   * @param name under which the totals are counted
   * @param isWhole true where totals that come up for the first time are a new version's own
   */
  of(
    { release }: Pick<Target, "release">,
    totals: Counters | null,
    { name, isWhole }: { name: string; isWhole: boolean },
  ): Counters | null {
    if (totals === null) return null;
    if (this.#begin?.release !== release)
      this.#begin = { release, from: this.#latest.get(name) ?? (isWhole ? undefined : totals) };
    this.#latest.delete(name);
    this.#latest.set(name, totals);
    for (const [oldest] of this.#latest) if (this.#latest.size > MOST) this.#latest.delete(oldest);
    return since(this.#begin.from, totals);
  }
}
