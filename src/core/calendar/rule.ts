// Which RFC 5545 rules a calendar takes. Strict, because a rule that is read otherwise than it was meant opens or shuts
// production on the wrong day: unknown parts, parts that have no meaning together and clock-like rules are refused.
import { err, ok, type Result } from "../base/result.ts";
import { listed, nearest, quoted } from "../base/words.ts";

/** The parts of a rule, by their names in upper case. */
export type Rule = ReadonlyMap<string, string>;

/** Reads a rule such as `FREQ=WEEKLY;BYDAY=TU`; the error says in words what is wrong. */
export function readRule(text: string): Result<Rule, string> {
  const fault = ruleFault(text);
  return fault === null ? ok(partsOf(text)) : err(fault);
}

function partsOf(rule: string): Map<string, string> {
  return new Map(
    rule
      .toUpperCase()
      .split(";")
      .map((part) => part.trim().split("=") as [string, string]),
  );
}

/**
 * What is wrong with a recurrence rule (RFC 5545, section 3.3.10) for a window or a freeze, in words; null where nothing
 * is. Rules that come oftener than daily are refused, and so are too many openings in a day: a window is no clock.
 */
export function ruleFault(rule: string): string | null {
  const parts = new Map<string, string>();
  for (const text of rule
    .toUpperCase()
    .split(";")
    .map((part) => part.trim())) {
    const [name = "", value, ...rest] = text.split("=");
    if (value === undefined || rest.length > 0) return `${quoted(text)} is not NAME=VALUE`;
    const known = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
    if (known === undefined) return unknownPart(name);
    if (parts.has(name)) return `${name} stands there twice`;
    if (!known.is(value)) return `${name} is ${known.what}, not ${quoted(value)}`;
    parts.set(name, value);
  }
  return together(parts);
}

interface Part {
  readonly what: string;
  readonly is: (value: string) => boolean;
}

const DAY = "(?:MO|TU|WE|TH|FR|SA|SU)";
const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

const PARTS: Readonly<Record<string, Part>> = {
  FREQ: { what: listed(FREQUENCIES, "or"), is: (value) => FREQUENCIES.includes(value) },
  INTERVAL: { what: "a number from 1", is: (value) => within(value, 1, 999) },
  COUNT: { what: "a number from 1", is: (value) => within(value, 1, 9999) },
  UNTIL: { what: "a day such as 20261231", is: isDay },
  BYHOUR: { what: "hours from 0 to 23", is: each((value) => within(value, 0, 23)) },
  BYMINUTE: { what: "minutes from 0 to 59", is: each((value) => within(value, 0, 59)) },
  BYDAY: {
    what: "days such as TU, or 1FR for the first Friday",
    is: each((value) => new RegExp(`^(?:[+-]?(?:[1-9]|[1-4]\\d|5[0-3]))?${DAY}$`).test(value)),
  },
  BYMONTHDAY: { what: "days of a month from 1 to 31, or -1 for its last", is: each(upTo(31)) },
  BYYEARDAY: { what: "days of a year from 1 to 366, or -1 for its last", is: each(upTo(366)) },
  BYWEEKNO: { what: "weeks from 1 to 53, or -1 for the last", is: each(upTo(53)) },
  BYMONTH: { what: "months from 1 to 12", is: each((value) => within(value, 1, 12)) },
  BYSETPOS: { what: "places from 1 to 366, or -1 for the last", is: each(upTo(366)) },
  WKST: { what: "a day such as MO", is: (value) => new RegExp(`^${DAY}$`).test(value) },
};

function unknownPart(name: string): string {
  const meant = nearest(name, Object.keys(PARTS));
  return `${quoted(name)} is no part of a rule${meant === null ? "" : `, did you mean ${meant}?`}`;
}

/** What RFC 5545 says of parts beside each other. */
function together(parts: ReadonlyMap<string, string>): string | null {
  const frequency = parts.get("FREQ") ?? "";
  const numbered = /\d/.test(parts.get("BYDAY") ?? "");
  const others = [...parts.keys()].some((name) => name.startsWith("BY") && name !== "BYSETPOS");
  const among = (...frequencies: string[]) => frequencies.includes(frequency);
  const faults: readonly (readonly [boolean, string])[] = [
    [frequency === "", "FREQ is missing"],
    [parts.has("COUNT") && parts.has("UNTIL"), "COUNT and UNTIL exclude each other"],
    [
      numbered && !among("MONTHLY", "YEARLY"),
      "numbered days such as 1FR go with MONTHLY or YEARLY",
    ],
    [numbered && parts.has("BYWEEKNO"), "numbered days do not go with BYWEEKNO"],
    [parts.has("BYWEEKNO") && !among("YEARLY"), "BYWEEKNO goes with YEARLY only"],
    [parts.has("BYMONTHDAY") && among("WEEKLY"), "BYMONTHDAY does not go with WEEKLY"],
    [parts.has("BYYEARDAY") && among("DAILY", "WEEKLY", "MONTHLY"), "BYYEARDAY goes with YEARLY"],
    [parts.has("BYSETPOS") && !others, "BYSETPOS needs another BY part"],
    [
      startsADay(parts) > MAX_STARTS_A_DAY,
      `BYHOUR and BYMINUTE come to ${startsADay(parts)} openings a day, ${MAX_STARTS_A_DAY} are the most`,
    ],
  ];
  return faults.find(([wrong]) => wrong)?.[1] ?? null;
}

/** At most so many openings in one day. */
const MAX_STARTS_A_DAY = 48;

function startsADay(parts: ReadonlyMap<string, string>): number {
  const lengthOf = (part: string) => new Set((parts.get(part) ?? "one").split(",")).size;
  return lengthOf("BYHOUR") * lengthOf("BYMINUTE");
}

function within(value: string, least: number, most: number): boolean {
  return /^\d{1,4}$/.test(value) && Number(value) >= least && Number(value) <= most;
}

function upTo(most: number): (value: string) => boolean {
  return (value) => within(value.replace(/^[+-]/, ""), 1, most);
}

function each(is: (value: string) => boolean): (values: string) => boolean {
  return (values) => values.split(",").every(is);
}

/** A day, with or without a time: 20261231 or 20261231T235959Z. */
function isDay(value: string): boolean {
  const [, year, month, day] =
    /^(\d{4})(\d{2})(\d{2})(?:T([01]\d|2[0-3])[0-5]\d[0-5]\dZ?)?$/.exec(value) ?? [];
  try {
    return Temporal.PlainDate.from(`${year}-${month}-${day}`, { overflow: "reject" }).year > 1000;
  } catch {
    return false;
  }
}
