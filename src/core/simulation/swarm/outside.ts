// What is true outside, whatever the engine believes: what runs where, who has which environment, what was really done.
import { type Instant, MINUTE } from "../../base/time.ts";
import { periodAt } from "../../calendar/period.ts";
import type { Answer } from "../../gates/gate.ts";
import type { Place as TakenPlace } from "../../release/claims.ts";
import type { Wanted } from "../../release/next.ts";
import { type Traffic, type Trouble, traffic } from "../traffic.ts";

/** What serves in an environment. */
export interface Place {
  stable: string;
  canary: string | null;
  /** Share of the canary, in basis points. */
  weight: number;
}

/** Something that was done outside for a release. */
export interface Effect {
  readonly release: string;
  readonly key: string;
  readonly wanted: Wanted;
  readonly at: Instant;
  /** Whether the world is another since then. */
  readonly took: boolean;
}

export interface Doer {
  readonly release: string;
  readonly version: string;
  readonly troubles: readonly Trouble[];
}

/** How work goes: well, or not, with or without its effect. */
export interface Luck {
  readonly took: boolean;
  /** What is answered instead of what the effect itself says; null: that. */
  readonly answer: Answer | null;
}

const DONE: Answer = { outcome: "done", facts: { exit: 0, failures: 0 } };
const no = (reason: string): Answer => ({ outcome: "failed", reason });

/** The one world that all releases of a life work on. An effect happens once for each key, as adapters see to it. */
export class Outside {
  readonly places = new Map<string, Place>();
  /** Which release has an environment. */
  readonly claims = new Map<string, string>();
  /** Which release has one of the places that a period has. */
  readonly limits = new Map<string, string>();
  readonly effects: Effect[] = [];
  /** Commands that were run and not taken back, by release and name. */
  readonly standing = new Map<string, Set<string>>();
  private readonly answers = new Map<string, Answer>();
  private readonly flows = new Map<string, Traffic>();

  place(environment: string): Place {
    const known = this.places.get(environment) ?? { stable: "1.0.0", canary: null, weight: 0 };
    this.places.set(environment, known);
    return known;
  }

  /** Does something under a key; the same again only answers what it answered then. */
  perform(
    doer: Doer,
    { key, wanted }: { key: string; wanted: Wanted },
    now: Instant,
    luck: Luck,
  ): Answer {
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const did = luck.took ? this.effect(doer, wanted, now) : DONE;
    const took = luck.took && did.outcome === "done";
    this.effects.push({ release: doer.release, key, wanted, at: now, took });
    const answer = did.outcome === "done" ? (luck.answer ?? did) : did;
    if (isLasting(wanted)) this.answers.set(key, answer);
    return answer;
  }

  private effect(doer: Doer, wanted: Wanted, now: Instant): Answer {
    switch (wanted.ask) {
      case "claim":
        return this.claim(doer.release, wanted.environment);
      case "free":
        if (this.claims.get(wanted.environment) === doer.release)
          this.claims.delete(wanted.environment);
        return DONE;
      case "place":
        return this.take(doer.release, wanted, now);
      case "free-place":
        for (const place of placesOf(wanted, now))
          if (this.limits.get(place) === doer.release) this.limits.delete(place);
        return DONE;
      case "debts":
        return { outcome: "done", facts: { overdue: 0 } };
      case "documents":
        return { outcome: "done", facts: { missing: 0, asked: 1 } };
      case "command":
        return this.run(doer.release, wanted.argv);
      case "look":
      case "measure":
        return {
          outcome: "done",
          facts: {},
          reading: this.flow(doer, wanted.environment).look(now),
        };
      case "budget":
        return { outcome: "done", facts: { "errors.left": isSpent(doer, now) ? 0 : 1, age: 0 } };
      case "retreat":
        return this.serve(doer, { ...wanted, ask: "weigh", canary: 0 }, now);
      case "deploy":
      case "weigh":
      case "retire":
      case "promote":
      case "probe":
        return this.serve(doer, wanted, now);
      default:
        return DONE;
    }
  }

