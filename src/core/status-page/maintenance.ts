// What is announced before it begins: releases of the types that the policy calls maintenance, and windows that are
// maintenance by themselves.
import { digestOf } from "../base/digest.ts";
import { DAY, type Instant } from "../base/time.ts";
import type { Span } from "../calendar/calendar.ts";
import { occurrences } from "../calendar/recurrence.ts";
import type { Policy } from "../policy/policy.ts";
import type { StatusPagePolicy } from "../policy/status-page.ts";
import { zonedCalendar } from "../release/plan.ts";
import type { Release } from "../release/state.ts";
import { stepKind } from "../steps/table.ts";
import { type Story, type StoryUpdate, shortId } from "./story.ts";
import { PLANNED, titleOf } from "./words.ts";

/** When a release that is maintenance is announced to be; null for a release that is not, or where nobody sees it. */
export function announced({ plan }: Release, page: StatusPagePolicy): Span | null {
  if (!page.maintenance.types.includes(plan.type)) return null;
  const shown = new Set(Object.values(page.areas).map(({ environment }) => environment));
  const phases = plan.phases.filter(({ environment = "" }) => shown.has(environment));
  if (phases.length === 0) return null;
  const from = Math.max(plan.at, phases[0]?.opensAt ?? plan.at);
  const { windows } = plan.terms.calendar;
  const cadence = plan.timing?.cadence ?? [];
  const ends = cadence.flatMap((name) => {
    const window = windows[name];
    const around = { from, to: from + 1 };
    return window === undefined
      ? []
      : (occurrences({ ...window, lasts: window.for }, around) ?? []);
  });
  // A watch is not maintenance: nothing is changed any more.
  const work = phases.flatMap(({ steps }) => steps).filter(({ kind }) => kind !== "watch");
  const bound = work.reduce((sum, { kind, config }) => sum + stepKind(kind).bound(config), 0);
  return { from, to: ends[0]?.to ?? from + bound };
}

/** How long a window stays on the page once it is closed: the journal knows nothing of it that would make it history. */
const AFTERWARDS = DAY;

/** Windows that are maintenance, from so long before they open until a day after they close. */
export function windowStories(
  policy: Policy,
  page: StatusPagePolicy,
  { now, taken }: { readonly now: Instant; readonly taken: readonly Span[] },
): readonly Story[] {
  const { windows } = zonedCalendar(policy);
  const { ahead, windows: named } = page.maintenance;
  const within = { from: now - AFTERWARDS, to: now + ahead };
  return named.flatMap((name) => {
    const window = windows[name];
    if (window === undefined) return [];
    return (occurrences({ ...window, lasts: window.for }, within) ?? [])
      .filter((span) => !taken.some(({ from, to }) => from < span.to && to > span.from))
      .map((span) => windowStory({ name, span }, page, now));
  });
}

/** Its moments are those of the calendar, so that whoever writes the page says the same. */
function windowStory(
  { name, span }: { readonly name: string; readonly span: Span },
  page: StatusPagePolicy,
  now: Instant,
): Story {
  const id = shortId(digestOf({ window: name, from: span.from }));
  const update = (part: string, at: Instant, text: string, label: string): StoryUpdate[] =>
    at > now ? [] : [{ id: `${id}-${part}`, at, label, text }];
  const areas = Object.keys(page.areas);
  const titles = areas.map((area) => page.areas[area]?.title ?? area);
  return {
    ...{ id, kind: "maintenance", areas, span, impact: null },
    title: titleOf("maintenance", titles, null),
    state: now < span.from ? "planned" : now < span.to ? "under way" : "over",
    updates: [
      ...update("done", span.to, "The time for maintenance is over.", "Done"),
      ...update("begun", span.from, "The time for maintenance has begun.", "Begun"),
      ...update("planned", span.from - page.maintenance.ahead, PLANNED, "Planned"),
    ],
  };
}
