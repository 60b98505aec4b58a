import { formatInZone, HOUR } from "../../base/time.ts";
import { counted, listed, quoted } from "../../base/words.ts";
import type { Calendar } from "../../calendar/calendar.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { type RegularDay, regularDays } from "../regular-days.ts";
import { calendarOf, tenYears } from "../ten-years.ts";

/** Where regular days of two release types fall together, it is said which of them goes, and one of them does. */
export const collisions: Rule = (policy, since) => [...toNobody(policy), ...onDays(policy, since)];

/** Types that yield to one without a cadence, which has no day. */
function toNobody({ types }: Policy): Found[] {
  return Object.entries(types).flatMap(([type, { yields }]) =>
    yields.flatMap((to, index): Found[] => {
      if (types[to] === undefined || types[to].cadence.length > 0) return [];
      return [
        {
          severity: "warning",
          path: ["types", type, "yields", index],
          sentence: `${type} yields to ${to}, which has no cadence, and so no day that it could have`,
          remedy: `Give ${to} a \`cadence\`, or take it out`,
        },
      ];
    }),
  );
}

const onDays: Rule = (policy, since) => {
  const calendar = calendarOf(policy);
  const days = regularDays(policy, calendar, tenYears(policy, since));
  if (days.size < 2) return [];
  const types = [...days.keys()];
  const say = sayer(policy, calendar);
  const pairs = types.flatMap((type, index) =>
    types.slice(0, index).flatMap((other) => unsaid(policy, [type, other], { days, say })),
  );
  return [...pairs, ...nobody(policy, { days, say })];
};

type Days = ReadonlyMap<string, readonly RegularDay[]>;
interface Looked {
  readonly days: Days;
  readonly say: (day: RegularDay) => string;
}

function sayer({ zone }: Policy, { windows }: Calendar): Looked["say"] {
  return ({ window, at }) =>
    `${quoted(window)} opens on ${formatInZone(at, windows[window]?.zone ?? zone)}`;
}

/** Two types of which neither yields, on one day or at one time. */
function unsaid(
  policy: Policy,
  [type, other]: readonly [string, string],
  { days, say }: Looked,
): Found[] {
  const yieldsTo = (one: string, to: string) => policy.types[one]?.yields.includes(to) ?? false;
  if (yieldsTo(type, other) || yieldsTo(other, type)) return [];
  // Only who has a cadence can be yielded to; two without one wait for each other in their one window.
  const regular = (one: string) => (policy.types[one]?.cadence.length ?? 0) > 0;
  const to = regular(other) ? other : type;
  if (!regular(to)) return [];
  const shared = together(days.get(type) ?? [], days.get(other) ?? []);
  const [first] = shared;
  if (first === undefined) return [];
  const how = first[0].day === first[1].day ? "fall on the same day" : "are open at one time";
  return [
    {
      severity: "warning",
      path: ["types", type, regular(type) ? "cadence" : "phases"],
      sentence: `releases of type ${type} and ${other} ${how} ${counted(shared.length, "time")} in ten years, and nothing says which goes`,
      counterexample: `for ${type} ${say(first[0])}, for ${other} ${say(first[1])}`,
      remedy:
        regular(type) && regular(other)
          ? `Let one of them yield: \`yields: [${other}]\` in ${type}, or the other way round`
          : `Let the other yield: \`yields: [${to}]\` in ${to === type ? other : type}`,
    },
  ];
}

/** The days of one that meet a day of the other, each with the first that it meets: on the same day, or open at one time. */
function together(
  some: readonly RegularDay[],
  others: readonly RegularDay[],
): (readonly [RegularDay, RegularDay])[] {
  const free = others.filter(({ frozen }) => !frozen);
  // A day has at most 25 hours, and another may have begun as long before as it stays open.
  const reach = Math.max(0, ...free.map(({ at, until }) => until - at)) + 25 * HOUR;
  let from = 0;
  return some.flatMap((one) => {
    if (one.frozen) return [];
    from = firstFrom(free, from, one.at - reach);
    const to = firstFrom(free, from, one.until + 25 * HOUR);
    const met = free.slice(from, to).find((other) => meets(one, other));
    return met === undefined ? [] : [[one, met] as const];
  });
}

function firstFrom(days: readonly RegularDay[], start: number, at: number): number {
  let index = start;
  while ((days[index]?.at ?? Number.POSITIVE_INFINITY) < at) index += 1;
  return index;
}

function meets(one: RegularDay, other: RegularDay): boolean {
  return one.day === other.day || (one.at < other.until && other.at < one.until);
}

/** Days on which every type that could go yields to another: to one that yields, too, or that a freeze holds. */
function nobody(policy: Policy, { days, say }: Looked): Found[] {
  const all = [...days].flatMap(([type, own]) => own.map((one) => ({ type, one })));
  const lost = [...Map.groupBy(all, ({ one }) => one.day).values()].flatMap(
    (opened) => lostDay(policy, opened) ?? [],
  );
  const alike = Map.groupBy(lost, ({ types, to }) => JSON.stringify([types, to]));
  return [...alike.values()].flatMap((same): Found[] => {
    const [first] = same.toSorted((a, b) => a.first.at - b.first.at);
    if (first === undefined) return [];
    const { types, to } = first;
    const isFrozen = to.some((type) => !types.includes(type));
    const why = isFrozen
      ? `${types.length === 1 ? "it yields" : "they yield"} to ${listed(to)}, which a freeze holds then`
      : "each yields to another of them";
    return [
      {
        severity: "warning",
        path: ["types", types[0] ?? "", "yields"],
        sentence: `on ${counted(same.length, "regular day")} of ${listed(types)} in ten years nothing goes: ${why}`,
        counterexample: say(first.first),
        remedy: isFrozen
          ? `Let the freeze hold ${listed(types)}, too, or let ${listed(to)} pass it`
          : "Let one of them go",
      },
    ];
  });
}

/** Who could go on a day and does not, and to whom they yield; null where one goes, or none could. */
function lostDay(
  { types }: Policy,
  opened: readonly { readonly type: string; readonly one: RegularDay }[],
): { types: string[]; to: string[]; first: RegularDay } | null {
  const here = new Set(opened.map(({ type }) => type));
  const able = opened.filter(({ one }) => !one.frozen);
  const [first] = able;
  const going = [...new Set(able.map(({ type }) => type))];
  const isThere = (to: string) => here.has(to) && (types[to]?.cadence.length ?? 0) > 0;
  const yieldedTo = going.map((type) => types[type]?.yields.filter(isThere) ?? []);
  if (first === undefined || yieldedTo.some((to) => to.length === 0)) return null;
  return { types: going, to: [...new Set(yieldedTo.flat())], first: first.one };
}
