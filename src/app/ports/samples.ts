import type { Counters } from "#core/judge/reading.ts";
import type { Target } from "./outside.ts";

/** Running totals of both versions of an environment; null where a version was not measured. */
export interface Totals {
  readonly canary: Counters | null;
  readonly baseline: Counters | null;
  /** True where the totals belong to the version, and go with it when the new one becomes the stable one. */
  readonly ofVersions?: boolean;
}

/**
 * Where the counts of an environment come from, when not from its platform. One file per kind in src/adapters/samples.
 * Totals only rise while a source lives; one that begins anew begins at nothing, which a reader takes for a restart.
 */
export interface SampleSource {
  /** The totals now. What cannot be measured is null, never a guess and never an exception. */
  totals(target: Target): Promise<Totals>;
}
