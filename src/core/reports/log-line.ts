import { formatDuration, formatInstant } from "../base/time.ts";
import { sayBeside } from "../changelog/beside.ts";
import { sayLate } from "../release/back-clock.ts";
import type { EventType, ReleaseEvent } from "../release/events.ts";
import type { Plan } from "../release/plan.ts";

/** What happened, in words: one line for people, without its moment and without who caused it. Total over all events. */
export function logLine(event: ReleaseEvent): string {
  const say = SENTENCES[event.type] as (event: ReleaseEvent) => string;
  return say(event);
}

/** Whether an event is news to someone who watches: what only repeats, prepares or confirms is left to the log. */
export function isNews(event: ReleaseEvent): boolean {
  if (event.type === "GateJudged") return event.verdict !== "pending";
  if (event.type === "TrafficLooked")
    return event.verdict !== "continue" && event.metric !== "evidence";
  return !QUIET.has(event.type);
}

const QUIET: ReadonlySet<EventType> = new Set([
  "GateAnswered",
  "GateAskedAgain",
  "StepAnswered",
  "MessageSent",
  "EnvironmentFreed",
  "PlaceFreed",
  "HoldReleased",
  "UpdateGiven",
]);

type Sentences = {
  readonly [Type in EventType]: (event: Extract<ReleaseEvent, { type: Type }>) => string;
};

const SENTENCES: Sentences = {
  ReleasePlanned: ({ plan }) =>
    `planned ${plan.type} ${plan.version} of ${plan.system} at ${plan.commit.slice(0, 12)}${besides(plan)}`,
  ReleaseRevised: ({ plan, changed }) =>
    `revised to ${plan.commit.slice(0, 12)}; changed: ${changed.join(", ")}`,
  PhaseOpened: ({ phase }) => `phase ${phase} opened`,
  GateAnswered: ({ gate, answer }) => `gate ${gate} was answered: ${sayAnswer(answer)}`,
  GateAskedAgain: ({ gate }) => `gate ${gate} is asked again`,
  GateJudged: ({ gate, verdict, reason }) => `gate ${gate}: ${verdict}, ${reason}`,
  GateApproved: ({ gate, role, note }) => `approved ${gate} as ${role}${quoted(note)}`,
  ItemTicked: ({ gate, item, note }) => `ticked ${item} of ${gate}${quoted(note)}`,
  EvidenceAdded: ({ gate, when, link }) =>
    `added a record to ${gate}, of ${formatInstant(when)}: ${link}`,
  GateWaived: ({ gate, reason }) => `waived ${gate}: ${reason}`,
  GateVoided: ({ gate, because, approvals }) =>
    `gate ${gate} is void because of ${because.join(", ")}; ${approvals} approvals lost`,
  HoldReleased: ({ phase }) => `the hold of ${phase} is released`,
  StepStarted: ({ step, attempt }) =>
    attempt === 1 ? `step ${step} started` : `step ${step} started, attempt ${attempt}`,
  StepAnswered: ({ step, answer }) => `step ${step} was answered: ${sayAnswer(answer)}`,
  StepDone: ({ step }) => `step ${step} is done`,
  StepFailed: ({ step, reason, final }) =>
    `step ${step} failed${final ? " for good" : ", to be tried again"}: ${reason}`,
  StepInDoubt: ({ step, reason }) => `step ${step} is in doubt: ${reason}`,
  DoubtSettled: ({ step, done, how }) =>
    `doubt about ${step} is settled: ${done ? "it was done" : "it was not done"} (${how})`,
  PhasePassed: ({ phase }) => `phase ${phase} passed`,
  TrafficLooked: ({ verdict, reason }) => `looked at the traffic: ${verdict}, ${reason}`,
  RollbackDecided: ({ reason, automatic, bound }) =>
    `rollback decided ${automatic ? "by itself" : "by hand"}, at most ${formatDuration(bound)}: ${reason}`,
  VersionWithdrawn: ({ reason }) => `the version was withdrawn: ${reason}`,
  RollbackMeasured: ({ moment, took }) => `rollback: ${moment} after ${formatDuration(took)}`,
  RollbackLate: ({ limit, length }) => sayLate(limit, length),
  EnvironmentFrozen: ({ environment }) =>
    `environment ${environment} is frozen until a person lifts that`,
  EnvironmentUnfrozen: ({ environment, reason }) =>
    `environment ${environment} is frozen no more: ${reason}`,
  AlertRaised: ({ severity, cause, reason }) => `${severity} alert ${cause}: ${reason}`,
  AlertResolved: ({ severity, cause }) => `${severity} alert ${cause} is over`,
  ReportDue: ({ said }) => `report ${said}`,
  ReportTicked: ({ report, number, item, note }) =>
    `ticked ${item} of report ${report} ${number}${quoted(note)}`,
  UpdateGiven: ({ number }) => `the public was told that it is still under way (${number})`,
  WorkPaused: ({ freeze, reason, running, until }) =>
    `${running === "retreat" ? "paused, half-shifted traffic goes back" : "paused"}: freeze ${freeze} (${reason})${until === null ? "" : ` until ${formatInstant(until)}`}`,
  TrafficRetreated: ({ step }) => `the traffic of ${step} is back at the stable version`,
  WorkResumed: ({ freeze }) => `freeze ${freeze} is over, work goes on`,
  ClockMissed: ({ what, due }) => `late: ${what} (due ${formatInstant(due)})`,
  DebtMade: ({ debt, what, roles, due }) =>
    `owes ${debt}: ${what}, by ${formatInstant(due)}, to be settled by ${roles.join(" or ")}`,
  DebtOverdue: ({ debt, what }) => `overdue: ${debt}, ${what}`,
  DebtSettled: ({ debt, link, note }) => `settled ${debt}: ${link}${quoted(note)}`,
  ReleaseStopped: ({ reason }) => `stopped: ${reason}`,
  ReleaseResumed: () => "goes on after a stop",
  MessageSent: ({ message }) => `message ${message} was sent`,
  MessageFailed: ({ message, reason }) => `message ${message} could not be sent: ${reason}`,
  EnvironmentFreed: ({ environment }) => `environment ${environment} is free again`,
  PlaceFreed: ({ place }) => `${place} is free again`,
  ReleaseEnded: ({ how, reason }) => `ended ${how}: ${reason}`,
};

function sayAnswer(
  answer: { outcome: "done" } | { outcome: "failed" | "unknown"; reason: string },
): string {
  return answer.outcome === "done" ? "done" : `${answer.outcome}, ${answer.reason}`;
}

/** The components that go out with it. */
function besides({ components = [] }: Plan): string {
  return components.length === 0 ? "" : `, with ${sayBeside(components)}`;
}

function quoted(note: string | undefined): string {
  return note === undefined || note === "" ? "" : ` (“${note}”)`;
}
