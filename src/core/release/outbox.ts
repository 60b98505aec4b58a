import type { MOMENTS } from "../policy/policy.ts";
import type { ReleaseEvent } from "./events.ts";
import type { Outgoing, Release } from "./state.ts";

type Moment = (typeof MOMENTS)[number];

/** The release with what the policy wants told of an event in its outbox. Messages leave the outbox when a channel took them. */
export function outgoing(state: Release, event: ReleaseEvent): Release {
  const moment = momentOf(state, event);
  if (moment === null) return state;
  const wanted = state.plan.terms.tell.filter(({ on }) => on === moment.name);
  if (wanted.length === 0) return state;
  const added: Outgoing[] = wanted.map(({ channel, message }, at) => ({
    id: `${state.told + at + 1}-${moment.name}`,
    channel,
    message,
    facts: factsOf(state, { moment: moment.name, reason: moment.reason }),
  }));
  return { ...state, outbox: [...state.outbox, ...added], told: state.told + added.length };
}

/** What message templates may name, as text. */
export function factsOf(
  state: Release,
  extra: { moment?: string; reason?: string } = {},
): Record<string, string> {
  const { plan, stand } = state;
  const phase = stand.at === "phase" ? plan.phases[stand.phase]?.name : stand.at;
  return {
    system: plan.system,
    release: plan.release,
    version: plan.version,
    previous: plan.previous?.version ?? "none",
    type: plan.type,
    commit: plan.commit.slice(0, 12),
    tag: plan.tag,
    phase: phase ?? "",
    requester: plan.requester,
    incident: plan.incident ?? "none",
    notes: plan.notes,
    moment: extra.moment ?? "",
    reason: extra.reason ?? "",
  };
}

/** The names that message templates may use. */
export const FACTS = [
  "system",
  "release",
  "version",
  "previous",
  "type",
  "commit",
  "tag",
  "phase",
  "requester",
  "incident",
  "notes",
  "moment",
  "reason",
] as const;

function momentOf(
  { plan, begun }: Release,
  event: ReleaseEvent,
): { name: Moment; reason: string } | null {
  switch (event.type) {
    case "ReleasePlanned":
      return { name: "planned", reason: "" };
    case "PhaseOpened": {
      const gates = plan.phases.find(({ name }) => name === event.phase)?.gates ?? [];
      const asksPeople = gates.some(
        ({ kind, level }) => (kind === "signoff" || kind === "checklist") && level === "hold",
      );
      return asksPeople ? { name: "held", reason: `${event.phase} waits for people` } : null;
    }
    case "StepStarted":
      return begun.length === 1 && event.attempt === 1 && begun[0]?.id === event.step
        ? { name: "started", reason: "" }
        : null;
    case "RollbackDecided":
      return { name: "rollback", reason: event.reason };
    case "ReleaseStopped":
      return { name: "stopped", reason: event.reason };
    case "ReleaseEnded":
      return { name: event.how, reason: event.reason };
    default:
      return null;
  }
}
