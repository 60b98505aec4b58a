import type { EventType, Happened, ReleaseEvent } from "../../release/events.ts";
import { EVENT_VERSIONS } from "../../release/upcast.ts";
import type { Course } from "../swarm/course.ts";
import { alerted } from "./alerted.ts";
import { backInTime } from "./back-in-time.ts";
import { ended } from "./ended.ts";
import { gatesFirst } from "./gates-first.ts";
import { givenBack } from "./given-back.ts";
import { inOrder } from "./in-order.ts";
import type { Finding, Invariant } from "./invariant.ts";
import { journal } from "./journal.ts";
import { neverStuck } from "./never-stuck.ts";
import { noLostRequests } from "./no-lost-requests.ts";
import { noReturn } from "./no-return.ts";
import { once } from "./once.ts";
import { oneRelease } from "./one-release.ts";
import { oneVersion } from "./one-version.ts";
import { onlyBack } from "./only-back.ts";
import { owed } from "./owed.ts";
import { ownAnswer } from "./own-answer.ts";
import { paused } from "./paused.ts";
import { publicHears } from "./public-hears.ts";
import { retries } from "./retries.ts";
import { soaked } from "./soaked.ts";
import { takenBack } from "./taken-back.ts";
import { ticked } from "./ticked.ts";
import { told } from "./told.ts";
import { turnsBack } from "./turns-back.ts";
import { watched } from "./watched.ts";
import { weights } from "./weights.ts";
import { whoMay } from "./who-may.ts";
import { withdrawn } from "./withdrawn.ts";

/** Something that was found: which rule does not hold, and why. */
export interface Broken {
  readonly invariant: string;
  readonly says: string;
}

/** Every published invariant: one file, one line here. docs/invariants.md is made from it. */
export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  weights,
  "no-lost-requests": noLostRequests,
  "one-version": oneVersion,
  "one-release": oneRelease,
  "given-back": givenBack,
  ended,
  "gates-first": gatesFirst,
  "who-may": whoMay,
  "in-order": inOrder,
  retries,
  once,
  "own-answer": ownAnswer,
  "back-in-time": backInTime,
  "taken-back": takenBack,
  "only-back": onlyBack,
  "no-return": noReturn,
  withdrawn,
  journal,
  "never-stuck": neverStuck,
  watched,
  "turns-back": turnsBack,
  soaked,
  paused,
  ticked,
  owed,
  alerted,
  told,
  "public-hears": publicHears,
};

/** When invariants are looked at, beside each event. */
export type Hook = Exclude<keyof Invariant, "rule" | "event" | "on">;

type Looks<Look> = readonly { readonly name: string; readonly hook: Look }[];
type Told<On extends keyof Invariant> = NonNullable<Invariant[On]>;

function looks<On extends Hook>(on: On): Looks<Told<On>> {
  return Object.entries(INVARIANTS).flatMap(([name, { [on]: hook }]) =>
    hook === undefined ? [] : [{ name, hook: hook as Told<On> }],
  );
}

const LOOKS: { readonly [On in Hook]: Looks<Told<On>> } = {
  state: looks("state"),
  wants: looks("wants"),
  work: looks("work"),
  rest: looks("rest"),
};

/** Those that look at such a moment. */
export function hooksAt<On extends Hook>(on: On): Looks<Told<On>> {
  return LOOKS[on];
}

type AtEvent = (course: Course, event: ReleaseEvent, one: Happened) => Finding;

const AT_EVENTS = Object.fromEntries(
  Object.keys(EVENT_VERSIONS).map((type) => [type, looksAt(type as EventType)]),
) as Readonly<Record<EventType, Looks<AtEvent>>>;

function looksAt(type: EventType): Looks<AtEvent> {
  return Object.entries(INVARIANTS).flatMap(([name, { event, on }]) => [
    ...(event
      ? [{ name, hook: (course: Course, _: ReleaseEvent, one: Happened) => event(course, one) }]
      : []),
    // The type of the event is the key that it is looked up by.
    ...(on?.[type] ? [{ name, hook: on[type] as AtEvent }] : []),
  ]);
}

/** Those that look at an event of such a type. */
export function hooksOf(type: EventType): Looks<AtEvent> {
  return AT_EVENTS[type];
}
