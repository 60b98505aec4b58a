import type { Instant } from "../base/time.ts";
import { stepKind } from "../steps/table.ts";
import { BESIDE, beside } from "./beside.ts";
import { claimedAt, placeKey } from "./claims.ts";
import type { Happened, ReleaseEvent } from "./events.ts";
import { evolveGuard, newWatch, onGuard, weighed } from "./guard.ts";
import { outgoing } from "./outbox.ts";
import type { PlannedStep } from "./plan.ts";
import {
  type GateState,
  type Release,
  type Stand,
  startWork,
  UNANSWERED,
  type Work,
} from "./state.ts";
import { evolveWork } from "./work.ts";

/** Folds what has happened into where the release stands. Total over every event; never looks at the clock. */
export function evolve(state: Release | null, happened: Happened): Release {
  const { event } = happened;
  const before = event.type === "ReleasePlanned" ? begin(event.plan) : known(state);
  return outgoing(beside(before, fold(before, happened), happened), happened);
}

function begin(plan: Release["plan"]): Release {
  const steps = { begun: [], done: [], reached: 0, guard: null };
  return { plan, stand: START, gates: {}, ...steps, outbox: [], told: 0, claims: [], ...BESIDE };
}

const START: Stand = { at: "phase", phase: 0, openedAt: null, work: null };

function known(state: Release | null): Release {
  if (state === null) throw new Error("a stream must begin with ReleasePlanned");
  return state;
}

function fold(state: Release, { at, by, event }: Happened): Release {
  switch (event.type) {
    case "ReleasePlanned":
      return state;
    case "ReleaseRevised":
      return { ...state, plan: event.plan, stand: START, reached: 0, gates: stale(state.gates) };
    case "PhaseOpened":
      return {
        ...state,
        stand: evolveStand(state, event, at),
        reached: state.stand.at === "phase" ? state.stand.phase : state.reached,
        ...claimedAt(state, event.phase),
      };
    case "PhasePassed":
      return {
        ...state,
        stand: evolveStand(state, event, at),
        passed: passedAt(state, event.phase, at),
      };
    case "HoldReleased":
    case "ReleaseStopped":
    case "RollbackDecided":
    case "VersionWithdrawn":
    case "ReleaseEnded":
      return { ...state, stand: evolveStand(state, event, at) };
    case "ReleaseResumed":
      return {
        ...state,
        stand: resume(state.stand, at),
        guard: state.guard && newWatch(state.guard),
      };
    case "GateAnswered":
    case "GateAskedAgain":
    case "GateJudged":
    case "GateApproved":
    case "ItemTicked":
    case "EvidenceAdded":
    case "GateWaived":
    case "GateVoided":
      return evolveGate(state, event, { at, by });
    case "TrafficLooked":
      return {
        ...state,
        guard: evolveGuard(state.guard, event, { at, release: state }),
      };
    case "MessageSent":
    case "MessageFailed":
      return { ...state, outbox: state.outbox.filter(({ id }) => id !== event.message) };
    case "PlaceFreed":
      return { ...state, places: state.places.filter((place) => placeKey(place) !== event.place) };
    case "EnvironmentFreed":
      return { ...state, claims: state.claims.filter((claim) => claim !== event.environment) };
    default:
      return evolveSteps(state, event, at);
  }
}

function evolveStand({ stand, plan }: Release, event: ReleaseEvent, at: Instant): Stand {
  if (event.type === "ReleaseEnded") {
    return { at: "ended", how: event.how, reason: event.reason, when: at };
  }
  if (event.type === "RollbackDecided") {
    const { reason, bound } = event;
    return { at: "rollback", reason, decidedAt: at, bound, work: startWork(event.steps) };
  }
  if (event.type === "VersionWithdrawn") {
    const { reason, steps } = event;
    return { at: "withdrawal", reason, decidedAt: at, work: startWork(steps) };
  }
  if (event.type === "ReleaseStopped") {
    const from = stand.at === "stopped" ? stand.from : stand;
    return from.at === "ended" ? stand : { at: "stopped", reason: event.reason, from };
  }
  if (stand.at !== "phase") return stand;
  if (event.type === "PhaseOpened") return { ...stand, openedAt: at };
  if (event.type === "HoldReleased") {
    return { ...stand, work: startWork(plan.phases[stand.phase]?.steps ?? []) };
  }
  return { at: "phase", phase: stand.phase + 1, openedAt: null, work: null };
}

