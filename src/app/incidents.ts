// The one way in which anything is recorded of incidents: load, decide, append; again where someone else appended in
// between. All of them share one stream, so that of two processes that see the same cause one records it.
import { err, ok, type Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import { peopleAt } from "#core/gates/staff.ts";
import {
  decideIncidents,
  type IncidentCommand,
  type IncidentRules,
} from "#core/incidents/decide.ts";
import {
  evolveIncidents,
  type Incident,
  type IncidentEvent,
  type Incidents,
  NO_INCIDENTS,
} from "#core/incidents/incident.ts";
import { INCIDENT_STREAM, readIncident, writeIncident } from "#core/incidents/journal.ts";
import type { Policy } from "#core/policy/policy.ts";
import { rosterIn } from "#core/release/people.ts";
import type { Refusal } from "#core/release/refusals.ts";
import type { Store } from "./ports/store.ts";

/** What a person may say of incidents. */
export type IncidentSaying = Exclude<IncidentCommand, { ask: "observe" }>;

interface Handling {
  readonly now: Instant;
  readonly policy: Policy;
  /** Idempotency key of the request that the command came with. */
  readonly request?: string | undefined;
}

const MOST_TRIES = 50;

export class IncidentHandler {
  private readonly store: Pick<Store, "read" | "append">;
  private known: { readonly incidents: Incidents; readonly seq: number } = {
    incidents: NO_INCIDENTS,
    seq: 0,
  };

  constructor(store: Pick<Store, "read" | "append">) {
    this.store = store;
  }

  /** All incidents as the journal tells them now. */
  async load(): Promise<Incidents> {
    for (const entry of await this.store.read(INCIDENT_STREAM, this.known.seq)) {
      // Two may load at once: what the other has folded in meanwhile is not folded in again.
      if (entry.seq !== this.known.seq + 1) continue;
      const incidents = evolveIncidents(this.known.incidents, readIncident(entry));
      this.known = { incidents, seq: entry.seq };
    }
    return this.known.incidents;
  }

  /** Does what the command asks, or says why not. A command that changes nothing is done. */
  async handle(
    command: IncidentCommand,
    { now, policy, request }: Handling,
  ): Promise<Result<Incidents, Refusal>> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      await this.load();
      const { incidents, seq } = this.known;
      const decided = decideIncidents(incidents, command, incidentRules(policy, now));
      if (!decided.ok) return decided;
      if (decided.value.length === 0) return ok(incidents);
      const appended = await this.append(decided.value, { seq, by: command.by, now, request });
      if (appended) return ok(await this.load());
    }
    throw new Error(`incidents are so busy that ${MOST_TRIES} tries to append to them failed`);
  }

  /** The incident that a person's word is about, after it was recorded. */
  async say(saying: IncidentSaying, handling: Handling): Promise<Result<Incident, Refusal>> {
    const done = await this.handle(saying, handling);
    if (!done.ok) return err(done.error);
    const all = Object.values(done.value);
    const meant =
      saying.ask === "open"
        ? all.findLast(({ updates: [first] }) => first?.by === saying.by)
        : done.value[saying.incident];
    if (meant === undefined) throw new Error("an incident that was recorded is not there");
    return ok(meant);
  }

  /** False where someone else came first. What was asked before under the same key is done already. */
  private async append(
    events: readonly IncidentEvent[],
    about: { seq: number; by: string; now: Instant; request: string | undefined },
  ): Promise<boolean> {
    const { seq, by, now, request } = about;
    const appended = await this.store.append({
      stream: INCIDENT_STREAM,
      expected: seq,
      events: events.map((event) => ({ at: now, by, ...writeIncident(event) })),
      intents: [],
      wakeAt: null,
      row: null,
      ...(request !== undefined && { request }),
    });
    return appended.ok || appended.error === "repeated";
  }
}

/** What the policy says of incidents at a moment; null where it has no status page. */
function incidentRules(policy: Policy, now: Instant): IncidentRules | null {
  const page = policy["status-page"];
  if (page === undefined) return null;
  const roster = rosterIn(policy);
  const people = page.incidents.roles.flatMap((role) => peopleAt(roster, role, now));
  return { areas: Object.keys(page.areas), people: [...new Set(people)] };
}
