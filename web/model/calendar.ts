import type { Instant } from "#core/base/time.ts";
import type { AgendaEntry } from "#core/reports/agenda.ts";

export interface Day {
  /** `2026-11-20` in the calendar's zone. */
  readonly date: string;
  readonly number: number;
  /** False for days of the months beside it, which fill its first and last week. */
  readonly isOfMonth: boolean;
  readonly entries: readonly AgendaEntry[];
}

export interface Month {
  /** `2026-11`. */
  readonly key: string;
  readonly name: string;
  /** Seven days each, from Monday. */
  readonly weeks: readonly (readonly Day[])[];
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The day of a moment in a zone: `2026-11-20`. */
export function dateIn(zone: string, at: Instant): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(at);
}

/** So many months from the one of `from` on, each as weeks of days with what is on them. */
export function monthsOf(
  entries: readonly AgendaEntry[],
  { from, count, zone }: { from: Instant; count: number; zone: string },
): readonly Month[] {
  const [year = 0, month = 1] = dateIn(zone, from).split("-").map(Number);
  const byDay = daysOf(entries, zone);
  return Array.from({ length: count }, (_, at) =>
    monthOf(Date.UTC(year, month - 1 + at, 1), byDay),
  );
}

/** On which days of the zone each entry is. */
function daysOf(
  entries: readonly AgendaEntry[],
  zone: string,
): ReadonlyMap<string, readonly AgendaEntry[]> {
  const days = new Map<string, AgendaEntry[]>();
  for (const entry of entries) {
    // What ends at midnight is not on the day that begins then.
    const last = entry.to === null ? entry.from : Math.max(entry.from, entry.to - 1);
    const end = Date.parse(dateIn(zone, last));
    for (let day = Date.parse(dateIn(zone, entry.from)); day <= end; day += DAY_MS) {
      const date = new Date(day).toISOString().slice(0, 10);
      days.set(date, [...(days.get(date) ?? []), entry]);
    }
  }
  return days;
}

function monthOf(first: number, byDay: ReadonlyMap<string, readonly AgendaEntry[]>): Month {
  const start = new Date(first);
  const month = start.getUTCMonth();
  const mondayBefore = first - ((start.getUTCDay() + 6) % 7) * DAY_MS;
  const weeks: Day[][] = [];
  for (let monday = mondayBefore; ; monday += 7 * DAY_MS) {
    const isPast = monday > first && new Date(monday).getUTCMonth() !== month;
    if (isPast) break;
    weeks.push(
      Array.from({ length: 7 }, (_, at) => {
        const day = new Date(monday + at * DAY_MS);
        const date = day.toISOString().slice(0, 10);
        const isOfMonth = day.getUTCMonth() === month;
        return { date, number: day.getUTCDate(), isOfMonth, entries: byDay.get(date) ?? [] };
      }),
    );
  }
  const name = new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    month: "long",
    year: "numeric",
  }).format(first);
  return { key: start.toISOString().slice(0, 7), name, weeks };
}

/** Why an entry is not what it seems: a window or a release in a freeze, windows of several types at once. */
export function collisionsOf(entries: readonly AgendaEntry[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const closed = entries.filter(({ kind }) => kind === "freeze" || kind === "blackout");
  const open = entries.filter(({ kind }) => kind === "window");
  for (const entry of entries) {
    if (entry.kind === "freeze" || entry.kind === "blackout") continue;
    const freeze = closed.find((one) => overlap(one, entry));
    const other = open.find((one) => one.uid !== entry.uid && overlap(one, entry));
    if (freeze !== undefined) found.set(entry.uid, `in ${freeze.title}`);
    else if (entry.kind === "window" && other !== undefined)
      found.set(entry.uid, `at the time of ${other.title}`);
  }
  return found;
}

function overlap(one: AgendaEntry, other: AgendaEntry): boolean {
  const end = (entry: AgendaEntry) => entry.to ?? entry.from + 1;
  return one.from < end(other) && other.from < end(one);
}
