// The triggers as people say them.
import { formatDuration } from "../base/time.ts";
import { percent } from "../objectives/breaches.ts";
import type { Triggers } from "./triggers.ts";

/** What makes Holdpoint turn back by itself, one phrase each; nothing where no trigger is set. */
export function sayTriggers(triggers: Triggers): readonly string[] {
  const { health, errors, objectives, database, latency, worse } = triggers;
  return [
    ...(health
      ? [`the new version does not answer its health probe, ${times(health.failures)}`]
      : []),
    ...(errors
      ? [
          `more than ${percent(errors.above / 10_000)} of its requests fail, over ${formatDuration(errors.over)} and ${errors.requests} requests at least`,
        ]
      : []),
    ...(objectives
      ? [
          `it breaks an objective for ${formatDuration(objectives.for)}, on ${objectives.requests} requests at least`,
        ]
      : []),
    ...(database
      ? [
          `more than ${percent(database.above / 10_000)} of its calls to the database fail, ${times(database.failures)}`,
        ]
      : []),
    ...(latency
      ? [
          `its p95 is ${latency.times} times that of the old version, over ${formatDuration(latency.over)}`,
        ]
      : []),
    ...(worse
      ? [
          `it is worse by all statistical evidence, which is said of at most ${percent(worse.chance / 10_000)} of releases that are no worse, over ${formatDuration(worse.watch)}`,
        ]
      : []),
  ];
}

/** What lets nothing go on, and turns nothing back, one phrase each. */
export function sayHolds({ health, budget }: Triggers): readonly string[] {
  return [
    ...(health
      ? [
          `${percent(health.share / 10_000)} of the new version's health probes failed within ${formatDuration(health.over)}`,
        ]
      : []),
    ...(budget
      ? [`the new version alone has spent ${percent(budget.spends / 10_000)} of an error budget`]
      : []),
  ];
}

function times(failures: number): string {
  return failures === 1 ? "once" : `${failures} looks in a row`;
}
