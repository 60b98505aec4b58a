import type { Agenda } from "#app/desk.ts";
import { icalendar } from "#core/reports/icalendar.ts";
import { SAFE_HEADERS } from "./answer.ts";

/** The feed that calendar programs subscribe to. */
export function calendarAnswer({ system, entries, at }: Agenda): Response {
  return new Response(icalendar(system, entries, at), {
    headers: { ...SAFE_HEADERS, "content-type": "text/calendar; charset=utf-8" },
  });
}
