import type { Instant, Millis } from "../base/time.ts";
import type { Beside } from "../changelog/beside.ts";
import type { Verdict } from "../gates/gate.ts";
import { gateKind } from "../gates/table.ts";
import { measure, since } from "../judge/measure.ts";
import { judgeGate } from "../release/advance.ts";
import { gatesOf } from "../release/derived.ts";
import { workOf } from "../release/evolve.ts";
import { next } from "../release/next.ts";
import type { Bundle, PlannedGate } from "../release/plan.ts";
import { rollbackPlan } from "../release/rollback.ts";
import {
  type GateState,
  type Pause,
  type Release,
  UNANSWERED,
  type Work,
} from "../release/state.ts";
import { type DueItem, dueItems } from "../release/watch-reports.ts";
import { cameOut } from "../release/withdrawal.ts";
import { moveOf } from "../release/work.ts";
import { type DebtReport, debtReports } from "./debts.ts";
import { type DutiesReport, dutiesReport } from "./duties.ts";
import type { AskReport, GateReport } from "./gate-report.ts";
import { type Row, rowOf } from "./row.ts";
import { type WhyNot, whyNot } from "./why-not.ts";

/** Everything that people want to see of one release: where it stands, why not now, who can lift it, the way back. */
export interface StatusReport extends Row, WhyNot {
  readonly tag: string;
  readonly commit: string;
  readonly previous: string | null;
  /** The components that go out with versions of their own. */
  readonly components: readonly (Beside & { readonly tag: string })[];
  /** What approvals bind to: a digest of each part. */
  readonly bundle: Bundle;
  readonly at: Instant;
  readonly requester: string;
  /** When the clock alone may move it. */
  readonly wakeAt: Instant | null;
  /** What it asks of the world outside now (`command`, `weigh`, `look`, `tell` ...): empty where only people or the clock can move it. */
  readonly asked: readonly string[];
  readonly phases: readonly PhaseReport[];
  readonly traffic: TrafficReport | null;
  /** What people were alerted of and is not over. */
  readonly alerts: readonly { readonly cause: string; readonly severity: string }[];
  /** Items of the reports of a watch that nobody has ticked yet. */
  readonly unticked: readonly DueItem[];
  readonly rollback: RollbackReport;
  /** The version was out and is being taken back: since when, why, and by which steps. */
  readonly withdrawal: WithdrawalReport | null;
  /** The freeze that keeps its work from going on. */
  readonly pause: Pause | null;
  readonly debts: readonly DebtReport[];
  /** Who does what at this moment, and what the release waits for from whom. */
  readonly duties: DutiesReport;
  readonly end: { readonly how: string; readonly reason: string } | null;
}

interface WithdrawalReport {
  readonly decidedAt: Instant;
  readonly reason: string;
  readonly steps: readonly StepReport[];
}

export interface PhaseReport {
  readonly name: string;
  readonly environment: string | null;
  readonly state: "to come" | "waiting" | "held" | "working" | "passed";
  readonly opensAt: Instant | null;
  readonly gates: readonly GateReport[];
  readonly steps: readonly StepReport[];
}

export interface StepReport {
  readonly id: string;
  readonly kind: string;
  readonly state: "to come" | "under way" | "done" | "failed" | "in doubt" | "to be retried";
  /** What it waits for or why it failed; empty otherwise. */
  readonly note: string;
}

interface TrafficReport {
  /** Share of the new version, in basis points. */
  readonly weight: number;
  readonly verdict: string;
  readonly reason: string;
  /** Of the new and of the stable version since the exposure, in basis points; null without requests. */
  readonly errorRate: { readonly canary: number | null; readonly stable: number | null };
  readonly requests: { readonly canary: number; readonly stable: number };
  readonly looks: number;
}

interface RollbackReport {
  readonly target: Millis;
  /** Longest time the way back may take from here. */
  readonly bound: Millis;
  readonly steps: readonly string[];
  readonly noReturn: string | null;
  /** While one is under way. */
  readonly decidedAt: Instant | null;
  /** How long after the decision each moment was reached, in ms; of a rollback that has ended, too. */
  readonly took: Readonly<Record<string, Millis>>;
  /** True once it has taken longer than its target. */
  readonly late: boolean;
  /** The environment that no release may enter until a person lifts that. */
  readonly frozen: string | null;
  readonly reason: string | null;
}

/** The report of a release at a moment: a pure fold, the same for CLI, API and console. */
export function statusReport(release: Release, now: Instant): StatusReport {
  const { plan, stand } = release;
  const phases = plan.phases.map((_, at) => phaseReport(release, at, now));
  const here = stand.at === "phase" ? phases[stand.phase] : undefined;
  const held = here !== undefined && here.state === "held" ? here.gates : [];
  const ahead = phases.slice(stand.at === "phase" ? stand.phase : phases.length);
  const coming = ahead.filter(({ state }) => state === "to come" || state === "waiting");
  const { intents } = next(release, now);
  // That the public is told of it in time moves nothing.
  const { wakeAt } = next({ ...release, public: null }, now);
  return {
    ...rowOf(release, now),
    tag: plan.tag,
    commit: plan.commit,
    previous: plan.previous?.version ?? null,
    components: (plan.components ?? []).map(({ component, version, tag }) => {
      return { component, version, tag };
    }),
    bundle: plan.bundle,
    at: plan.at,
    requester: plan.requester,
    ...whyNot(release, held, now),
    wakeAt,
    asked: [...new Set(intents.map(({ wanted }) => wanted.ask))],
    phases,
    traffic: trafficReport(release),
    alerts: Object.entries(release.alerts).map(([cause, severity]) => ({ cause, severity })),
    unticked: dueItems(release),
    rollback: rollbackReport(release),
    withdrawal: withdrawalReport(release, now),
    pause: release.pause,
    debts: debtReports(release, now),
    duties: dutiesReport(release, { held, coming: coming.flatMap(({ gates }) => gates) }, now),
    end: stand.at === "ended" ? { how: stand.how, reason: stand.reason } : null,
  };
}

