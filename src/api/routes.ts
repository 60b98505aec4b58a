import { z } from "zod";
import * as calendar from "./calendar-schemas.ts";
import { INCIDENT_ROUTES } from "./incident-routes.ts";
import { POLICY_ROUTES } from "./policy-routes.ts";
import { rehearsal } from "./rehearsal-schemas.ts";
import * as answers from "./release-schemas.ts";
import { act, GATE, get, PLANNING, post, RELEASE, type Route } from "./route.ts";
import { pushBody, pushReport } from "./samples.ts";
import * as shape from "./schemas.ts";

const alive = z.object({ status: z.literal("ok") }).meta({ id: "Alive" });
const document = z.looseObject({ openapi: z.string() }).meta({ id: "Document" });

/** The whole API. A route's key is its operationId; src/http/handlers.ts has a handler for each, or does not compile. */
export const ROUTES = {
  listReleases: {
    ...get,
    path: "/api/releases",
    summary: "Releases, the latest planned first",
    query: shape.listQuery,
    answer: answers.releasePage,
    problems: [],
  },
  startRelease: {
    ...act,
    path: "/api/releases",
    summary: "Plan a release and set it on its way",
    body: shape.wish,
    status: 201,
    problems: ["release-exists", ...PLANNING],
  },
  plan: {
    ...post,
    records: false,
    path: "/api/plan",
    summary: "What a release would be; records nothing",
    body: shape.wish,
    answer: answers.planReport,
    problems: PLANNING,
  },
  rehearse: {
    ...post,
    records: false,
    path: "/api/rehearsal",
    summary: "How such a release would go, were everything to go well; records nothing",
    body: shape.wish,
    answer: rehearsal,
    problems: PLANNING,
  },
  readRelease: {
    ...get,
    path: "/api/releases/{release}",
    summary: "Where a release stands, why not now, and the way back",
    answer: answers.statusReport,
    problems: ["no-release"],
  },
  revise: {
    ...act,
    path: "/api/releases/{release}/revise",
    summary: "Plan it again from today's commit and policy",
    body: shape.nothing,
    problems: [...RELEASE, "work-begun", "nothing-changed", ...PLANNING],
  },
  approve: {
    ...act,
    path: "/api/releases/{release}/approve",
    summary: "Say yes to a sign-off",
    body: shape.approval,
    problems: [...GATE, "not-a-signoff", "approved-already", "passed-already"],
  },
  tick: {
    ...act,
    path: "/api/releases/{release}/tick",
    summary: "Tick an item of a checklist",
    body: shape.tick,
    problems: [...GATE, "not-a-checklist", "no-item", "ticked-already"],
  },
  waive: {
    ...act,
    path: "/api/releases/{release}/waive",
    summary: "Let a gate be, with a reason",
    body: shape.waiver,
    problems: [...GATE, "no-waivers", "reason-missing", "passed-already"],
  },
  prove: {
    ...act,
    path: "/api/releases/{release}/prove",
    summary: "Add a record that something was done",
    body: calendar.record,
    problems: [...GATE, "not-evidence", "link-missing", "not-yet"],
  },
  discharge: {
    ...act,
    path: "/api/releases/{release}/discharge",
    summary: "Settle a debt, also after the release has ended",
    body: calendar.discharge,
    problems: [
      ...["no-release", "not-allowed", "changed-meanwhile"],
      ...["no-debt", "settled-already", "link-missing"],
    ] as const,
  },
  retry: {
    ...act,
    path: "/api/releases/{release}/retry",
    summary: "Go on after a stop, or ask failed gates again",
    body: shape.retrial,
    problems: [...RELEASE, "nothing-to-retry"],
  },
  rollback: {
    ...act,
    path: "/api/releases/{release}/rollback",
    summary: "Go the derived way back",
    body: shape.order,
    problems: [...RELEASE, "nothing-to-undo", "past-no-return", "rolling-back", "reason-missing"],
  },
  withdraw: {
    ...act,
    path: "/api/releases/{release}/withdraw",
    summary: "Take a version back that is out: mark it where it was written and published",
    body: shape.order,
    problems: [
      ...["no-release", "not-allowed", "changed-meanwhile", "reason-missing"],
      ...["no-withdrawals", "not-out", "withdrawn-already"],
    ] as const,
  },
  abort: {
    ...act,
    path: "/api/releases/{release}/abort",
    summary: "End a release that has had no effect yet",
    body: shape.order,
    problems: [...RELEASE, "undo-first", "rolling-back", "reason-missing"],
  },
  settle: {
    ...act,
    path: "/api/releases/{release}/settle",
    summary: "Say whether a step in doubt was done",
    body: shape.settlement,
    problems: [...RELEASE, "no-doubt", "reason-missing"],
  },
  unfreeze: {
    ...act,
    path: "/api/releases/{release}/unfreeze",
    summary: "Let releases into an environment that a late rollback has frozen",
    body: shape.order,
    problems: [
      "no-release",
      "not-allowed",
      "changed-meanwhile",
      "nothing-frozen",
      "reason-missing",
    ],
  },
  readReleaseLog: {
    ...get,
    path: "/api/releases/{release}/log",
    summary: "What happened to a release",
    query: shape.logQuery,
    answer: shape.logPage,
    problems: ["no-release"],
  },
  listDebts: {
    ...get,
    path: "/api/debts",
    summary: "What releases owe and is not settled, the earliest due first",
    answer: calendar.debtPage,
    problems: [],
  },
  ...INCIDENT_ROUTES,
  ...POLICY_ROUTES,
  readLog: {
    ...get,
    path: "/api/log",
    summary: "The whole journal, from its beginning on or from its end back",
    query: shape.journalQuery,
    answer: shape.logPage,
    problems: [],
  },
  streamBoard: {
    ...get,
    path: "/api/stream",
    summary:
      "Rows of releases as they change, as server-sent events; the id of each is a journal position, and the first, `hello`, names the run of the server",
    answer: "text/event-stream",
    problems: ["too-many-streams"],
  },
  streamRelease: {
    ...get,
    path: "/api/releases/{release}/stream",
    summary:
      "A release on each change, as server-sent events; the id of each is a journal position",
    answer: "text/event-stream",
    problems: ["no-release", "too-many-streams"],
  },
  pushSamples: {
    ...post,
    permission: "push",
    path: "/api/environments/{environment}/samples",
    summary: "Push what versions counted; the same moment of a version counts once",
    body: pushBody,
    answer: pushReport,
    problems: ["bad-moment"],
  },
  verify: {
    ...get,
    path: "/api/verify",
    summary: "Prove the journal, against a noted head if one is given",
    query: shape.verifyQuery,
    answer: shape.verifyReport,
    problems: [],
  },
  signIn: {
    ...post,
    permission: "public",
    path: "/api/session",
    summary: "Keep a token in a cookie that only the console's own pages can use",
    body: shape.signIn,
    answer: shape.session,
    problems: ["not-authenticated"],
  },
  whoAmI: {
    ...get,
    path: "/api/session",
    summary: "Whom the token belongs to, and what it may",
    answer: shape.session,
    problems: [],
  },
  signOut: {
    ...post,
    permission: "read",
    path: "/api/session/end",
    summary: "Forget the cookie",
    body: shape.nothing,
    answer: shape.session,
    problems: [],
  },
  readDocument: {
    ...get,
    permission: "public",
    path: "/api/openapi.json",
    summary: "This description",
    answer: document,
    problems: [],
  },
  isAlive: {
    ...get,
    permission: "public",
    path: "/healthz",
    summary: "Whether the server runs",
    answer: alive,
    problems: [],
  },
  isReady: {
    ...get,
    permission: "public",
    path: "/readyz",
    summary: "Whether it reaches its store",
    answer: alive,
    problems: ["not-ready"],
  },
  readMetrics: {
    ...get,
    path: "/metrics",
    summary: "Prometheus text: releases by status, requests by class, streams, journal position",
    answer: "text/plain",
    problems: [],
  },
} as const satisfies Readonly<Record<string, Route>>;

export type OperationId = keyof typeof ROUTES;
export const OPERATIONS = Object.keys(ROUTES) as OperationId[];

/** The route of an operation, without what only its own types know. */
export function route(operation: OperationId): Route {
  return ROUTES[operation];
}
