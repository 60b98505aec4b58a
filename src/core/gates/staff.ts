import type { Instant } from "../base/time.ts";

/** Someone is away, from the first to the last of these days. */
export interface Absence {
  readonly who: string;
  readonly from: string;
  readonly to: string;
}

/** Who counts for roles: their people, and each deputy for those who are away. */
export interface Roster {
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly deputies: Readonly<Record<string, readonly string[]>>;
  readonly absences: readonly Absence[];
  /** Where the days of absences begin and end. */
  readonly zone: string;
}

/** Who counts for a role at a moment: its people, and its deputies while one of the people is away. */
export function peopleAt(roster: Roster, role: string, at: Instant): readonly string[] {
  const people = own(roster.roles, role);
  const away = people.some((who) => isAway(roster, who, at));
  return away ? [...new Set([...people, ...own(roster.deputies, role)])] : people;
}

/** Everyone who counts for any role at a moment. */
export function everyoneAt(roster: Roster, at: Instant): readonly string[] {
  return [...new Set(Object.keys(roster.roles).flatMap((role) => peopleAt(roster, role, at)))];
}

function isAway({ absences, zone }: Roster, who: string, at: Instant): boolean {
  const own = absences.filter((absence) => absence.who === who);
  if (own.length === 0) return false;
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  return own.some(({ from, to }) => from <= day.toString() && day.toString() <= to);
}

function own(record: Readonly<Record<string, readonly string[]>>, key: string): readonly string[] {
  return Object.hasOwn(record, key) ? (record[key] ?? []) : [];
}
