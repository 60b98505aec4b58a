import { formatDuration, formatInZone } from "../../base/time.ts";
import { listed, quoted } from "../../base/words.ts";
import type { Calendar, Span } from "../../calendar/calendar.ts";
import { openings } from "../../calendar/openings.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { calendarOf, tenYears } from "../ten-years.ts";

/** No clock runs out while a release waits for its next window. Freezes are left out: they are there to make it wait. */
export const waiting: Rule = (policy, since) => {
  const calendar = calendarOf(policy);
  const within = tenYears(policy, since);
  return Object.entries(policy.types).flatMap(([type, { clocks }]) =>
    Object.entries(clocks).flatMap(([name, clock]): Found[] => {
      if (clock.from === "zero") return [];
      const windows = windowsBefore(policy, type, clock);
      const shut = longestShut(calendar, windows, within);
      if (shut === null || shut.to - shut.from <= clock.within) return [];
      const zone = calendar.windows[windows[0] ?? ""]?.zone ?? policy.zone;
      const say = (at: number) => formatInZone(at, zone);
      return [
        {
          severity: "warning",
          path: ["types", type, "clocks", name, "within"],
          sentence: `the clock ${quoted(name)} runs out after ${formatDuration(clock.within)}, and ${listed(windows.map(quoted), "or")} may be shut for ${formatDuration(shut.to - shut.from)}`,
          counterexample: `what is ${clock.from === "merge" ? "merged" : "planned"} on ${say(shut.from)} waits until ${say(shut.to)}`,
          remedy: "Open the window more often, or give the clock more",
        },
      ];
    }),
  );
};

type Clock = Policy["types"][string]["clocks"][string];

/** The windows of the first gate of a window that the release must pass before the clock stops. */
function windowsBefore(policy: Policy, type: string, { phase, gate }: Clock): readonly string[] {
  const { phases = [], cadence = [] } = policy.types[type] ?? {};
  for (const name of phases) {
    const gates = policy.phases[name]?.gates ?? [];
    const [asked] = gates.flatMap((one) => policy.gates[one]?.window ?? []);
    if (asked !== undefined) return asked.in.length > 0 ? asked.in : cadence;
    if (name === phase || gates.includes(gate ?? "")) return [];
  }
  return [];
}

/** The longest time between two openings; null where there are none, or no window is asked for. */
function longestShut(
  calendar: Calendar,
  windows: readonly string[],
  within: Span,
): { readonly from: number; readonly to: number } | null {
  if (windows.length === 0) return null;
  const open = openings(
    { ...calendar, freezes: {} },
    { windows, freezes: false, type: "" },
    within,
  );
  return open.reduce<Span | null>((longest, { from }, index) => {
    const before = open[index - 1]?.to;
    if (before === undefined) return longest;
    const isLonger = longest === null || from - before > longest.to - longest.from;
    return isLonger ? { from: before, to: from } : longest;
  }, null);
}
