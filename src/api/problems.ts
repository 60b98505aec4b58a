import { type Problem, ProblemError } from "#app/problem.ts";
import { REFUSALS, type RefusalCode } from "#core/release/refusals.ts";
import { kind, type Meaning, named, type ProblemKind } from "./problem-kind.ts";
import { WRITTEN } from "./problems-written.ts";
import { PLANNED } from "./version-problems.ts";

const NOTHING_TO_DO = "There is nothing to do.";
const SEE_STATUS = "See `holdpoint status RELEASE` for where it stands.";

const REFUSED: { readonly [Code in RefusalCode]: Meaning } = {
  "release-exists": kind(409, 1, "See `holdpoint status` for it."),
  "no-release": kind(404, 1, "See `holdpoint status` for those there are."),
  "release-ended": kind(409, 1, "Plan a new release."),
  "no-gate": kind(404, 1, SEE_STATUS),
  "not-a-signoff": kind(409, 1, SEE_STATUS),
  "not-a-checklist": kind(409, 1, SEE_STATUS),
  "no-item": kind(404, 1, SEE_STATUS),
  "not-allowed": kind(403, 4, "Ask one of the people whom the answer names."),
  "changed-meanwhile": kind(412, 1, "Read it again, and decide again."),
  "approved-already": kind(409, 1, NOTHING_TO_DO),
  "ticked-already": kind(409, 1, NOTHING_TO_DO),
  "passed-already": kind(409, 1, NOTHING_TO_DO),
  "reason-missing": kind(422, 2, "Say why, with `--reason`."),
  "no-waivers": kind(403, 4, "Meet the gate, or change the policy and revise the release."),
  "work-begun": kind(409, 1, "Let it end or roll it back, then plan a new release."),
  "nothing-changed": kind(409, 1, NOTHING_TO_DO),
  "nothing-to-retry": kind(409, 1, SEE_STATUS),
  "nothing-to-undo": kind(409, 1, "Abort it with `holdpoint abort`."),
  "past-no-return": kind(409, 1, "Repair it with a new release."),
  "rolling-back": kind(409, 1, "Let the way back end."),
  "undo-first": kind(409, 1, "Roll it back with `holdpoint rollback`."),
  "no-withdrawals": kind(
    403,
    4,
    "Name the roles under `withdrawals` in the policy; it counts for the releases to come.",
  ),
  "not-out": kind(409, 1, "Roll it back while it is on its way."),
  "withdrawn-already": kind(409, 1, NOTHING_TO_DO),
  withdrawing: kind(409, 1, "Let it be marked everywhere first."),
  "nothing-frozen": kind(409, 1, SEE_STATUS),
  "not-evidence": kind(409, 1, SEE_STATUS),
  "link-missing": kind(422, 2, "Say where it can be seen, with `--link`."),
  "not-yet": kind(422, 2, "Give the time at which it was done."),
  blackout: kind(409, 1, "Wait for the end of the blackout."),
  "no-debt": kind(404, 1, SEE_STATUS),
  "settled-already": kind(409, 1, NOTHING_TO_DO),
  "no-status-page": kind(409, 1, "Add `status-page` to the policy."),
  "no-incident": kind(404, 1, "See `holdpoint incident list` for those there are."),
  "incident-resolved": kind(409, 1, "Open a new one."),
  "no-area": kind(422, 2, "Name one of the areas that the policy shows."),
  "nothing-said": kind(422, 2, "Say what the public shall read, with `--say`."),
  "no-doubt": kind(409, 1, SEE_STATUS),
};

/** What is wrong with a request, before it comes to any release. */
const ASKED = {
  "no-route": named("There is nothing at this address.", 404, 1, "See /api/openapi.json."),
  "bad-method": named("The address knows no such method.", 405, 1, "See /api/openapi.json."),
  "bad-request": named(
    "The request is not of the shape it should have.",
    400,
    2,
    "See docs/api.md.",
  ),
  "bad-json": named("The body is no JSON object.", 400, 2, "Send one JSON object in UTF-8."),
  "bad-media-type": named(
    "The body is not of the media type application/json.",
    415,
    2,
    "Send `content-type: application/json`, not compressed.",
  ),
  "too-large": named("It is larger than the limit.", 413, 2, "Send or write less."),
  "too-deep": named("It is nested deeper than the limit.", 400, 2, "Nest it less deeply."),
  "bad-moment": named(
    "A sample is of a moment that cannot be taken in.",
    422,
    2,
    "Push samples within a day, and set the clock of the machine that pushes.",
  ),
  "key-missing": named(
    "A POST needs an Idempotency-Key.",
    400,
    2,
    "Send a new random Idempotency-Key with each act, and the same one when you repeat it.",
  ),
  "key-reused": named(
    "The Idempotency-Key was used for another request.",
    422,
    2,
    "Take a new key for a new act.",
  ),
  "not-authenticated": named(
    "The request carries no valid token.",
    401,
    4,
    "Send `authorization: Bearer TOKEN`; whoever runs the server makes one with `holdpoint token add`.",
  ),
  "not-permitted": named(
    "The token may only read.",
    403,
    4,
    "Ask whoever runs the server for a token that may act.",
  ),
  "too-many-streams": named("Too many streams are open.", 503, 1, "Try again in a minute."),
  "not-ready": named("The server cannot reach its store.", 503, 1, "Try again in a minute."),
  internal: named(
    "Holdpoint failed in a way it should not.",
    500,
    1,
    "Try again; if it lasts, report it with the server's log.",
  ),
} as const;

