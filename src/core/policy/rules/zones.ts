import { formatInZone } from "../../base/time.ts";
import { nearest, quoted } from "../../base/words.ts";
import { isZone } from "../../calendar/recurrence.ts";
import type { Finding, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** Every time zone is one that the world knows, with its daylight saving time. */
export const zones: Rule = (policy) => {
  const named = zonesIn(policy);
  const distinct = [...new Set(named.map(([, zone]) => zone))];
  const judged = new Map(
    distinct.map((zone, index) => [zone, judge(zone, index < MOST_PROPOSALS)] as const),
  );
  return named.flatMap(([path, zone]) => {
    const found = judged.get(zone) ?? null;
    return found === null ? [] : [{ ...found, path }];
  });
};

/** For how many zones a proposal is looked for, if they are unknown: looking takes its time. */
const MOST_PROPOSALS = 20;

function zonesIn(policy: Policy): readonly (readonly [Finding["path"], string])[] {
  const { windows, freezes } = policy.calendar;
  const within = (part: string, all: Readonly<Record<string, { zone?: string | undefined }>>) =>
    Object.entries(all).flatMap(([name, { zone }]) =>
      zone === undefined ? [] : [[["calendar", part, name, "zone"], zone] as const],
    );
  return [[["zone"], policy.zone], ...within("windows", windows), ...within("freezes", freezes)];
}

/** Zones that stand still all year, which few who write them mean: New York is on EST only in winter. */
const FIXED: Readonly<Record<string, string>> = {
  EST: "America/New_York",
  MST: "America/Denver",
};
/** Offsets that bear the name of a zone; the sign of POSIX is the other way round. */
const OFFSET = /^Etc\/GMT[+-](?!0$)\d+$/;

function judge(zone: string, proposing: boolean) {
  const instead = Object.hasOwn(FIXED, zone) ? FIXED[zone] : undefined;
  if (instead !== undefined)
    return {
      severity: "warning" as const,
      sentence: `the zone ${quoted(zone)} knows no daylight saving time`,
      counterexample: summerOf(zone, instead),
      remedy: `Say \`${instead}\` where clocks change there`,
    };
  if (OFFSET.test(zone))
    return {
      severity: "warning" as const,
      sentence: `${quoted(zone)} is a fixed offset, and knows no daylight saving time`,
      counterexample: `${summerOf(zone, "UTC")}, in winter as in summer`,
      remedy: "Name the place where the clock hangs, such as `America/New_York`",
    };
  if (isZone(zone)) return null;
  const meant = proposing ? nearest(zone, Intl.supportedValuesOf("timeZone")) : null;
  return {
    severity: "error" as const,
    sentence: `no time zone is called ${quoted(zone)}`,
    remedy:
      meant === null
        ? "Name it as IANA does, such as `Europe/Berlin`"
        : `Did you mean \`${meant}\`?`,
  };
}

/** What becomes of ten o'clock in the zone that stands still, on the first of July of 2026. */
function summerOf(zone: string, instead: string): string {
  const at = Temporal.PlainDateTime.from("2026-07-01T10:00").toZonedDateTime(zone);
  const shown = formatInZone(at.epochMilliseconds, instead);
  return `${formatInZone(at.epochMilliseconds, zone)} is ${shown}`;
}
