import { formatInZone, type Instant } from "../base/time.ts";
import { sayBeside } from "../changelog/beside.ts";
import { asText } from "../changelog/markdown.ts";
import { NOTES_SECTIONS } from "../changelog/sections.ts";
import type { Placeholder } from "../policy/placeholders.ts";
import type { MOMENTS } from "../policy/tell.ts";
import type { Happened, ReleaseEvent } from "./events.ts";
import type { Plan } from "./plan.ts";
import { type Outgoing, type Release, statusOf } from "./state.ts";
import { routeOf } from "./watch-reports.ts";

type Moment = (typeof MOMENTS)[number];

/** The release with what the policy wants told of an event in its outbox. Messages leave the outbox when a channel took them. */
export function outgoing(state: Release, happened: Happened): Release {
  const { at, by, event } = happened;
  const alert = alertOf(state, event);
  if (alert !== null) {
    const { facts, reason, message } = alert;
    const wanted = alert.channels.map((channel) => ({ channel, message }));
    return posted(state, {
      name: "alert",
      wanted,
      facts: { ...factsOf(state, { at, by, reason }), ...facts },
    });
  }
  const moment = momentOf(state, event);
  if (moment === null) return state;
  const wanted = state.plan.terms.tell.filter(({ on }) => on === moment.name);
  if (wanted.length === 0) return state;
  const facts = factsOf(state, { at, by, reason: moment.reason });
  return posted(state, { name: moment.name, wanted, facts });
}

function posted(
  state: Release,
  {
    name,
    wanted,
    facts,
  }: {
    name: string;
    wanted: readonly { channel: string; message: string }[];
    facts: Outgoing["facts"];
  },
): Release {
  const added: Outgoing[] = wanted.map(({ channel, message }, index) => ({
    id: `${state.told + index + 1}-${name}`,
    ...{ channel, message, facts },
  }));
  return { ...state, outbox: [...state.outbox, ...added], told: state.told + added.length };
}

interface Alert {
  readonly channels: readonly string[];
  readonly message: string;
  readonly reason: string;
  readonly facts: Readonly<Record<string, string>>;
}

/** Whom an alert or a report of a watch is told; null for all else, and where the policy names nobody. */
function alertOf(state: Release, event: ReleaseEvent): Alert | null {
  if (event.type === "ReportDue") {
    const route = routeOf(state, event.key);
    const facts = { severity: "info", cause: event.report };
    return route && { ...route, reason: event.said, facts };
  }
  if (event.type !== "AlertRaised" && event.type !== "AlertResolved") return null;
  const { severity, cause } = event;
  const route = state.plan.terms.alerts[severity];
  if (route === undefined) return null;
  const isRaised = event.type === "AlertRaised";
  const facts = { severity, cause, state: isRaised ? "raised" : "resolved" };
  return { ...route, reason: isRaised ? event.reason : `${cause} is over`, facts };
}

/** What message templates may name, as text: every placeholder, said of one moment. */
export function factsOf(
  { plan, stand, pause }: Release,
  { at, by, reason }: { at: Instant; by: string; reason: string },
): Readonly<Record<Placeholder, string>> {
  const from = stand.at === "stopped" ? stand.from : stand;
  const phase = from.at === "phase" ? plan.phases[from.phase] : undefined;
  return {
    ...constantFacts(plan),
    ...{ reason, by },
    phase: phase?.name ?? from.at,
    environment: phase?.environment ?? "none",
    status: statusOf({ stand, pause }),
    at: formatInZone(at, plan.terms.zone),
    ...{ severity: "none", cause: "none", state: "none" },
  };
}

const CONSTANT = new WeakMap<Plan, ReturnType<typeof constantFactsOf>>();

/** What the plan alone says: worked out once for it. */
function constantFacts(plan: Plan): ReturnType<typeof constantFactsOf> {
  const known = CONSTANT.get(plan) ?? constantFactsOf(plan);
  CONSTANT.set(plan, known);
  return known;
}

function constantFactsOf(plan: Plan) {
  const { system, release, version, type, tag } = plan;
  return {
    ...{ system, release, version, type, tag },
    components: sayBeside(plan.components ?? []) || "none",
    previous: plan.previous?.version ?? "none",
    commit: plan.commit.slice(0, 12),
    zero: formatInZone(plan.at, plan.terms.zone),
    incident: plan.incident ?? "none",
    features: told(plan, "feat"),
    fixes: told(plan, "fix"),
  };
}

/** The lines of the notes' section that takes a type of commits; `none` where there is none. */
function told({ notes, terms }: Plan, type: string): string {
  // Plans that were recorded before policies had sections were written with the usual ones.
  const sections = terms.notes?.sections ?? NOTES_SECTIONS;
  const taking = sections.find(({ take }) => take.some(({ types }) => types?.includes(type)));
  const lines = notes.split("\n");
  const title = asText(taking?.title ?? "");
  const start = lines.findIndex(
    (line) => line.startsWith("#") && line.replace(/^#+ /, "") === title,
  );
  if (start === -1) return "none";
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith("#"));
  const found = (end === -1 ? rest : rest.slice(0, end)).filter((line) => line.trim() !== "");
  return found.length === 0 ? "none" : found.join("\n");
}

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
    case "WorkPaused":
      return { name: "paused", reason: `freeze ${event.freeze}: ${event.reason}` };
    case "ClockMissed":
    case "DebtOverdue":
      return { name: "late", reason: event.what };
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
