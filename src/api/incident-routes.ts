// The routes of incidents; a part of the table in routes.ts.
import * as incidents from "./incident-schemas.ts";
import { get, post, type Route } from "./route.ts";

/** Why a word on an incident may be refused. */
const INCIDENT = [
  "no-status-page",
  "not-allowed",
  "nothing-said",
  "policy-unsound",
  "no-policy",
] as const;

export const INCIDENT_ROUTES = {
  listIncidents: {
    ...get,
    path: "/api/incidents",
    summary: "What the public was told of incidents, the latest opened first",
    answer: incidents.incidentPage,
    problems: [],
  },
  openIncident: {
    ...post,
    path: "/api/incidents",
    summary: "Tell the public of an incident",
    body: incidents.incidentOpening,
    answer: incidents.incident,
    status: 201,
    problems: [...INCIDENT, "no-area"],
  },
  updateIncident: {
    ...post,
    path: "/api/incidents/{incident}/update",
    summary: "Say how an incident goes on",
    body: incidents.incidentUpdate,
    answer: incidents.incident,
    problems: [...INCIDENT, "no-incident", "incident-resolved"],
  },
  resolveIncident: {
    ...post,
    path: "/api/incidents/{incident}/resolve",
    summary: "Say that an incident is over",
    body: incidents.incidentEnd,
    answer: incidents.incident,
    problems: [...INCIDENT, "no-incident", "incident-resolved"],
  },
} as const satisfies Readonly<Record<string, Route>>;
