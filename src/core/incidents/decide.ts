import { err, never, ok, type Result } from "../base/result.ts";
import { listed, quoted } from "../base/words.ts";
import { type Refusal, refuse } from "../release/refusals.ts";
import {
  type Impact,
  type Incident,
  type IncidentEvent,
  type Incidents,
  openIncidents,
  type Stage,
} from "./incident.ts";

type Open = Exclude<Stage, "resolved">;

/** What may be asked of incidents. */
export type IncidentCommand =
  | {
      readonly ask: "open";
      readonly by: string;
      readonly title: string;
      /** Left out: all areas. */
      readonly areas?: readonly string[] | undefined;
      readonly impact?: Impact | undefined;
      readonly stage?: Open | undefined;
      readonly said: string;
    }
  | {
      readonly ask: "update";
      readonly by: string;
      readonly incident: string;
      readonly impact?: Impact | undefined;
      readonly stage?: Open | undefined;
      readonly said: string;
    }
  | {
      readonly ask: "resolve";
      readonly by: string;
      readonly incident: string;
      readonly said: string;
    }
  /** Holdpoint itself has looked: what it sees now, and what it saw end. */
  | {
      readonly ask: "observe";
      readonly by: "holdpoint";
      readonly seen: readonly Observed[];
      /** Causes that are over, where that was not seen as one of `seen`. */
      readonly over: readonly string[];
    };

/** A cause of an incident that Holdpoint sees, with the words that the public reads of it. */
export interface Observed {
  readonly cause: string;
  readonly title: string;
  readonly areas: readonly string[];
  readonly impact: Impact;
  readonly stage: Stage;
  readonly said: string;
}

/** What the policy says of the status page, as far as it is asked here. */
export interface IncidentRules {
  readonly areas: readonly string[];
  /** Who may speak of incidents at this moment. */
  readonly people: readonly string[];
}

type Events = Result<readonly IncidentEvent[], Refusal>;

/** What may happen to incidents, and why not. Pure; `rules` is null where the policy has no status page. */
export function decideIncidents(
  incidents: Incidents,
  command: IncidentCommand,
  rules: IncidentRules | null,
): Events {
  if (rules === null) {
    return refuse(
      "no-status-page",
      "The policy has no status page, so there is nobody to tell of incidents.",
      "Add `status-page` to the policy.",
    );
  }
  if (command.ask === "observe") return ok(observed(incidents, command));
  const stopped = stopping(command, rules);
  if (stopped !== null) return err(stopped);
  if (command.ask === "open") return decideOpen(incidents, command, rules);
  const incident = incidents[command.incident];
  const found = incident === undefined ? unknown(command.incident) : stillOpen(incident);
  if (!found.ok) return found;
  const { impact, stage } = found.value;
  const name = command.incident;
  const told = command.said.trim();
  switch (command.ask) {
    case "update":
      return ok([
        {
          type: "IncidentUpdated",
          incident: name,
          impact: command.impact ?? impact,
          stage: command.stage ?? stage,
          said: told,
        },
      ]);
    case "resolve":
      return ok([{ type: "IncidentResolved", incident: name, said: told }]);
    default:
      return never(command);
  }
}

/** Why a person may not say this; null where they may. Nobody may, unless the policy names them. */
function stopping(
  { by, said }: { by: string; said: string },
  { people }: IncidentRules,
): Refusal | null {
  if (!people.includes(by)) {
    const remedy =
      people.length === 0
        ? "Name the roles that may, in `status-page.incidents.roles`."
        : `Ask one of ${listed(people)}.`;
    return refuse("not-allowed", `${by} may not speak of incidents in public.`, remedy).error;
  }
  if (said.trim() !== "") return null;
  const sentence = "There is nothing to tell the public.";
  return refuse("nothing-said", sentence, "Say it with `--say`.").error;
}

function decideOpen(
  incidents: Incidents,
  command: Extract<IncidentCommand, { ask: "open" }>,
  { areas: known }: IncidentRules,
): Events {
  const { title, areas = known, impact = "degraded", stage = "investigating", said } = command;
  const strange = areas.find((area) => !known.includes(area));
  if (strange !== undefined) {
    return refuse(
      "no-area",
      `The status page has no area ${quoted(strange)}.`,
      `Its areas are ${listed(known)}.`,
    );
  }
  const words = { title: title.trim(), said: said.trim() };
  const incident = nameFor(incidents, 0);
  return ok([{ type: "IncidentOpened", incident, ...words, areas, impact, stage, cause: null }]);
}

function stillOpen(incident: Incident): Result<{ impact: Impact; stage: Open }, Refusal> {
  const { stage, impact } = incident;
  if (stage !== "resolved") return ok({ impact, stage });
  return refuse(
    "incident-resolved",
    `The incident ${incident.incident} is resolved.`,
    "Open a new one.",
  );
}

function unknown(incident: string): Result<never, Refusal> {
  return refuse(
    "no-incident",
    `There is no incident ${incident}.`,
    "See `holdpoint incident list` for those there are.",
  );
}

/** The name of the next incident, after so many that are about to be opened. */
function nameFor(incidents: Incidents, ahead: number): string {
  return `incident-${Object.keys(incidents).length + ahead + 1}`;
}

/**
 * What Holdpoint's own look changes: each cause has at most one open incident. What a person has taken in hand is left to
 * people; what was over before anybody looked is told as a whole, once.
 */
function observed(
  incidents: Incidents,
  { seen, over }: Extract<IncidentCommand, { ask: "observe" }>,
): readonly IncidentEvent[] {
  const events: IncidentEvent[] = [];
  let ahead = 0;
  for (const one of seen) {
    const known = Object.values(incidents).findLast(({ cause }) => cause === one.cause);
    if (known !== undefined && known.stage !== "resolved") events.push(...carriedOn(known, one));
    else if (known === undefined || one.stage !== "resolved") {
      events.push(...openedBy(one, nameFor(incidents, ahead)));
      ahead += 1;
    }
  }
  const ended = openIncidents(incidents).filter(
    ({ cause, inHand }) => cause !== null && over.includes(cause) && !inHand,
  );
  for (const { incident } of ended)
    events.push({ type: "IncidentResolved", incident, said: "This is over. All is well again." });
  return events;
}

function carriedOn(known: Incident, { stage, impact, said }: Observed): IncidentEvent[] {
  const { incident, inHand, updates } = known;
  const isSame = known.stage === stage && updates.at(-1)?.said === said;
  if (inHand || isSame) return [];
  if (stage === "resolved") return [{ type: "IncidentResolved", incident, said }];
  return [{ type: "IncidentUpdated", incident, impact, stage, said }];
}

function openedBy(
  { cause, title, areas, impact, stage, said }: Observed,
  incident: string,
): IncidentEvent[] {
  const first = { type: "IncidentOpened", incident, title, areas, impact, cause } as const;
  if (stage !== "resolved") return [{ ...first, stage, said }];
  return [
    { ...first, stage: "identified", said: title },
    { type: "IncidentResolved", incident, said },
  ];
}
