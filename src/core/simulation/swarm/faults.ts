import type { Chance } from "../chance.ts";

/** Everything that can go wrong in the swarm. Each life meets a few of them (swarm testing, Groce and others, 2012). */
export const FAULTS = {
  "step fails": "work fails, with or without having had its effect",
  "step times out": "work is ended at its time limit",
  "in doubt": "the end of work is not known",
  "answer late": "an answer takes many times as long as usual",
  "answer twice": "an answer is handed in a second time, later",
  "answer lost":
    "another worker took the release over, so an answer is refused and the work asked again",
  "crash before effect": "the worker dies between the append and the effect",
  "crash after effect": "the worker dies between the effect and its answer",
  "errors at the canary": "half of the new version's requests fail, from some moment on",
  "errors at both": "a fifth of all requests fail, whichever version gets them",
  "no samples": "the traffic cannot be looked at for a while",
  "probe fails": "the new version does not answer its health probe, from some moment on",
  "clock jumps": "the clock leaps forward by hours",
  "person absent": "someone whose word is needed does nothing",
  meddling: "people say at any time what comes to their mind, allowed or not",
  "bundle changes": "the release is planned again while it waits",
  freeze: "a freeze begins while the release is under way",
  "undo fails": "the way back fails at some step",
  "checks fail": "a check fails until it is asked again",
  "bad after all": "a version that is out turns out bad, and somebody withdraws it",
  rival: "a second release of the same environments is under way",
} as const;

export type Fault = keyof typeof FAULTS;

/** The few faults that one life meets. */
export function someFaults(chance: Chance): ReadonlySet<Fault> {
  const all = Object.keys(FAULTS) as Fault[];
  const share = chance.one([0, 0.08, 0.15, 0.3]);
  return new Set(all.filter(() => chance.is(share)));
}
