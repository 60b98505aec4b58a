import type { Instant } from "../base/time.ts";
import type { Answer, Approval, Proof, Tick, Verdict } from "../gates/gate.ts";
import type { Judgement, Judging } from "../judge/judge.ts";
import type { Reading } from "../judge/reading.ts";
import type { Attempt } from "../steps/step.ts";
import type { Severity } from "./alerts.ts";
import type { BackClock } from "./back-clock.ts";
import type { Place } from "./claims.ts";
import type { Bundle, Clock, Plan, PlannedStep } from "./plan.ts";
import type { PublicState } from "./public.ts";
import type { ReportState } from "./watch-reports.ts";

/** What is known of one gate of one phase. */
export interface GateState {
  /** How many times its question was asked; part of the question's key. */
  readonly ask: number;
  readonly answer?: Answer;
  readonly answeredAt?: Instant;
  /** The answer before this one, where the question was asked again. */
  readonly before?: Answer;
  readonly approvals: readonly (Approval & { readonly bundle: Bundle })[];
  readonly ticks: readonly Tick[];
  readonly judged: Verdict;
  /** Something has come to be known that the verdict does not rest on yet. */
  readonly isStale: boolean;
  readonly proof?: Proof;
  readonly waived?: { readonly by: string; readonly reason: string; readonly reviewBy: Instant };
}

/** Steps on their way, one after the other. */
export interface Work {
  readonly steps: readonly PlannedStep[];
  /** Index of the step that is under way. */
  readonly step: number;
  /** Attempts begun at this step. The number is part of each question's key, so it never goes back. */
  readonly attempts: number;
  /** How many of them count no more, because a person had the step tried anew after them. */
  readonly forgiven: number;
  readonly attempt: Attempt | null;
  /** After a failure: when it is tried again. */
  readonly retryAt: Instant | null;
  /** Its end is not known; why. How often it was asked whether it was done. */
  readonly doubt: { readonly reason: string; readonly asked: boolean } | null;
  /** Why the step failed for good. */
  readonly failed: string | null;
}

/** How a release can end. Only one that is stable can come to another end after that: it can be withdrawn. */
export const ENDINGS = ["stable", "rolled-back", "withdrawn", "aborted"] as const;
export type Ending = (typeof ENDINGS)[number];

/** Where a release stands. */
export type Stand =
  | {
      readonly at: "phase";
      readonly phase: number;
      readonly openedAt: Instant | null;
      readonly work: Work | null;
    }
  | {
      readonly at: "rollback";
      readonly reason: string;
      readonly decidedAt: Instant;
      readonly bound: number;
      readonly work: Work;
    }
  /** The version was out and is taken back: what was written and published is being marked. */
  | {
      readonly at: "withdrawal";
      readonly reason: string;
      readonly decidedAt: Instant;
      readonly work: Work;
    }
  /** It does not go on by itself: a person retries, rolls back or aborts. */
  | {
      readonly at: "stopped";
      readonly reason: string;
      readonly from: Extract<Stand, { at: "phase" | "rollback" | "withdrawal" }>;
    }
  | {
      readonly at: "ended";
      readonly how: Ending;
      readonly reason: string;
      readonly when: Instant;
    };

/** The judge on guard: on from the first exposure until the release ends. */
export interface Guard {
  /** Where the new version was exposed last; null for a step that names no environment. */
  readonly environment: string | null;
  readonly since: Instant;
  /** Number of the last look. */
  readonly looks: number;
  readonly lastAt: Instant;
  /** The first reading since the exposure, and the last. */
  readonly first: Reading | null;
  readonly last: Reading | null;
  /** All that the judge remembers. */
  readonly judging: Judging;
  /** Share of the traffic that the new version was given last, in basis points. */
  readonly weight: number;
  /** It was the same at the last look. */
  readonly steady: boolean;
  readonly judged: Judgement;
  /** When the first of the bad looks in a row was taken. */
  readonly badSince: Instant | null;
  /** When both versions were last seen to be bad. */
  readonly sharedAt: Instant | null;
}

