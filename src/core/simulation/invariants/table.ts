import { backInTime } from "./back-in-time.ts";
import { ended } from "./ended.ts";
import { gatesFirst } from "./gates-first.ts";
import { givenBack } from "./given-back.ts";
import { inOrder } from "./in-order.ts";
import type { Invariant } from "./invariant.ts";
import { journal } from "./journal.ts";
import { neverStuck } from "./never-stuck.ts";
import { noLostRequests } from "./no-lost-requests.ts";
import { noReturn } from "./no-return.ts";
import { once } from "./once.ts";
import { oneRelease } from "./one-release.ts";
import { oneVersion } from "./one-version.ts";
import { onlyBack } from "./only-back.ts";
import { ownAnswer } from "./own-answer.ts";
import { publicHears } from "./public-hears.ts";
import { retries } from "./retries.ts";
import { soaked } from "./soaked.ts";
import { takenBack } from "./taken-back.ts";
import { told } from "./told.ts";
import { turnsBack } from "./turns-back.ts";
import { watched } from "./watched.ts";
import { weights } from "./weights.ts";
import { whoMay } from "./who-may.ts";

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
  journal,
  "never-stuck": neverStuck,
  watched,
  "turns-back": turnsBack,
  soaked,
  told,
  "public-hears": publicHears,
};

/** When invariants are looked at. */
export type Hook = Exclude<keyof Invariant, "rule">;

type Looks<On extends Hook> = readonly {
  readonly name: string;
  readonly hook: NonNullable<Invariant[On]>;
}[];

const looks = <On extends Hook>(on: On): Looks<On> =>
  Object.entries(INVARIANTS).flatMap(([name, { [on]: hook }]) =>
    hook === undefined ? [] : [{ name, hook: hook as NonNullable<Invariant[On]> }],
  );

const LOOKS: { readonly [On in Hook]: Looks<On> } = {
  event: looks("event"),
  state: looks("state"),
  wants: looks("wants"),
  work: looks("work"),
  rest: looks("rest"),
};

/** Those that look at such a moment. */
export function hooksAt<On extends Hook>(on: On): Looks<On> {
  return LOOKS[on];
}
