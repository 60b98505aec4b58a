// The part of the API that tells of policies and their calendar; src/api/routes.ts takes it in.
import * as calendar from "./calendar-schemas.ts";
import { diffQuery, policyDiff, policyInForce, policyVersions } from "./policy-schemas.ts";
import { get, type Route } from "./route.ts";

export const POLICY_ROUTES = {
  readPolicy: {
    ...get,
    path: "/api/policy",
    summary:
      "The policy that new releases are planned by: its text, what is found in it, the document",
    answer: policyInForce,
    problems: ["no-policy"],
  },
  listPolicies: {
    ...get,
    path: "/api/policies",
    summary: "The policies that the latest releases were planned by, the latest first",
    answer: policyVersions,
    problems: [],
  },
  diffPolicies: {
    ...get,
    path: "/api/policies/diff",
    summary: "What differs between two policies, and what the second would have made of releases",
    query: diffQuery,
    answer: policyDiff,
    problems: ["no-policy-version", "policy-text-lost"],
  },
  readAgenda: {
    ...get,
    path: "/api/calendar",
    summary: "Openings of windows, freezes and planned releases, in order",
    query: calendar.calendarQuery,
    answer: calendar.agenda,
    problems: ["policy-unsound", "no-policy"],
  },
  readCalendar: {
    ...get,
    path: "/api/calendar.ics",
    summary: "The same as an iCalendar feed (RFC 5545)",
    query: calendar.calendarQuery,
    answer: "text/calendar",
    problems: ["policy-unsound", "no-policy"],
  },
} as const satisfies Readonly<Record<string, Route>>;
