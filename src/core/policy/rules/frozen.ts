import { formatInZone } from "../../base/time.ts";
import { quoted } from "../../base/words.ts";
import { countingFor, freezeSpans } from "../../calendar/freezes.ts";
import type { Found, Rule } from "../finding.ts";
import { calendarOf, openingsOf, tenYears } from "../ten-years.ts";

/** A release type whose regular day comes seldom is told where a freeze takes one from it. */
export const frozen: Rule = (policy, since) => {
  const calendar = calendarOf(policy);
  const within = tenYears(policy, since);
  return Object.entries(policy.types).flatMap(([type, { cadence }]) => {
    const freezes = countingFor(calendar, type).map(
      ([name, freeze]) => [name, freezeSpans(freeze, within)] as const,
    );
    if (freezes.length === 0) return [];
    return cadence.flatMap((window, index): Found[] => {
      const starts = openingsOf(calendar, window, within);
      if (starts.length > SELDOM) return [];
      const zone = calendar.windows[window]?.zone ?? policy.zone;
      return freezes.flatMap(([name, spans]) => {
        const lost = starts.filter((at) => spans.some(({ from, to }) => from <= at && at < to));
        const [first] = lost;
        if (first === undefined) return [];
        return [
          {
            severity: "note" as const,
            path: ["types", type, "cadence", index],
            sentence: `${lost.length} of ${starts.length} regular days of ${type} in ten years fall into the freeze ${quoted(name)}`,
            counterexample: `the one of ${formatInZone(first, zone)}`,
            remedy: "Nothing where that is meant; else add a day beside it, or let the type pass",
          },
        ];
      });
    });
  });
};

/** Regular days in ten years: about one in a month. */
const SELDOM = 125;
