// The words that the public reads. They are fixed: nothing that somebody of the house has written gets into them but the
// titles of areas and, where the policy shows them, versions.
import { formatInstant, type Instant } from "../base/time.ts";
import { listed } from "../base/words.ts";
import type { Stage } from "../incidents/incident.ts";
import type { PublicMoment } from "../release/public.ts";
import type { ReleaseUpdate } from "./told-release.ts";

export type Kind = "incident" | "maintenance" | "release";

/** How an area is, the best first. */
export const CONDITIONS = [
  "operational",
  "maintenance",
  "degraded",
  "partial-outage",
  "major-outage",
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** A condition in words: of one area, and of all of them where it is the worst. */
export const CONDITION_WORDS: {
  readonly [Of in Condition]: { readonly words: string; readonly all: string };
} = {
  operational: { words: "Operational", all: "Everything is operational" },
  maintenance: { words: "Under maintenance", all: "Maintenance is under way" },
  degraded: { words: "Degraded", all: "Some things do not work as well as they should" },
  "partial-outage": { words: "Partial outage", all: "Some things do not work" },
  "major-outage": { words: "Major outage", all: "There is a major outage" },
};

export const STAGE_WORDS: { readonly [Of in Stage]: string } = {
  investigating: "Investigating",
  identified: "Identified",
  monitoring: "Monitoring",
  resolved: "Resolved",
};

/** An update as the page tells it: a word or two, and a sentence. */
export interface Telling {
  readonly label: string;
  readonly text: string;
}

/** When it is stands above it. */
export const PLANNED = "It is planned. We tell here when it begins.";

/** One moment of a release, for the public. */
export function tellRelease({ moment, share }: ReleaseUpdate, kind: Kind): Telling {
  if (moment === "started")
    return { label: "Begun", text: `The ${kind === "release" ? "update" : kind} has begun.` };
  return moment === "traffic" ? tellShare(share) : SENTENCES[moment];
}

function tellShare(share: number): Telling {
  if (share === 0)
    return { label: "Held back", text: "The version before serves everyone for now." };
  if (share >= 10_000)
    return { label: "Served to all", text: "The new version serves everyone. We are watching it." };
  return { label: "Going out", text: `The new version serves ${share / 100} % of all requests.` };
}

const SENTENCES: { readonly [Of in Exclude<PublicMoment, "started" | "traffic">]: Telling } = {
  paused: { label: "Paused", text: "It is paused, and goes on by itself later." },
  resumed: { label: "Going on", text: "It goes on." },
  "going-back": { label: "Going back", text: "We are going back to the version before." },
  back: { label: "Back", text: "The version before serves everyone again. We are checking it." },
  stopped: { label: "Stopped", text: "It has stopped. We are looking into it." },
  "gone-on": { label: "Going on", text: "It goes on." },
  "under-way": { label: "Under way", text: "It is still under way. Nothing else has changed." },
  stable: { label: "Done", text: "It is done, and everything works as it should." },
  "rolled-back": {
    label: "Taken back",
    text: "It was taken back. The version before works as it should.",
  },
  withdrawn: {
    label: "Withdrawn",
    text: "The version was withdrawn later: please do not build on it any more.",
  },
  aborted: { label: "Called off", text: "It was called off." },
};

/** What a release or a stretch of maintenance is called. */
export function titleOf(kind: Kind, areas: readonly string[], version: string | null): string {
  const what = kind === "maintenance" ? "Maintenance" : "Update";
  const to = version === null ? "" : ` to ${version}`;
  return `${what} of ${listed(areas)}${to}`;
}

/** A moment for people everywhere, to the minute: `2026-11-21 07:30 UTC`. */
export function inUtc(at: Instant): string {
  return `${formatInstant(at).slice(0, 16)} UTC`;
}
