import type { Measures, Pushed } from "#app/ports/measures.ts";
import type { SampleSource } from "#app/ports/samples.ts";
import type { Instant } from "#core/base/time.ts";
import type { Counters } from "#core/judge/reading.ts";
import type { PushSamples } from "#core/policy/outside.ts";

export interface PushedParts {
  readonly config: PushSamples;
  readonly measures: Pick<Measures, "pushed">;
  readonly now: () => Instant;
}

/** Counts that a program pushes to the API. A version that nothing was pushed of for a while is not measured. */
export function pushedSource({ config, measures, now }: PushedParts): SampleSource {
  return {
    async totals({ environment }) {
      const arms = await measures.pushed(environment);
      const fresh = (arm: Pushed["arm"]) =>
        arms.find((one) => one.arm === arm && now() - one.latest <= config.within) ?? null;
      return { canary: countersOf(fresh("canary")), baseline: countersOf(fresh("baseline")) };
    },
  };
}

/** The totals of an arm as counters: a bin is said by a latency that lies in its middle. */
function countersOf(pushed: Pushed | null): Counters | null {
  if (pushed === null) return null;
  const { requests, errors, latency, dbOperations, dbErrors, cacheHits, cpu, memory } =
    pushed.totals;
  let running = 0;
  return {
    ...{ requests, errors },
    ...{ databaseCalls: dbOperations ?? 0, databaseErrors: dbErrors ?? 0 },
    latency: latency.map(([bin, count]) => {
      running += count;
      return [1.05 ** ((bin + 0.5) / 2), running] as const;
    }),
    ...(cacheHits !== undefined && { cacheHits }),
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
  };
}
