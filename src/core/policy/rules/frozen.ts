import { formatDuration, formatInZone } from "../../base/time.ts";
import { counted, quoted } from "../../base/words.ts";
import type { Calendar, Freeze, Span } from "../../calendar/calendar.ts";
import { countingFor, freezeSpans, stoppingFreezes } from "../../calendar/freezes.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { type RegularDay, regularDays } from "../regular-days.ts";
import { calendarOf, tenYears } from "../ten-years.ts";
import { stretchOf } from "../timeline.ts";

/** Regular days that a freeze takes from a type that goes seldom, and work that a freeze may find under way, are told. */
export const frozen: Rule = (policy, since) => {
  const calendar = calendarOf(policy);
  const within = tenYears(policy, since);
  if (Object.keys(calendar.freezes).length === 0) return [];
  return [...regularDays(policy, calendar, within)].flatMap(([type, days]) => [
    ...lost(policy, { type, days, calendar, within }),
    ...caught(policy, { type, days, calendar, within }),
  ]);
};

interface Looked {
  readonly type: string;
  readonly days: readonly RegularDay[];
  readonly calendar: Calendar;
  readonly within: Span;
}

/** Regular days in ten years: about one in a month. */
const SELDOM = 125;

function lost(policy: Policy, { type, days, calendar, within }: Looked): Found[] {
  const freezes = countingFor(calendar, type).map(
    ([name, freeze]) => [name, freezeSpans(freeze, within)] as const,
  );
  const { cadence = [] } = policy.types[type] ?? {};
  const windows = [...new Set(days.map(({ window }) => window))];
  return windows.flatMap((window) => {
    const opened = days.filter((day) => day.window === window);
    if (opened.length > SELDOM) return [];
    const path = cadence.includes(window)
      ? ["types", type, "cadence", cadence.indexOf(window)]
      : ["calendar", "windows", window];
    return freezes.flatMap(([name, spans]): Found[] => {
      const taken = opened.filter(({ at }) => spans.some(({ from, to }) => from <= at && at < to));
      const [first] = taken;
      if (first === undefined) return [];
      return [
        {
          severity: "note",
          path,
          sentence: `${taken.length} of ${counted(opened.length, "regular day")} of ${type} in ten years ${taken.length === 1 ? "falls" : "fall"} into the freeze ${quoted(name)}`,
          counterexample: `the one of ${say(policy, calendar, first, first.at)}`,
          remedy: "Nothing where that is meant; else add a day beside it, or let the type pass",
        },
      ];
    });
  });
}

/** Freezes that stop work, and that begin while work which the type's window has let go may last. */
function caught(policy: Policy, { type, days, calendar, within }: Looked): Found[] {
  const work = workOf(policy, type);
  return stoppingFreezes(calendar, type).flatMap(([name, freeze]): Found[] => {
    const begins = freezeSpans(freeze, within).map(({ from }) => from);
    const met = days.flatMap((day) => {
      const at = day.frozen
        ? undefined
        : begins.find((one) => day.at < one && one < day.until + work);
      return at === undefined ? [] : [{ day, at }];
    });
    const [first] = met;
    if (first === undefined) return [];
    const { day, at } = first;
    return [
      {
        severity: "note",
        path: ["calendar", "freezes", name, "running"],
        sentence: `the freeze ${quoted(name)} may begin while a release of type ${type} is at work, ${counted(met.length, "time")} in ten years: ${STOPS[stops(freeze)]}`,
        counterexample: `what begins in ${quoted(day.window)} on ${say(policy, calendar, day, Math.min(day.until, at))} may take ${formatDuration(work)}, and the freeze begins on ${say(policy, calendar, day, at)}`,
        remedy:
          "Nothing where that is meant; else shut the window earlier, or let running work finish",
      },
    ];
  });
}

const STOPS = {
  pause: "it stands still until the freeze ends",
  retreat: "its traffic goes back until the freeze ends",
};

function stops({ running }: Freeze): keyof typeof STOPS {
  return running === "retreat" ? "retreat" : "pause";
}

/** From the first phase that waits for a window to the end, each phase at its longest. */
function workOf(policy: Policy, type: string): number {
  const { phases = [] } = policy.types[type] ?? {};
  const asks = (phase: string) =>
    policy.phases[phase]?.gates.some((gate) => policy.gates[gate]?.window !== undefined) === true;
  return stretchOf(policy, phases.slice(Math.max(0, phases.findIndex(asks)))).total;
}

function say(policy: Policy, { windows }: Calendar, { window }: RegularDay, at: number): string {
  return formatInZone(at, windows[window]?.zone ?? policy.zone);
}
