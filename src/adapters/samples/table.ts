import type { Measures } from "#app/ports/measures.ts";
import type { Platform } from "#app/ports/outside.ts";
import type { SampleSource } from "#app/ports/samples.ts";
import type { Instant } from "#core/base/time.ts";
import type { Look, Reading } from "#core/judge/reading.ts";
import type { Policy } from "#core/policy/policy.ts";
import { prometheusSource } from "./prometheus.ts";
import { pushedSource } from "./pushed.ts";
import { SinceRelease } from "./since-release.ts";

/** What every kind of source may use. */
export interface SourceNeeds {
  readonly measures: Pick<Measures, "pushed">;
  readonly now: () => Instant;
  readonly report: (problem: string) => void;
}

type Said = NonNullable<Policy["environments"][string]["samples"]>;

/** The source of an environment's samples: one file for each kind, one line here, one in src/core/policy/outside.ts. */
export function sourceOf(samples: Said, needs: SourceNeeds): SampleSource | null {
  const { prometheus, push } = samples;
  if (prometheus !== undefined) return prometheusSource({ config: prometheus, ...needs });
  return push === undefined ? null : pushedSource({ config: push, ...needs });
}

/** A platform whose counts come from elsewhere: what runs and whether it is well, the platform says all the same. */
export function counted(platform: Platform, source: SampleSource): Platform {
  const begun = new SinceRelease();
  return {
    ...platform,
    async measure(target): Promise<Reading> {
      const seen = platform.measure(target);
      // Before the first release nobody but the platform knows what serves.
      const previous = target.previous ?? (await seen).baseline?.version;
      const [reading, totals] = await Promise.all([seen, source.totals({ ...target, previous })]);
      const { ofVersions = false } = totals;
      const name = ofVersions ? target.version : "canary";
      const canary = begun.of(target, totals.canary, { name, isWhole: ofVersions });
      return {
        ...reading,
        canary: lookOf(reading.canary, canary, ofVersions ? target.version : undefined),
        baseline: lookOf(reading.baseline, totals.baseline, ofVersions ? previous : undefined),
      };
    },
  };
}

/** What was seen, with the counts from elsewhere; a version is named only where they go with it. */
function lookOf(
  seen: Look | null,
  counters: Look["counters"] | null,
  version: string | undefined,
): Look | null {
  if (seen === null || counters === null) return null;
  const { version: _, ...look } = seen;
  return { ...look, ...(version !== undefined && { version }), counters };
}