/** Something to tell people, until a channel has taken it. */
export interface Outgoing {
  readonly id: string;
  readonly channel: string;
  readonly message: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** A freeze keeps the work from going on. */
export interface Pause {
  readonly freeze: string;
  readonly running: "pause" | "retreat";
  readonly reason: string;
  readonly since: Instant;
  readonly until: Instant | null;
}

/** Something that is owed, and by when. */
export interface Debt {
  readonly id: string;
  readonly what: string;
  /** Who can settle it. */
  readonly roles: readonly string[];
  readonly of: readonly string[];
  readonly due: Instant;
  readonly isOverdue: boolean;
  readonly settled: {
    readonly by: string;
    readonly at: Instant;
    readonly link: string;
    readonly note?: string | undefined;
  } | null;
}

export interface Release {
  readonly plan: Plan;
  readonly stand: Stand;
  /** By `phase/gate`. */
  readonly gates: Readonly<Record<string, GateState>>;
  /** Every step that was begun, in order: what a rollback has to undo. */
  readonly begun: readonly PlannedStep[];
  /** Ids of the steps of phases that are done. */
  readonly done: readonly string[];
  /** Index of the phase that was opened last. */
  readonly reached: number;
  readonly guard: Guard | null;
  /** The clock of the way back, from its decision on, also after its end. */
  readonly back: BackClock | null;
  /** What people were alerted of and is not over, by cause. */
  readonly alerts: Readonly<Record<string, Severity>>;
  /** The latest report of each name of each watch. */
  readonly reports: Readonly<Record<string, ReportState>>;
  /** What the public knows of it; null before it works where they can see it. */
  readonly public: PublicState | null;
  readonly outbox: readonly Outgoing[];
  readonly told: number;
  /** Environments that were claimed for this release, or may have been: all are freed when it has ended. */
  readonly claims: readonly string[];
  /** Places of periods that were taken for it, or may have been: given back when it ends without any work. */
  readonly places: readonly Place[];
  /** When it passed its last phase in each environment. */
  readonly passed: Readonly<Record<string, Instant>>;
  readonly clocks: readonly Clock[];
  readonly debts: readonly Debt[];
  readonly pause: Pause | null;
}

export const UNANSWERED: GateState = {
  ask: 1,
  approvals: [],
  ticks: [],
  judged: { verdict: "pending", reason: "not looked at yet" },
  isStale: true,
};

export function gateKey(phase: string, gate: string): string {
  return `${phase}/${gate}`;
}

export function startWork(steps: readonly PlannedStep[]): Work {
  return { ...BEFORE_STEP, steps, step: 0 };
}

/** The work at a step that was not begun yet. */
export const BEFORE_STEP = {
  attempts: 0,
  forgiven: 0,
  attempt: null,
  retryAt: null,
  doubt: null,
  failed: null,
};

/** Why a version is being taken back, and since when; null while it is not. */
export function takenBack({ stand }: Pick<Release, "stand">): {
  readonly reason: string;
  readonly decidedAt: Instant;
} | null {
  return stand.at === "rollback" || stand.at === "withdrawal" ? stand : null;
}

export const STATUSES = [
  "waiting",
  "held",
  "working",
  "paused",
  "in-doubt",
  "rolling-back",
  "withdrawing",
  "stopped",
  ...ENDINGS,
] as const;
/** Where a release stands, in one word. */
export type Status = (typeof STATUSES)[number];

export function statusOf({ stand, pause }: Pick<Release, "stand" | "pause">): Status {
  if (stand.at === "ended") return stand.how;
  if (stand.at === "stopped") return "stopped";
  if (stand.work?.doubt) return "in-doubt";
  if (stand.at === "rollback") return "rolling-back";
  if (stand.at === "withdrawal") return "withdrawing";
  if (stand.openedAt === null) return "waiting";
  if (stand.work === null) return "held";
  return pause === null ? "working" : "paused";
}
