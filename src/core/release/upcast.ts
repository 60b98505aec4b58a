import { type Json, plain } from "../base/canonical.ts";
import type { EventType, ReleaseEvent } from "./events.ts";

/** The version of each event's shape that is written now. Older ones are read through UPCASTS for ever. */
export const EVENT_VERSIONS: { readonly [Type in EventType]: number } = {
  ReleasePlanned: 2,
  ReleaseRevised: 2,
  PhaseOpened: 1,
  GateAnswered: 2,
  GateAskedAgain: 1,
  GateJudged: 1,
  GateApproved: 1,
  ItemTicked: 1,
  EvidenceAdded: 1,
  GateWaived: 1,
  GateVoided: 1,
  HoldReleased: 1,
  StepStarted: 1,
  StepAnswered: 2,
  StepDone: 1,
  StepFailed: 1,
  StepInDoubt: 1,
  DoubtSettled: 1,
  PhasePassed: 1,
  TrafficLooked: 2,
  RollbackDecided: 1,
  VersionWithdrawn: 1,
  RollbackMeasured: 1,
  RollbackLate: 1,
  EnvironmentFrozen: 1,
  EnvironmentUnfrozen: 1,
  AlertRaised: 1,
  AlertResolved: 1,
  ReportDue: 1,
  ReportTicked: 1,
  UpdateGiven: 1,
  WorkPaused: 1,
  TrafficRetreated: 1,
  WorkResumed: 1,
  ClockMissed: 1,
  DebtMade: 1,
  DebtOverdue: 1,
  DebtSettled: 1,
  ReleaseStopped: 1,
  ReleaseResumed: 1,
  MessageSent: 1,
  MessageFailed: 1,
  EnvironmentFreed: 1,
  PlaceFreed: 1,
  ReleaseEnded: 1,
};

type Fields = { readonly [key: string]: Json };
/** What turns the shape of one version into that of the next. */
export type Upcasts = {
  readonly [type: string]: { readonly [from: number]: (data: Fields) => Fields };
};

/** `UPCASTS[type][n]` turns version n into n + 1. The journal itself is never rewritten. */
export const UPCASTS: Upcasts = {
  ReleasePlanned: { 1: planRead },
  ReleaseRevised: { 1: planRead },
  GateAnswered: { 1: answerRead },
  StepAnswered: { 1: answerRead },
  TrafficLooked: { 1: renamed("sample", "reading") },
};

/** Kinds of gates by the names that they had once: both were about documents, and were taken for each other. */
const GATE_KINDS: Readonly<Record<string, string>> = {
  document: "in-force",
  documents: "documentation",
};

function planRead(data: Fields): Fields {
  const plan = data["plan"] as Fields;
  const phases = plan["phases"] as readonly Fields[];
  return { ...data, plan: { ...plan, phases: phases.map(phaseRead) } };
}

function phaseRead(phase: Fields): Fields {
  const gates = phase["gates"] as readonly Fields[];
  const read = gates.map(({ kind, ...gate }) => ({
    ...gate,
    kind: GATE_KINDS[String(kind)] ?? String(kind),
  }));
  return { ...phase, gates: read };
}

/** Running totals were called a sample once; a sample is what was counted between two readings. */
function answerRead(data: Fields): Fields {
  return { ...data, answer: renamed("sample", "reading")(data["answer"] as Fields) };
}

function renamed(old: string, name: string): (data: Fields) => Fields {
  return ({ [old]: value, ...data }) => (value === undefined ? data : { ...data, [name]: value });
}

/** An event that this program cannot read: written by a newer one. */
export class UnknownEvent extends Error {
  override readonly name = "UnknownEvent";
}

/**
 * The event of a journal entry, in today's shape.
 * @throws {UnknownEvent} for a type or version from the future.
 */
export function readEvent(
  { type, version, data }: { type: string; version: number; data: Json },
  { upcasts, versions }: { upcasts: Upcasts; versions: Readonly<Record<string, number>> } = {
    upcasts: UPCASTS,
    versions: EVENT_VERSIONS,
  },
): ReleaseEvent {
  const latest = Object.hasOwn(versions, type) ? versions[type] : undefined;
  if (latest === undefined || version > latest) {
    throw new UnknownEvent(
      `The journal holds ${type} version ${version}, which this Holdpoint does not know. Install the newer version that wrote it.`,
    );
  }
  let fields = data as Fields;
  for (let at = version; at < latest; at += 1) {
    const upcast = upcasts[type]?.[at];
    if (upcast === undefined)
      throw new UnknownEvent(`There is no way from ${type} version ${at} to ${at + 1}.`);
    fields = upcast(fields);
  }
  return { ...fields, type } as unknown as ReleaseEvent;
}

/** The parts of an event as the journal keeps them. */
export function writeEvent(event: ReleaseEvent): { type: EventType; version: number; data: Json } {
  const { type, ...fields } = event;
  return { type, version: EVENT_VERSIONS[type], data: plain(fields) };
}
