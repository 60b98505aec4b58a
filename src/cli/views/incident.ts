import { formatInstant } from "#core/base/time.ts";
import type { Incident } from "#core/incidents/incident.ts";
import { columns, plain } from "../text.ts";

/** All incidents, one line each. */
export function incidentRows(incidents: readonly Incident[]): string[] {
  const rows = incidents.map(({ incident, stage, impact, openedAt, title }) =>
    [incident, stage, impact, formatInstant(openedAt), title].map(plain),
  );
  return columns([["INCIDENT", "STAGE", "IMPACT", "OPENED", "TITLE"], ...rows]);
}

/** One incident with all that was said of it, the first first. */
export function incidentLines({ incident, title, areas, updates }: Incident): string[] {
  return [
    plain(`${incident}  ${title}  (${areas.join(", ")})`),
    ...updates.map(({ at, by, stage, impact, said }) =>
      plain(`${formatInstant(at)}  ${stage}, ${impact}  ${by}: ${said.replaceAll(/\s+/g, " ")}`),
    ),
  ];
}
