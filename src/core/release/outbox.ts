import { formatInZone, type Instant } from "../base/time.ts";
import { asText } from "../changelog/markdown.ts";
import { NOTES_SECTIONS } from "../changelog/sections.ts";
import type { Placeholder } from "../policy/placeholders.ts";
import type { MOMENTS } from "../policy/tell.ts";
import type { Happened, ReleaseEvent } from "./events.ts";
import type { Plan } from "./plan.ts";
import { type Outgoing, type Release, statusOf } from "./state.ts";

type Moment = (typeof MOMENTS)[number];

/** The release with what the policy wants told of an event in its outbox. Messages leave the outbox when a channel took them. */
export function outgoing(state: Release, { at, by, event }: Happened): Release {
  const moment = momentOf(state, event);
  if (moment === null) return state;
  const wanted = state.plan.terms.tell.filter(({ on }) => on === moment.name);
  if (wanted.length === 0) return state;
  const facts = factsOf(state, { at, by, reason: moment.reason });
  const added: Outgoing[] = wanted.map(({ channel, message }, index) => ({
    id: `${state.told + index + 1}-${moment.name}`,
    ...{ channel, message, facts },
  }));
  return { ...state, outbox: [...state.outbox, ...added], told: state.told + added.length };
}

/** What message templates may name, as text: every placeholder, said of one moment. */
export function factsOf(
  { plan, stand, pause }: Release,
  { at, by, reason }: { at: Instant; by: string; reason: string },
): Readonly<Record<Placeholder, string>> {
  const { system, release, version, type, tag } = plan;
  const from = stand.at === "stopped" ? stand.from : stand;
  const phase = from.at === "phase" ? plan.phases[from.phase] : undefined;
  return {
    ...{ system, release, version, type, tag, reason, by },
    previous: plan.previous?.version ?? "none",
    commit: plan.commit.slice(0, 12),
    phase: phase?.name ?? from.at,
    environment: phase?.environment ?? "none",
    status: statusOf({ stand, pause }),
    at: formatInZone(at, plan.terms.zone),
    zero: formatInZone(plan.at, plan.terms.zone),
    incident: plan.incident ?? "none",
    ...{ severity: "none", cause: "none", state: "none" },
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
