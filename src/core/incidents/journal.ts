import type { Entry } from "../audit/entry.ts";
import { type Json, plain } from "../base/canonical.ts";
import { UnknownEvent } from "../release/upcast.ts";
import type { IncidentEvent, IncidentHappened } from "./incident.ts";

/** The stream of all incidents; no release can be called so. */
export const INCIDENT_STREAM = "status-page/incidents";

/** The version of each event's shape. */
const VERSIONS: { readonly [Type in IncidentEvent["type"]]: number } = {
  IncidentOpened: 1,
  IncidentUpdated: 1,
  IncidentResolved: 1,
};

/**
 * What an entry of the stream tells.
 * @throws {UnknownEvent} for a type or version from the future.
 */
export function readIncident({ type, version, data, at, by, hash }: Entry): IncidentHappened {
  const known = Object.hasOwn(VERSIONS, type) ? VERSIONS[type as keyof typeof VERSIONS] : 0;
  if (version > known)
    throw new UnknownEvent(
      `The journal holds ${type} version ${version}, which this Holdpoint does not know. Install the newer version that wrote it.`,
    );
  const fields = data as { readonly [key: string]: Json };
  return { at, by, hash, event: { ...fields, type } as unknown as IncidentEvent };
}

/** The parts of an event as the journal keeps them. */
export function writeIncident({ type, ...fields }: IncidentEvent): {
  type: string;
  version: number;
  data: Json;
} {
  return { type, version: VERSIONS[type], data: plain(fields) };
}

/** What happened, in words: one line for people. */
export function incidentLine(event: IncidentEvent): string {
  if (event.type === "IncidentResolved") return `resolved ${event.incident}: ${event.said}`;
  if (event.type === "IncidentUpdated")
    return `updated ${event.incident}, ${event.stage}, ${event.impact}: ${event.said}`;
  const { incident, title, stage, impact, areas, said } = event;
  return `opened ${incident} “${title}”, ${stage}, ${impact} of ${areas.join(", ") || "nothing"}: ${said}`;
}
