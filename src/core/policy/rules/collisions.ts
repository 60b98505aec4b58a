import { dayIn, formatInZone, type Instant } from "../../base/time.ts";
import { quoted } from "../../base/words.ts";
import type { Calendar, Span } from "../../calendar/calendar.ts";
import { countingFor, freezeSpans } from "../../calendar/freezes.ts";
import { union } from "../../calendar/spans.ts";
import type { Found, Rule } from "../finding.ts";
import { calendarOf, openingsOf, tenYears } from "../ten-years.ts";

/** Where the cadences of two release types fall on one day, it is said which of them yields. */
export const collisions: Rule = (policy, since) => {
  const calendar = calendarOf(policy);
  const within = tenYears(policy, since);
  const regular = Object.entries(policy.types).filter(([, { cadence }]) => cadence.length > 0);
  if (regular.length < 2) return [];
  const opened = new Map<string, readonly Instant[]>();
  const days = new Map(
    regular.map(([type, { cadence }]) => {
      const found = cadence.flatMap((window) => {
        const starts = opened.get(window) ?? openingsOf(calendar, window, within);
        opened.set(window, starts);
        return starts.map((at) => ({ at, window }));
      });
      return [type, byDay(calendar, { type, found, within })] as const;
    }),
  );
  return regular.flatMap(([type, { yields }], index) =>
    regular.slice(0, index).flatMap(([other, { yields: others }]): Found[] => {
      if (yields.includes(other) || others.includes(type)) return [];
      const shared = [...(days.get(type) ?? [])].filter(([day]) => days.get(other)?.has(day));
      const [first] = shared.sort(([, a], [, b]) => a.at - b.at);
      const beside = days.get(other)?.get(first?.[0] ?? "");
      if (first === undefined || beside === undefined) return [];
      const zone = (window: string) => calendar.windows[window]?.zone ?? policy.zone;
      const when = (one: Opening) =>
        `${quoted(one.window)} opens on ${formatInZone(one.at, zone(one.window))}`;
      return [
        {
          severity: "warning",
          path: ["types", type, "cadence"],
          sentence: `releases of type ${type} and ${other} fall on the same day ${shared.length} times in ten years, and nothing says which goes`,
          counterexample: `for ${type} ${when(first[1])}, for ${other} ${when(beside)}`,
          remedy: `Let one of them yield: \`yields: [${other}]\` in ${type}, or the other way round`,
        },
      ];
    }),
  );
};

interface Opening {
  readonly at: Instant;
  readonly window: string;
}

/** The first opening of each day that no freeze takes from the type. */
function byDay(
  calendar: Calendar,
  { type, found, within }: { type: string; found: readonly Opening[]; within: Span },
): ReadonlyMap<string, Opening> {
  const frozen = countingFor(calendar, type).flatMap(([, freeze]) => freezeSpans(freeze, within));
  const spans = union(frozen);
  let span = 0;
  const open = found
    .toSorted((a, b) => a.at - b.at)
    .filter(({ at }) => {
      while ((spans[span]?.to ?? Number.POSITIVE_INFINITY) <= at) span += 1;
      return at < (spans[span]?.from ?? Number.POSITIVE_INFINITY);
    });
  const days = new Map<string, Opening>();
  for (const one of open) {
    const day = dayIn(one.at, calendar.windows[one.window]?.zone ?? "UTC");
    if (!days.has(day)) days.set(day, one);
  }
  return days;
}
