import type { Instant, Millis } from "#core/base/time.ts";
import type { Answer, Evidence } from "#core/gates/gate.ts";
import type { Recorded } from "#core/judge/reading.ts";
import { spansOf } from "#core/objectives/budget.ts";
import { minuteOf } from "#core/objectives/minute.ts";
import { type Objectives, periodOf } from "#core/objectives/objective.ts";
import { type Standing, standings } from "#core/objectives/standing.ts";
import { NONE } from "#core/objectives/tally.ts";
import type { Measures, MinuteSum } from "../ports/measures.ts";

/** Where the objectives of an environment stand, and how old the record is that says so; null where there is none. */
export async function standingsIn(
  measures: Measures,
  ask: { readonly environment: string; readonly objectives: Objectives; readonly now: Instant },
): Promise<{ readonly standings: readonly Standing[]; readonly age: Millis | null }> {
  const { environment, objectives, now } = ask;
  const spans = [...new Set(Object.values(objectives).flatMap(spansOf))];
  const sums = new Map<Millis, ReadonlyMap<string, MinuteSum>>();
  for (const span of spans) {
    const rows = await measures.sum(environment, now - span, now + 1);
    sums.set(span, new Map(rows.map((row) => [row.objective, row])));
  }
  const of = (name: string, span: Millis) => sums.get(span)?.get(name);
  const first = (name: string): Millis => {
    const objective = objectives[name];
    return objective === undefined ? 0 : now - (of(name, periodOf(objective))?.first ?? now);
  };
  const last = Math.max(
    ...[...sums.values()].flatMap((by) => [...by.values()].map((one) => one.last)),
  );
  return {
    standings: standings(objectives, (name) => (span) => of(name, span) ?? NONE, first),
    age: Number.isFinite(last) ? now - last : null,
  };
}

/** The same as an answer to a gate. */
export async function budgetAnswer(
  measures: Measures,
  ask: Parameters<typeof standingsIn>[1] & { readonly serves: boolean },
): Promise<Answer> {
  const found = await standingsIn(measures, ask);
  const facts: Evidence = Object.fromEntries(
    found.standings.flatMap(({ objective, left, alert, said }) => [
      [`${objective}.left`, left],
      [`${objective}.alert`, alert],
      [`${objective}.said`, said],
    ]),
  );
  return { outcome: "done", facts: { ...facts, age: found.age, serves: ask.serves } };
}

/** Sums of a store, by environment and period, and the minute that they are of: the guard looks far more often. */
const SUMMED = new WeakMap<Sums, Map<string, Summed>>();
type Sums = Pick<Measures, "sum">;
interface Summed {
  readonly minute: Instant;
  readonly rows: readonly MinuteSum[];
}

/** What the record has of each objective's period; an objective that was never measured is left out. */
export async function recordedIn(
  measures: Sums,
  { environment, objectives, now }: Parameters<typeof standingsIn>[1],
): Promise<Recorded> {
  const recorded: Record<string, Recorded[string]> = {};
  for (const [name, objective] of Object.entries(objectives)) {
    const rows = await summed(measures, { environment, period: periodOf(objective), now });
    const row = rows.find((one) => one.objective === name);
    if (row === undefined) continue;
    const { good, bad, first } = row;
    recorded[name] = { good, bad, measured: now - first };
  }
  return recorded;
}

async function summed(
  measures: Sums,
  { environment, period, now }: { environment: string; period: Millis; now: Instant },
): Promise<readonly MinuteSum[]> {
  const known = SUMMED.get(measures) ?? new Map<string, Summed>();
  SUMMED.set(measures, known);
  const [key, minute] = [`${period} ${environment}`, minuteOf(now)];
  const kept = known.get(key);
  if (kept?.minute === minute) return kept.rows;
  const rows = await measures.sum(environment, now - period, now + 1);
  known.set(key, { minute, rows });
  return rows;
}
