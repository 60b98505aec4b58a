import { DAY, formatDuration, formatInZone, type Instant, WEEK } from "../base/time.ts";
import type { Calendar, Freeze, Window } from "./calendar.ts";
import { isZone, lastMomentOf, momentOf, startsWithin } from "./recurrence.ts";
import { readRule } from "./rule.ts";

/** Something wrong with a calendar, for people. */
export interface CalendarProblem {
  /** `error`: it cannot work as it stands; `warning`: it works, but hardly as it was meant. */
  readonly level: "error" | "warning";
  /** Where in the policy: `["calendar", "windows", "tuesdays", "rule"]`. */
  readonly path: readonly string[];
  readonly sentence: string;
  readonly remedy: string;
}

/** How far a rule may be from its first opening before it is said never to come. */
const SEARCH = 10 * 366 * DAY;
/** The longest time a window or a freeze that comes again may last. */
const LONGEST = 53 * WEEK;

/** Everything wrong with a calendar taken by itself: zones, dates, rules, lengths. Empty when it is sound. */
export function problemsOf({ windows, freezes }: Calendar): readonly CalendarProblem[] {
  return [
    ...Object.entries(windows).flatMap(([name, window]) =>
      windowProblems(window).map(within("windows", name)),
    ),
    ...Object.entries(freezes).flatMap(([name, freeze]) =>
      freezeProblems(freeze).map(within("freezes", name)),
    ),
  ];
}

/** A problem within one window or freeze; `at` is the field. */
interface Found extends Omit<CalendarProblem, "path"> {
  readonly at: string;
}

const within =
  (part: "windows" | "freezes", name: string) =>
  ({ at, ...found }: Found): CalendarProblem => ({ ...found, path: ["calendar", part, name, at] });

const error = (at: string, sentence: string, remedy: string): Found => ({
  level: "error",
  at,
  sentence,
  remedy,
});

function windowProblems(window: Window): Found[] {
  const basics = [...zoneProblems(window.zone), ...dateProblems("from", window.from)];
  if (basics.length > 0) return basics;
  return recurrenceProblems({ ...window, lasts: window.for });
}

function freezeProblems(freeze: Freeze): Found[] {
  const { from, to, rule, zone, for: lasts } = freeze;
  const basics = [
    ...zoneProblems(zone),
    ...dateProblems("from", from),
    ...(to === undefined ? [] : dateProblems("to", to)),
  ];
  if (basics.length > 0) return basics;
  const form = formProblem(freeze);
  if (form !== null) return [form];
  if (rule !== undefined) return recurrenceProblems({ rule, from, zone, lasts: lasts ?? 0 });
  const [begins, ends] = [momentOf(from, zone), lastMomentOf(to ?? from, zone)];
  if (begins !== null && ends !== null && begins < ends) return [];
  return [error("to", `It ends at ${to}, which is not after ${from}.`, "Give a later `to`.")];
}

function formProblem({ to, rule, for: lasts }: Freeze): Found | null {
  if (rule !== undefined && to !== undefined)
    return error(
      "to",
      "It has a `rule` and a `to`.",
      "Say how long it lasts by `for` instead of `to`.",
    );
  if (rule !== undefined && lasts === undefined)
    return error("rule", "It comes again but does not say how long it lasts.", "Add `for`.");
  if (rule === undefined && lasts !== undefined)
    return error(
      "for",
      "It has a `for` but no `rule`.",
      "Add `rule`, or give `to` instead of `for`.",
    );
  if (rule === undefined && to === undefined)
    return error("from", "It never ends.", "Add `to`; or `rule` and `for` where it comes again.");
  return null;
}

interface Lasting {
  readonly rule: string;
  readonly from: string;
  readonly zone: string;
  readonly lasts: number;
}

function recurrenceProblems(lasting: Lasting): Found[] {
  const { from, zone, lasts } = lasting;
  const rule = readRule(lasting.rule);
  if (!rule.ok)
    return [error("rule", rule.error, "Write an RFC 5545 rule such as FREQ=WEEKLY;BYDAY=TU.")];
  if (lasts <= 0)
    return [error("for", "It lasts no time at all.", "Give it a length, such as 2 h.")];
  if (lasts > LONGEST)
    return [
      error("for", `It lasts longer than ${formatDuration(LONGEST)}.`, "Give it a shorter length."),
    ];
  const begins = momentOf(from, zone);
  const first = begins === null ? null : firstStart(lasting, begins);
  if (first === null) return [error("rule", "Its rule never comes.", "Mend the rule, or `from`.")];
  if (first === begins) return [];
  return [
    {
      level: "warning",
      at: "from",
      sentence: `Its rule does not come at ${from}; it first comes at ${formatInZone(first, zone)}.`,
      remedy: "Put the first opening in `from`.",
    },
  ];
}

/** The first time a rule comes; years are only searched where the first month has nothing. */
function firstStart(lasting: Lasting, begins: Instant): Instant | null {
  for (const length of [35 * DAY, SEARCH]) {
    const [first] = startsWithin(lasting, { from: begins, to: begins + length }) ?? [];
    if (first !== undefined) return first;
  }
  return null;
}

function zoneProblems(zone: string): Found[] {
  if (isZone(zone)) return [];
  return [
    error("zone", `"${zone}" is no IANA time zone.`, "Name one, such as UTC or America/New_York."),
  ];
}

function dateProblems(at: "from" | "to", local: string): Found[] {
  if (momentOf(local, "UTC") !== null) return [];
  return [error(at, `${local} is no date and time.`, "Write it as 2026-01-06T10:00.")];
}
