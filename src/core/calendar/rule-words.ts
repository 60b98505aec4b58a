// A recurrence rule as people say it: `every other Thursday at 14:00, for 2 h`. What no phrase fits keeps its own words.
import { formatDuration } from "../base/time.ts";
import { listed } from "../base/words.ts";
import { type Rule, readRule } from "./rule.ts";

/** What comes again, as a calendar writes it. */
interface Recurring {
  readonly rule: string;
  readonly from: string;
  readonly for?: number | undefined;
}

/** When it comes and how long it lasts, in words; times are local to its zone. */
export function sayRecurring({ rule, from, for: lasts }: Recurring): string {
  const read = readRule(rule);
  const days = (read.ok ? sayDays(read.value, from) : null) ?? `by the rule ${rule}`;
  const length = lasts === undefined ? "" : `, for ${formatDuration(lasts)}`;
  return `${days} at ${from.slice(11)}${length}`;
}

/** The parts that the phrases below can say, by frequency; a rule with any other part is not put into words. */
const SAYABLE: Readonly<Record<string, readonly string[]>> = {
  DAILY: ["FREQ", "INTERVAL", "WKST"],
  WEEKLY: ["FREQ", "INTERVAL", "BYDAY", "WKST"],
  MONTHLY: ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"],
  YEARLY: ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"],
};

function sayDays(rule: Rule, from: string): string | null {
  const frequency = rule.get("FREQ") ?? "";
  const sayable = SAYABLE[frequency] ?? [];
  if ([...rule.keys()].some((part) => !sayable.includes(part))) return null;
  const every = Number(rule.get("INTERVAL") ?? 1);
  if (frequency === "DAILY") return everySo(every, "day");
  if (frequency === "WEEKLY") return sayWeekly(rule, from, every);
  return frequency === "MONTHLY"
    ? sayMonthly(rule, from, every)
    : sayYearly(rule, from, every === 1 ? "every year" : `every ${every} years`);
}

function sayMonthly(rule: Rule, from: string, every: number): string | null {
  if (rule.has("BYMONTH")) return every === 1 ? sayYearly(rule, from, "every year") : null;
  const day = sayDayOfMonth(rule, from);
  const months = every === 1 ? "every month" : `every ${ordinal(every)} month`;
  return day === null ? null : `on ${day} of ${months}`;
}

function sayYearly(rule: Rule, from: string, years: string): string | null {
  const day = sayDayOfMonth(rule, from);
  const months = rule.get("BYMONTH")?.split(",").map(Number);
  if (day === null || months === undefined) return null;
  const names = listed(months.map((month) => MONTHS[month - 1] ?? String(month)));
  return `on ${day} of ${names}, ${years}`;
}

function sayWeekly(rule: Rule, from: string, every: number): string {
  const byDay = rule.get("BYDAY")?.split(",");
  const days = byDay?.map((day) => DAYS[day] ?? day) ?? [weekdayOf(from)];
  const names = listed(days);
  if (every === 1) return `every ${names}`;
  return every === 2 ? `every other ${names}` : `on ${names} of every ${ordinal(every)} week`;
}

/** `the first Friday`, `day 15`, `the last day`; null where both or neither of the parts say it. */
function sayDayOfMonth(rule: Rule, from: string): string | null {
  const [byDay, byMonthDay] = [rule.get("BYDAY"), rule.get("BYMONTHDAY")];
  if (byDay !== undefined && byMonthDay !== undefined) return null;
  if (byDay === undefined) {
    const days = (byMonthDay ?? String(Number(from.slice(8, 10)))).split(",").map(Number);
    return listed(days.map((day) => (day === -1 ? "the last day" : `day ${day}`)));
  }
  const numbered = byDay.split(",").map((day) => /^([+-]?\d+)([A-Z]{2})$/.exec(day));
  if (numbered.some((match) => match === null)) return null;
  return listed(
    numbered.map((match) => `the ${ordinal(Number(match?.[1]))} ${DAYS[match?.[2] ?? ""]}`),
  );
}

function everySo(every: number, what: string): string {
  return every === 1 ? `every ${what}` : `every ${every} ${what}s`;
}

function weekdayOf(from: string): string {
  const day = Temporal.PlainDate.from(from.slice(0, 10)).dayOfWeek;
  return Object.values(DAYS)[day - 1] ?? "day";
}

function ordinal(number: number): string {
  if (number === -1) return "last";
  if (number < 0) return `${ordinal(-number)} last`;
  const word = ["", "first", "second", "third", "fourth", "fifth"][number];
  return word ?? `${number}th`;
}

const DAYS: Readonly<Record<string, string>> = {
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
};

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];
