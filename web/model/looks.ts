import type { Entry } from "#core/audit/entry.ts";
import type { Instant } from "#core/base/time.ts";
import type { ReleaseEvent } from "#core/release/events.ts";
import { readEvent } from "#core/release/upcast.ts";

type Looked = Extract<ReleaseEvent, { type: "TrafficLooked" }>;

/** The looks at the traffic of a release, in order. Those of a newer Holdpoint are passed over: a chart may have gaps. */
export function looksOf(
  entries: readonly Entry[],
): readonly { readonly at: Instant; readonly look: Looked }[] {
  return entries.flatMap((entry) => {
    if (entry.type !== "TrafficLooked") return [];
    try {
      const event = readEvent(entry);
      return event.type === "TrafficLooked" ? [{ at: entry.at, look: event }] : [];
    } catch {
      return [];
    }
  });
}

/** At most so many of them, evenly spread; the last is always among them. */
export function thinned<Item>(items: readonly Item[], most: number): readonly Item[] {
  const every = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_, at) => (items.length - 1 - at) % every === 0);
}
