// Which RFC 5545 rules a calendar takes. Strict, because a rule that is read otherwise than it was meant opens or shuts
// production on the wrong day: unknown parts, parts that have no meaning together and clock-like rules are refused.
import { err, ok, type Result } from "../base/result.ts";

/** The parts of a rule, by their names in upper case. */
export type Rule = ReadonlyMap<string, string>;

const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
type Frequency = (typeof FREQUENCIES)[number];

/** At most so many openings in one day (BYHOUR times BYMINUTE). */
const MAX_STARTS_A_DAY = 48;

const DAY = /^(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)$/;
const UNTIL = /^\d{8}(?:T\d{6}Z?)?$/;

/** What each part may be; lists are checked value by value. */
const PARTS: Readonly<Record<string, (value: string) => boolean>> = {
  FREQ: (value) => FREQUENCIES.some((frequency) => frequency === value),
  INTERVAL: within(1, 1000),
  COUNT: within(1, 10_000),
  UNTIL: (value) => UNTIL.test(value),
  WKST: (value) => /^(?:MO|TU|WE|TH|FR|SA|SU)$/.test(value),
  BYDAY: each((value) => DAY.test(value) && Math.abs(Number.parseInt(value, 10) || 1) <= 53),
  BYMONTH: each(within(1, 12)),
  BYMONTHDAY: each(within(1, 31, true)),
  BYYEARDAY: each(within(1, 366, true)),
  BYWEEKNO: each(within(1, 53, true)),
  BYSETPOS: each(within(1, 366, true)),
  BYHOUR: each(within(0, 23)),
  BYMINUTE: each(within(0, 59)),
};

/** Parts that RFC 5545 gives no meaning under some frequencies. */
const NOT_UNDER: Readonly<Record<string, readonly Frequency[]>> = {
  BYWEEKNO: ["DAILY", "WEEKLY", "MONTHLY"],
  BYYEARDAY: ["DAILY", "WEEKLY", "MONTHLY"],
  BYMONTHDAY: ["WEEKLY"],
};

/** Reads a rule such as `FREQ=WEEKLY;BYDAY=TU` (RFC 5545, 3.3.10); the error is a sentence that says what is wrong. */
export function readRule(text: string): Result<Rule, string> {
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().split(";")) {
    const [, key = "", value = ""] = /^([A-Z]+)=(.+)$/.exec(part.trim()) ?? [];
    const allowed = Object.hasOwn(PARTS, key) ? PARTS[key] : undefined;
    if (allowed === undefined) return err(sayUnknown(part.trim(), key));
    if (parts.has(key)) return err(`${key} stands twice.`);
    if (!allowed(value)) return err(`${key} cannot be "${value}".`);
    parts.set(key, value);
  }
  const clash = clashIn(parts);
  return clash === null ? ok(parts) : err(clash);
}

function sayUnknown(part: string, key: string): string {
  if (part === "") return "A part between semicolons is empty.";
  if (key === "DTSTART") return "DTSTART is said by `from`.";
  if (key === "BYSECOND") return "Openings start on the minute; BYSECOND is not taken.";
  return `"${part}" is no part of a rule that is taken here.`;
}

function clashIn(parts: Rule): string | null {
  const frequency = parts.get("FREQ");
  if (frequency === undefined) return "FREQ is missing.";
  if (parts.has("COUNT") && parts.has("UNTIL")) return "COUNT and UNTIL do not go together.";
  for (const [part, not] of Object.entries(NOT_UNDER))
    if (parts.has(part) && not.some((one) => one === frequency))
      return `${part} has no meaning with FREQ=${frequency}.`;
  const numbered =
    parts
      .get("BYDAY")
      ?.split(",")
      .some((day) => day.length > 2) === true;
  if (numbered && (frequency === "DAILY" || frequency === "WEEKLY" || parts.has("BYWEEKNO")))
    return `A numbered day in BYDAY has no meaning with ${parts.has("BYWEEKNO") ? "BYWEEKNO" : `FREQ=${frequency}`}.`;
  const others = [...parts.keys()].some((key) => key.startsWith("BY") && key !== "BYSETPOS");
  if (parts.has("BYSETPOS") && !others) return "BYSETPOS needs another BY part to choose from.";
  const starts = lengthOf(parts.get("BYHOUR")) * lengthOf(parts.get("BYMINUTE"));
  if (starts > MAX_STARTS_A_DAY)
    return `BYHOUR and BYMINUTE come to ${starts} openings a day; ${MAX_STARTS_A_DAY} are the most.`;
  return null;
}

function lengthOf(list: string | undefined): number {
  return list === undefined ? 1 : new Set(list.split(",")).size;
}

function each(allowed: (value: string) => boolean): (list: string) => boolean {
  return (list) => list.split(",").every(allowed);
}

function within(least: number, most: number, signed = false): (value: string) => boolean {
  const form = signed ? /^[+-]?\d{1,5}$/ : /^\d{1,5}$/;
  return (value) =>
    form.test(value) && Math.abs(Number(value)) >= least && Math.abs(Number(value)) <= most;
}