  private claim(release: string, environment: string): Answer {
    const holder = this.claims.get(environment) ?? release;
    if (holder !== release) return no(`${environment} is taken by release ${holder}`);
    this.claims.set(environment, release);
    return DONE;
  }

  private take(release: string, wanted: TakenPlace, now: Instant): Answer {
    const { to: ends } = periodAt(wanted.per, now, wanted.zone);
    const places = placesOf(wanted, now);
    const has = places.find((place) => this.limits.get(place) === release);
    const place = has ?? places.find((one) => !this.limits.has(one));
    if (place === undefined)
      return { outcome: "failed", reason: "no place is left", facts: { ends } };
    this.limits.set(place, release);
    return { outcome: "done", facts: { place, ends } };
  }

  /** `run x` stands until `undo x`; `ask x` tells by its exit code whether it stands. */
  private run(release: string, [verb, name = ""]: readonly string[]): Answer {
    const standing = this.standing.get(release) ?? new Set();
    this.standing.set(release, standing);
    if (verb === "run") standing.add(name);
    if (verb === "undo") standing.delete(name);
    if (verb === "ask") return { outcome: "done", facts: { exit: standing.has(name) ? 0 : 1 } };
    return DONE;
  }

  private serve(doer: Doer, wanted: Serving, now: Instant): Answer {
    const { version } = doer;
    const place = this.place(wanted.environment);
    const runs = place.canary === version || place.stable === version;
    switch (wanted.ask) {
      case "deploy":
        if (place.canary !== null && !runs) return no(`${place.canary} still runs`);
        if (!runs) place.canary = version;
        return DONE;
      case "weigh":
        if (place.canary !== version) return weighsNothing(place, version, wanted.canary);
        place.weight = wanted.canary;
        this.flow(doer, wanted.environment).weigh(wanted.canary, now);
        return DONE;
      case "retire":
        return retire(place, version);
      case "promote":
        return promote(place, version);
      case "probe":
        return wanted.version === "stable" || runs ? DONE : no(`${version} does not run`);
    }
  }

  private flow(doer: Doer, environment: string): Traffic {
    const key = `${doer.release} ${environment}`;
    const flow = this.flows.get(key) ?? traffic(doer.troubles);
    this.flows.set(key, flow);
    return flow;
  }
}

/** For a while from the moment on at which either version fails, there is no error budget left. */
function isSpent({ troubles }: Doer, now: Instant): boolean {
  return troubles.some(
    ({ errors = 0, from = 0 }) => errors > 0 && now >= from && now < from + 10 * MINUTE,
  );
}

function placesOf({ most, per, zone }: TakenPlace, now: Instant): readonly string[] {
  const { name } = periodAt(per, now, zone);
  return Array.from({ length: most }, (_, number) => `${per}/${name}/${number}`);
}

type Serving = Extract<Wanted, { ask: "deploy" | "weigh" | "retire" | "promote" | "probe" }>;

/** A weight for a version that is not the canary: harmless where it is what the version has anyway. */
function weighsNothing({ stable }: Place, version: string, weight: number): Answer {
  const has = stable === version ? 10_000 : 0;
  return weight === has ? DONE : no(`${version} does not run beside the stable one`);
}

function retire(place: Place, version: string): Answer {
  if (place.stable === version) return no(`${version} is the stable version`);
  if (place.canary === version && place.weight > 0) return no(`${version} still gets traffic`);
  if (place.canary === version) Object.assign(place, { canary: null, weight: 0 });
  return DONE;
}

function promote(place: Place, version: string): Answer {
  if (place.stable === version) return DONE;
  if (place.canary !== version) return no(`${version} does not run`);
  Object.assign(place, { stable: version, canary: null, weight: 0 });
  return DONE;
}

/** What an adapter remembers by its key; what only looks is done anew each time. */
function isLasting({ ask }: Wanted): boolean {
  return (
    ask !== "look" &&
    ask !== "measure" &&
    ask !== "budget" &&
    ask !== "claim" &&
    ask !== "free" &&
    ask !== "place" &&
    ask !== "free-place" &&
    ask !== "debts" &&
    ask !== "documents" &&
    ask !== "probe"
  );
}
