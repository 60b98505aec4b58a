import { useEffect, useState } from "react";
import type { Instant } from "#core/base/time.ts";
import { awayFrom, localDay, localMoment, utcMoment } from "../model/moment.ts";

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The time, anew every so often. */
export function useNow(every = 1000): Instant {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/** A moment in the reader's zone and in UTC. */
export function Moment({ at, seconds = false }: { at: Instant; seconds?: boolean }) {
  return (
    <time dateTime={new Date(at).toISOString()} className="inline-flex flex-wrap gap-x-2">
      <span>{localMoment(at, { zone: ZONE, seconds })}</span>
      <span className="text-soft">{utcMoment(at)}</span>
    </time>
  );
}

/** How far away a moment is; the moment itself on hovering and for those who listen. */
export function Away({
  at,
  now,
  seconds = false,
}: {
  at: Instant;
  now: Instant;
  seconds?: boolean;
}) {
  const whole = `${localMoment(at, { zone: ZONE })} (${utcMoment(at)})`;
  return (
    <time dateTime={new Date(at).toISOString()} title={whole}>
      {awayFrom(at, now, seconds)}
    </time>
  );
}

/** The time of day alone, to the second, where the day is said beside it. */
export function Clock({ at }: { at: Instant }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={utcMoment(at)}>
      {new Date(at).toLocaleTimeString("en-GB")}
    </time>
  );
}

/** The times of day in the reader's zone and in UTC, where the day is said above. */
export function Times({ at }: { at: Instant }) {
  return (
    <time dateTime={new Date(at).toISOString()} className="flex gap-x-2 text-xs">
      <span>{new Date(at).toLocaleTimeString("en-GB")}</span>
      <span className="text-soft">{utcMoment(at).slice(11)}</span>
    </time>
  );
}

/** The day in the reader's zone, said where it is another one than that of the entry before. */
export function Day({ at, after }: { at: Instant; after: Instant | undefined }) {
  const day = localDay(at, ZONE);
  if (after !== undefined && localDay(after, ZONE) === day) return null;
  return <span className="block pb-1 text-xs font-semibold text-soft">{day}</span>;
}
