import { nearest, quoted } from "../../base/words.ts";
import type { Finding, Rule } from "../finding.ts";

/** Every time zone is one that the world knows, with its daylight saving time. */
export const zones: Rule = (policy) => {
  const { windows, freezes } = policy.calendar;
  const named: [Finding["path"], string | undefined][] = [
    [["zone"], policy.zone],
    ...Object.entries(windows).map(([name, { zone }]): [Finding["path"], string | undefined] => [
      ["calendar", "windows", name, "zone"],
      zone,
    ]),
    ...Object.entries(freezes).map(([name, { zone }]): [Finding["path"], string | undefined] => [
      ["calendar", "freezes", name, "zone"],
      zone,
    ]),
  ];
  return named.flatMap(([path, zone]) => {
    const found = zone === undefined ? null : judge(zone);
    return found === null ? [] : [{ ...found, path }];
  });
};

/** Zones that stand still all year, which few who write them mean: New York is on EST only in winter. */
const FIXED: Readonly<Record<string, string>> = {
  EST: "America/New_York",
  MST: "America/Denver",
  HST: "Pacific/Honolulu",
};

function judge(zone: string) {
  const instead = Object.hasOwn(FIXED, zone) ? FIXED[zone] : undefined;
  if (instead !== undefined)
    return {
      severity: "warning" as const,
      sentence: `the zone ${quoted(zone)} knows no daylight saving time`,
      remedy: `Say \`${instead}\` where clocks change there`,
    };
  if (isZone(zone)) return null;
  const meant = nearest(zone, Intl.supportedValuesOf("timeZone"));
  return {
    severity: "error" as const,
    sentence: `no time zone is called ${quoted(zone)}`,
    remedy:
      meant === null
        ? "Name it as IANA does, such as `Europe/Berlin`"
        : `Did you mean \`${meant}\`?`,
  };
}

/** An IANA zone; an offset such as +01:00 is none. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