function resume(stand: Stand, at: Instant): Stand {
  if (stand.at !== "stopped") return stand;
  const { from } = stand;
  const resumed = (work: Work) => evolveWork(work, { type: "ReleaseResumed" }, at);
  if (from.at !== "phase") return { ...from, work: resumed(from.work) };
  return { ...from, work: from.work && resumed(from.work) };
}

/** What was answered under a former plan is judged again under the new one's roles, people and calendar. */
function stale(gates: Release["gates"]): Release["gates"] {
  return Object.fromEntries(
    Object.entries(gates).map(([key, gate]) => [key, { ...gate, isStale: true }]),
  );
}

type GateEvent = Extract<ReleaseEvent, { gate: string }>;

function evolveGate(
  state: Release,
  event: GateEvent,
  { at, by }: { at: Instant; by: string },
): Release {
  const before = state.gates[event.gate] ?? UNANSWERED;
  const gate = evolveOneGate(before, event, { at, by, state });
  return { ...state, gates: { ...state.gates, [event.gate]: gate } };
}

function passedAt({ passed, plan }: Release, name: string, at: Instant): Release["passed"] {
  const environment = plan.phases.find((phase) => phase.name === name)?.environment;
  return environment === undefined ? passed : { ...passed, [environment]: at };
}

function evolveOneGate(
  gate: GateState,
  event: GateEvent,
  { at, by, state }: { at: Instant; by: string; state: Release },
): GateState {
  switch (event.type) {
    case "EvidenceAdded":
      return { ...gate, proof: { by, when: event.when, link: event.link }, isStale: true };
    case "GateAnswered":
      return { ...gate, answer: event.answer, answeredAt: at, isStale: true };
    case "GateAskedAgain": {
      const { answer, answeredAt: _, ...rest } = gate;
      return { ...rest, ...(answer && { before: answer }), ask: gate.ask + 1, isStale: true };
    }
    case "GateJudged": {
      const { type: _, gate: __, ...judged } = event;
      return { ...gate, judged, isStale: false };
    }
    case "GateApproved": {
      const approval = { role: event.role, by, at, note: event.note, bundle: state.plan.bundle };
      return { ...gate, approvals: [...gate.approvals, approval], isStale: true };
    }
    case "ItemTicked":
      return {
        ...gate,
        ticks: [...gate.ticks, { item: event.item, by, at, note: event.note }],
        isStale: true,
      };
    case "GateWaived":
      return {
        ...gate,
        waived: { by, reason: event.reason, reviewBy: event.reviewBy },
        isStale: true,
      };
    case "GateVoided":
      return { ...UNANSWERED, ask: gate.ask + 1 };
  }
}

function evolveSteps(state: Release, event: ReleaseEvent, at: Instant): Release {
  const work = workOf(state.stand);
  if (work === null) return state;
  const step = work.steps[work.step];
  const after = evolveWork(work, event, at);
  const stand = withWork(state.stand, after);
  const guard = weighed(state.guard, after);
  if (step === undefined || state.stand.at !== "phase") return { ...state, stand, guard };
  switch (event.type) {
    case "TrafficRetreated":
      return { ...state, stand, guard: guard && { ...guard, weight: 0, steady: false } };
    case "StepDone":
      return { ...state, stand, guard, done: [...state.done, step.id] };
    case "StepStarted": {
      const watched = stepKind(step.kind).exposes ? onGuard(guard, step, at) : guard;
      return { ...state, stand, guard: watched, begun: withStep(state.begun, step) };
    }
    default:
      return { ...state, stand, guard };
  }
}

function withStep(begun: readonly PlannedStep[], step: PlannedStep): readonly PlannedStep[] {
  return begun.some(({ id }) => id === step.id) ? begun : [...begun, step];
}

/** The steps under way, in a phase, on a way back or for a withdrawal. */
export function workOf(stand: Stand): Work | null {
  return "work" in stand ? stand.work : null;
}

function withWork(stand: Stand, work: Work): Stand {
  return "work" in stand ? { ...stand, work } : stand;
}
