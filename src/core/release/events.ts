import type { Answer, Verdict } from "../gates/gate.ts";
import type { Judgement } from "../judge/judge.ts";
import type { Reading } from "../judge/reading.ts";
import type { Severity } from "./alerts.ts";
import type { BackMoment, Late } from "./back-clock.ts";
import type { BundlePart, Plan, PlannedStep } from "./plan.ts";
import type { Ending } from "./state.ts";

/**
 * What has happened to a release: plain JSON, past tense. The journal keeps each with its moment and who caused it. A
 * shape never changes; a new one gets a new version and an upcast (upcast.ts).
 */
export type ReleaseEvent =
  | { readonly type: "ReleasePlanned"; readonly plan: Plan }
  | {
      readonly type: "ReleaseRevised";
      readonly plan: Plan;
      readonly changed: readonly BundlePart[];
    }
  | { readonly type: "PhaseOpened"; readonly phase: string }
  | {
      readonly type: "GateAnswered";
      readonly gate: string;
      readonly ask: number;
      readonly answer: Answer;
    }
  | { readonly type: "GateAskedAgain"; readonly gate: string }
  | ({ readonly type: "GateJudged"; readonly gate: string } & Verdict)
  | {
      readonly type: "GateApproved";
      readonly gate: string;
      readonly role: string;
      readonly note?: string | undefined;
    }
  | {
      readonly type: "ItemTicked";
      readonly gate: string;
      readonly item: string;
      readonly note?: string | undefined;
    }
  | {
      readonly type: "EvidenceAdded";
      readonly gate: string;
      readonly when: number;
      readonly link: string;
    }
  | {
      readonly type: "GateWaived";
      readonly gate: string;
      readonly reason: string;
      readonly reviewBy: number;
    }
  | {
      readonly type: "GateVoided";
      readonly gate: string;
      readonly because: readonly BundlePart[];
      readonly approvals: number;
    }
  | { readonly type: "HoldReleased"; readonly phase: string }
  | { readonly type: "StepStarted"; readonly step: string; readonly attempt: number }
  | { readonly type: "StepAnswered"; readonly step: string; readonly answer: Answer }
  | {
      readonly type: "StepDone";
      readonly step: string;
      readonly evidence: Readonly<Record<string, unknown>>;
    }
  | {
      readonly type: "StepFailed";
      readonly step: string;
      readonly reason: string;
      readonly final: boolean;
    }
  | { readonly type: "StepInDoubt"; readonly step: string; readonly reason: string }
  | {
      readonly type: "DoubtSettled";
      readonly step: string;
      readonly done: boolean;
      readonly how: string;
    }
  | { readonly type: "PhasePassed"; readonly phase: string }
  | ({ readonly type: "TrafficLooked"; readonly reading: Reading | null } & Judgement)
  | {
      readonly type: "RollbackDecided";
      readonly reason: string;
      readonly automatic: boolean;
      readonly steps: readonly PlannedStep[];
      /** Longest time it may take, in ms, as derived from the steps. */
      readonly bound: number;
      /** When the bad reading before the decision was taken: the time to detect counts from the first bad one. */
      readonly badSince: number | null;
    }
  | {
      readonly type: "VersionWithdrawn";
      readonly reason: string;
      /** What marks it where it was written and published. */
      readonly steps: readonly PlannedStep[];
    }
  | { readonly type: "RollbackMeasured"; readonly moment: BackMoment; readonly took: number }
  | { readonly type: "RollbackLate"; readonly limit: Late; readonly length: number }
  | { readonly type: "EnvironmentFrozen"; readonly environment: string }
  | {
      readonly type: "EnvironmentUnfrozen";
      readonly environment: string;
      readonly reason: string;
    }
  | {
      readonly type: "AlertRaised";
      readonly cause: string;
      readonly severity: Severity;
      readonly reason: string;
    }
  | { readonly type: "AlertResolved"; readonly cause: string; readonly severity: Severity }
  | {
      readonly type: "ReportDue";
      readonly key: string;
      readonly step: string;
      readonly report: string;
      readonly number: number;
      readonly said: string;
    }
  | {
      readonly type: "ReportTicked";
      readonly key: string;
      readonly step: string;
      readonly report: string;
      readonly number: number;
      readonly item: string;
      readonly note?: string | undefined;
    }
  /** Nothing else was told to the public for so long; how many times that was so by now. */
  | { readonly type: "UpdateGiven"; readonly number: number }
  /** Until when the freeze lasts, as far as the calendar says; null where it has no end within sight. */
  | {
      readonly type: "WorkPaused";
      readonly freeze: string;
      readonly running: "pause" | "retreat";
      readonly reason: string;
      readonly until: number | null;
    }
  | { readonly type: "TrafficRetreated"; readonly step: string }
  | { readonly type: "WorkResumed"; readonly freeze: string }
  | {
      readonly type: "ClockMissed";
      readonly clock: string;
      readonly what: string;
      readonly due: number;
    }
  | {
      readonly type: "DebtMade";
      readonly debt: string;
      readonly what: string;
      readonly roles: readonly string[];
      /** Release types that it holds once it is overdue; all where it is empty. */
      readonly of: readonly string[];
      readonly due: number;
    }
  | { readonly type: "DebtOverdue"; readonly debt: string; readonly what: string }
  | {
      readonly type: "DebtSettled";
      readonly debt: string;
      readonly link: string;
      readonly note?: string | undefined;
    }
  | { readonly type: "ReleaseStopped"; readonly reason: string }
  | { readonly type: "ReleaseResumed" }
  | { readonly type: "MessageSent"; readonly message: string }
  | { readonly type: "MessageFailed"; readonly message: string; readonly reason: string }
  | { readonly type: "EnvironmentFreed"; readonly environment: string }
  | { readonly type: "PlaceFreed"; readonly place: string }
  | {
      readonly type: "ReleaseEnded";
      readonly how: Ending;
      readonly reason: string;
    };

export type EventType = ReleaseEvent["type"];

/** An event with its moment and who caused it, as `evolve` needs it. */
export interface Happened {
  readonly at: number;
  readonly by: string;
  readonly event: ReleaseEvent;
}
