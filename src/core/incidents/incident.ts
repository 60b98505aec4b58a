// What is told of incidents: opened by Holdpoint itself when it sees a cause, or by a person; updated; resolved. All of
// them share one stream of the journal, so that two who see the same cause open one incident and not two.
import { never } from "../base/result.ts";
import type { Instant } from "../base/time.ts";

/** How far an incident is, in the words of public status pages. */
export const STAGES = ["investigating", "identified", "monitoring", "resolved"] as const;
export type Stage = (typeof STAGES)[number];
type Open = Exclude<Stage, "resolved">;

/** What it does to an area, the mildest first. */
export const IMPACTS = ["none", "degraded", "partial-outage", "major-outage"] as const;
export type Impact = (typeof IMPACTS)[number];

/** What has happened to an incident: plain JSON, as a release's events are. */
export type IncidentEvent =
  | {
      readonly type: "IncidentOpened";
      readonly incident: string;
      readonly title: string;
      readonly areas: readonly string[];
      readonly impact: Impact;
      readonly stage: Open;
      readonly said: string;
      /** What Holdpoint saw; null where a person opened it. */
      readonly cause: string | null;
    }
  | {
      readonly type: "IncidentUpdated";
      readonly incident: string;
      readonly impact: Impact;
      readonly stage: Open;
      readonly said: string;
    }
  | { readonly type: "IncidentResolved"; readonly incident: string; readonly said: string };

/** An event with its moment, who caused it, and the hash of its entry: what it is called outside, which tells nothing. */
export interface IncidentHappened {
  readonly at: Instant;
  readonly by: string;
  readonly hash: string;
  readonly event: IncidentEvent;
}

/** One thing that was said of an incident. */
interface IncidentUpdate {
  readonly at: Instant;
  readonly by: string;
  readonly hash: string;
  readonly stage: Stage;
  readonly impact: Impact;
  readonly said: string;
}

export interface Incident {
  readonly incident: string;
  readonly title: string;
  readonly areas: readonly string[];
  readonly cause: string | null;
  readonly stage: Stage;
  readonly impact: Impact;
  readonly openedAt: Instant;
  readonly resolvedAt: Instant | null;
  /** A person has said something of it: from then on only people do. */
  readonly inHand: boolean;
  /** The first first. */
  readonly updates: readonly IncidentUpdate[];
}

/** All incidents, by their names, the first opened first. */
export type Incidents = Readonly<Record<string, Incident>>;

export const NO_INCIDENTS: Incidents = {};

/** Folds what has happened into the incidents. Total over every event; never looks at the clock. */
export function evolveIncidents(state: Incidents, happened: IncidentHappened): Incidents {
  const { event } = happened;
  const before = state[event.incident];
  const after = event.type === "IncidentOpened" ? opened(event, happened) : before;
  if (after === undefined) throw new Error(`${event.incident} was never opened`);
  return { ...state, [event.incident]: said(after, happened) };
}

function opened(
  { incident, title, areas, cause, stage, impact }: Extract<IncidentEvent, { cause: unknown }>,
  { at }: IncidentHappened,
): Incident {
  const nothing = { resolvedAt: null, inHand: false, updates: [] };
  return { incident, title, areas, cause, stage, impact, openedAt: at, ...nothing };
}

function said(incident: Incident, { at, by, hash, event }: IncidentHappened): Incident {
  const { stage, impact } = standing(incident, event);
  const update = { at, by, hash, stage, impact, said: event.said };
  return {
    ...incident,
    stage,
    impact,
    resolvedAt: stage === "resolved" ? at : null,
    inHand: incident.inHand || by !== "holdpoint",
    updates: [...incident.updates, update],
  };
}

function standing({ impact }: Incident, event: IncidentEvent): { stage: Stage; impact: Impact } {
  switch (event.type) {
    case "IncidentOpened":
    case "IncidentUpdated":
      return { stage: event.stage, impact: event.impact };
    case "IncidentResolved":
      return { stage: "resolved", impact };
    default:
      return never(event);
  }
}

/** Those that are not over, the first opened first. */
export function openIncidents(incidents: Incidents): readonly Incident[] {
  return Object.values(incidents).filter(({ stage }) => stage !== "resolved");
}
