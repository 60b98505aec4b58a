// What a route is, and what many of them have in common.
import type { z } from "zod";
import type { ProblemCode } from "./problems.ts";
import * as answers from "./release-schemas.ts";
import * as shape from "./schemas.ts";

/**
 * Who may: `public` anyone, `read` a token of a person, `act` one that is not for reading only, `push` one that was made for
 * pushing samples, or one that may act.
 */
type Permission = "public" | "read" | "act" | "push";

export interface Route {
  readonly method: "get" | "post";
  /** `{release}`, `{environment}` or `{incident}` is the one variable part. */
  readonly path: string;
  readonly permission: Permission;
  /** False for what costs as much as an act and records nothing: it may be asked as often as one likes. */
  readonly records?: false;
  readonly summary: string;
  readonly query: z.ZodType<object>;
  /** Of a POST. */
  readonly body?: z.ZodType<object>;
  /** The shape of a JSON answer, or the media type of another. */
  readonly answer: z.ZodType | "text/event-stream" | "text/plain" | "text/calendar";
  readonly status: 200 | 201;
  /** Beside those that any request can meet. */
  readonly problems: readonly ProblemCode[];
}

/** What reads. */
export const get = {
  method: "get",
  permission: "read",
  query: shape.noQuery,
  status: 200,
} as const;
/** What changes something, or costs as much. */
export const post = {
  method: "post",
  permission: "act",
  query: shape.noQuery,
  status: 200,
} as const;
/** What is done to a release, and answers where it stands then. */
export const act = { ...post, answer: answers.statusReport } as const;
/** Why a plan may be refused. */
export const PLANNING = [
  "nothing-to-release",
  "unknown-type",
  "type-unclear",
  "no-type-fits",
  "type-contested",
  "no-commit",
  "change-not-allowed",
  "lead-too-short",
  "no-slot",
  "missing-need",
  "tag-exists",
  "shallow-clone",
  "dirty-tree",
] as const;
/** Why an act on a gate may be refused. */
export const GATE = [
  "no-release",
  "release-ended",
  "no-gate",
  "not-allowed",
  "changed-meanwhile",
] as const;
/** Why an act on a release may be refused. */
export const RELEASE = ["no-release", "release-ended", "not-allowed", "changed-meanwhile"] as const;
