import { formatDuration, type Instant, MINUTE } from "#core/base/time.ts";

/** A moment in the reader's zone: `Fri 20 Nov 2026, 15:05`; with seconds where they matter. */
export function localMoment(
  at: Instant,
  { zone, locale = "en-GB", seconds = false }: { zone: string; locale?: string; seconds?: boolean },
): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds && { second: "2-digit" }),
    hourCycle: "h23",
  }).format(at);
}

/** A day in the reader's zone: `Fri, 20 Nov 2026`. */
export function localDay(at: Instant, zone: string): string {
  const day = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...day }).format(at);
}

/** The same moment for everyone: `2026-11-20 14:05:09 UTC`. */
export function utcMoment(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** How far a moment is away: `in 2 h 5 min`, `3 d ago`, `now`. Under a minute only where `seconds` are wanted. */
export function awayFrom(at: Instant, now: Instant, seconds = false): string {
  const away = at - now;
  if (Math.abs(away) < (seconds ? 1000 : MINUTE)) return "now";
  const step = seconds ? 1000 : MINUTE;
  const text = formatDuration(Math.round(Math.abs(away) / step) * step);
  return away > 0 ? `in ${text}` : `${text} ago`;
}

/** T-0 as people say it: `T-2 d`, `T+35 min`, `T-0`. */
export function tMinus(at: Instant, now: Instant): string {
  const away = Math.round((now - at) / MINUTE) * MINUTE;
  if (away === 0) return "T-0";
  return away < 0 ? `T-${formatDuration(-away)}` : `T+${formatDuration(away)}`;
}