/** What is wrong on the command line and with its surroundings. */
const STARTED = {
  usage: named("The command line is not understood.", 400, 2, "See `holdpoint --help`."),
  "bad-config": named("The configuration is not right.", 500, 2, "See `holdpoint --help`."),
  "no-coverage": named(
    "There is no list of clauses.",
    422,
    2,
    "Write a COVERAGE.md beside the policy.",
  ),
  "no-policy-version": named(
    "No recent release was planned by this policy.",
    404,
    1,
    "Take one of those that /api/policies names.",
  ),
  "policy-text-lost": named(
    "The text of a policy that a release was planned by cannot be found.",
    409,
    1,
    "Fetch the commit that the answer names.",
  ),
  "no-policy": named("There is no policy file.", 422, 2, "Write one with `holdpoint init`."),
  "policy-unsound": named(
    "The policy file is not sound.",
    422,
    2,
    "See `holdpoint check` for each place.",
  ),
  "no-person": named("It is not known who asks.", 401, 4, "Set git's user.email."),
  "no-token": named("There is no token for the server.", 401, 4, "Ask for one."),
  "no-server": named("The server cannot be reached.", 503, 1, "See whether it runs."),
  "bad-answer": named(
    "The server's answer is not understood.",
    502,
    1,
    "See whether it is a Holdpoint of a version near this one.",
  ),
  "no-gate-named": named("It is not clear which gate is meant.", 400, 2, "Name the gate."),
  "not-confirmed": named("The act was not confirmed.", 400, 2, "Confirm it, or say `--yes`."),
  "port-in-use": named("The port is taken.", 500, 1, "Choose another with --listen."),
  "open-without-tokens": named(
    "A server that others can reach needs tokens.",
    500,
    2,
    "Make one with `holdpoint token add PERSON`, or listen on 127.0.0.1.",
  ),
  "no-such-token": named("There is no such token.", 404, 1, "See `holdpoint token list`."),
  "bad-tokens-file": named(
    "The file of tokens cannot be read.",
    500,
    1,
    "Restore it, or remove it and make new tokens.",
  ),
} as const;

/** What is wrong with the store: see src/store/errors.ts. */
const STORED = {
  "in-use": named(
    "Another process has the store.",
    503,
    1,
    "Stop that process first, or speak to it: set HOLDPOINT_SERVER.",
  ),
  busy: named("The store is busy.", 503, 1, "Try again."),
  unreachable: named("The database cannot be reached.", 503, 1, "See whether it runs."),
  "disk-full": named("The disk is full.", 503, 1, "Free space on it."),
  "database-corrupt": named(
    "The database is damaged.",
    500,
    1,
    "Import the last exported journal.",
  ),
  "journal-corrupt": named("The journal is damaged.", 500, 1, "Keep it as evidence."),
  "not-ours": named("This is not Holdpoint's store.", 500, 1, "Choose another data directory."),
  "schema-too-new": named("A newer Holdpoint wrote this store.", 500, 1, "Use that version."),
  "not-durable": named("The store would not be durable here.", 500, 1, "Choose a local disk."),
  "postgres-unfit": named("The database is not fit.", 500, 1, "Use PostgreSQL 15 or newer."),
  "access-denied": named("The database refuses the account.", 500, 1, "Check its rights."),
  "file-unusable": named("The store's file cannot be used.", 500, 1, "Check its folder's rights."),
  "bad-address": named(
    "The database's address is not understood.",
    500,
    2,
    "Write it like postgres://user@host/database.",
  ),
  "in-doubt": named("It is not known whether it was recorded.", 503, 5, "Repeat it."),
  "nothing-to-export": named("The store is empty.", 409, 1, "Name the store that is meant."),
  "not-empty": named("The store is not empty.", 409, 1, "Import into a new one."),
  failed: named("The store failed.", 503, 1, "See the cause in the log."),
} as const;

/** What is wrong with the team's repository: see adapters/git.ts. */
const REPOSITORY = {
  "no-git": named("There is no git on this machine.", 500, 1, "Install git."),
  "no-folder": named("There is no such folder.", 500, 2, "Name one that is there."),
  "no-repository": named("The folder is in no git repository.", 500, 2, "Run `git init` there."),
  "not-trusted": named(
    "Git does not trust the folder, because someone else owns it.",
    500,
    1,
    "Add it to git's safe.directory.",
  ),
  "no-commits": named("The repository has no commit yet.", 409, 1, "Make the first commit."),
} as const;

const OTHERS = { ...ASKED, ...STARTED, ...STORED, ...PLANNED, ...WRITTEN, ...REPOSITORY };

export type ProblemCode = RefusalCode | keyof typeof OTHERS;

/** Every code that Holdpoint says no with. */
export const PROBLEMS: Readonly<Record<string, ProblemKind>> = {
  ...Object.fromEntries(
    Object.entries(REFUSED).map(([code, meaning]) => [
      code,
      { title: REFUSALS[code as RefusalCode], ...meaning },
    ]),
  ),
  ...OTHERS,
};

/** What a code means; one that is not in the table is a failure of its own. */
export function problemKind(code: string): ProblemKind {
  return Object.hasOwn(PROBLEMS, code) ? (PROBLEMS[code] ?? OTHERS.internal) : OTHERS.internal;
}

/** A problem in the words of its table. */
export function problem(code: ProblemCode, more: Partial<Problem> = {}): Problem {
  const { title, remedy } = problemKind(code);
  return { code, sentence: title, remedy, ...more };
}

/** The problem that an exception stands for; null for one that is a bug. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof ProblemError) return error.problem;
  if (!(error instanceof Error)) return null;
  const { code, remedy, message } = error as Error & { code?: unknown; remedy?: unknown };
  if (typeof code !== "string" || !Object.hasOwn(PROBLEMS, code)) return null;
  return {
    code,
    sentence: message,
    remedy: typeof remedy === "string" ? remedy : problemKind(code).remedy,
  };
}