function phaseReport(release: Release, at: number, now: Instant): PhaseReport {
  const { plan, gates } = release;
  const phase = plan.phases[at];
  if (phase === undefined) throw new Error("no such phase");
  const state = phaseState(release, at);
  return {
    name: phase.name,
    environment: phase.environment ?? null,
    state,
    opensAt: phase.opensAt,
    gates: gatesOf(plan, at).map((placed) => {
      const known = gates[placed.key] ?? UNANSWERED;
      const judged =
        state === "held" ? judgeGate(placed, known, { now, passed: release.passed }) : known.judged;
      return gateReport(placed.gate, known, judged);
    }),
    steps: phase.steps.map((step) => stepReport(release, step, now)),
  };
}

function gateReport(gate: PlannedGate, known: GateState, judged: Verdict): GateReport {
  const { name, kind, level, owner = null } = gate;
  const { verdict, reason, lift = [], until = null, evidence = {} } = judged;
  const said = { verdict, reason, lift, until, evidence };
  const answeredAt = known.answeredAt ?? null;
  return { name, kind, level, owner, ...said, answeredAt, asks: asksOf(gate, known) };
}

function asksOf({ kind, config }: PlannedGate, { approvals, ticks }: GateState): AskReport[] {
  const given = [
    ...approvals.map((one) => ({ ...one, to: one.role })),
    ...ticks.map((one) => ({ ...one, to: one.item })),
  ];
  return (gateKind(kind).people?.(config) ?? []).map((ask) => ({
    ...ask,
    given: given
      .filter(({ to }) => to === ask.name)
      .map(({ by, at, note = "" }) => ({ by, at, note })),
  }));
}

/** The phase in which a release has turned back or ended early is still to come: it was never passed. */
function phaseState({ stand, reached }: Release, at: number): PhaseReport["state"] {
  const from = stand.at === "stopped" ? stand.from : stand;
  if (cameOut(stand)) return "passed";
  const here = from.at === "phase" ? from.phase : reached;
  if (at !== here) return at < here ? "passed" : "to come";
  if (from.at !== "phase") return "to come";
  if (from.openedAt === null) return "waiting";
  return from.work === null ? "held" : "working";
}

function stepReport(
  release: Release,
  { id, kind }: { id: string; kind: string },
  now: Instant,
): StepReport {
  const { stand, begun, done } = release;
  const work = workOf(stand.at === "stopped" ? stand.from : stand);
  if (work !== null && work.steps[work.step]?.id === id)
    return { id, kind, ...underWay(release, work, now) };
  if (done.includes(id)) return { id, kind, state: "done", note: "" };
  return begun.some((step) => step.id === id)
    ? { id, kind, state: "failed", note: "it was not done when the release left it" }
    : { id, kind, state: "to come", note: "" };
}

function underWay(release: Release, work: Work, now: Instant): Pick<StepReport, "state" | "note"> {
  if (work.failed !== null) return { state: "failed", note: work.failed };
  if (work.doubt !== null) return { state: "in doubt", note: work.doubt.reason };
  if (work.attempt === null)
    return { state: work.retryAt === null ? "to come" : "to be retried", note: "" };
  const move = moveOf(release, work, now);
  return { state: "under way", note: move?.move === "wait" ? move.why : "" };
}

function trafficReport({ guard }: Release): TrafficReport | null {
  if (guard === null) return null;
  const { last } = guard;
  const canary = last?.canary?.counters ?? null;
  const stable = last?.baseline
    ? since(guard.first?.baseline?.counters, last.baseline.counters)
    : null;
  return {
    weight: guard.weight,
    verdict: guard.judged.verdict,
    reason: guard.judged.reason,
    errorRate: {
      canary: canary && measure("error-rate", canary),
      stable: stable && measure("error-rate", stable),
    },
    requests: { canary: canary?.requests ?? 0, stable: stable?.requests ?? 0 },
    looks: guard.looks,
  };
}

function withdrawalReport(release: Release, now: Instant): WithdrawalReport | null {
  const { stand } = release;
  const from = stand.at === "stopped" ? stand.from : stand;
  if (from.at !== "withdrawal") return null;
  const { decidedAt, reason, work } = from;
  const steps = work.steps.map(({ id, kind }, at): StepReport => {
    if (at === work.step) return { id, kind, ...underWay(release, work, now) };
    return { id, kind, state: at < work.step ? "done" : "to come", note: "" };
  });
  return { decidedAt, reason, steps };
}

function rollbackReport({ plan, begun, stand, back }: Release): RollbackReport {
  const way = rollbackPlan(plan, begun);
  const from = stand.at === "stopped" ? stand.from : stand;
  return {
    target: plan.terms.rollback.target,
    bound: way.bound,
    steps: way.steps.map(({ kind }) => kind),
    noReturn: way.noReturn === null ? null : `${way.noReturn.step}: ${way.noReturn.why}`,
    decidedAt: from.at === "rollback" ? from.decidedAt : null,
    took: back?.took ?? {},
    late: (back?.late.length ?? 0) > 0,
    frozen: back?.frozen ?? null,
    reason: from.at === "rollback" ? from.reason : null,
  };
}
