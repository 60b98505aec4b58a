// START HERE: what the public sees, folded from the journal and the calendar. Pure: the same journal, policy and moment
// give the same page on any server.
import type { Instant } from "../base/time.ts";
import type { Incidents } from "../incidents/incident.ts";
import type { Policy } from "../policy/policy.ts";
import type { StatusPagePolicy } from "../policy/status-page.ts";
import { announced, windowStories } from "./maintenance.ts";
import { incidentStory, lastOf, releaseStory, type Story } from "./story.ts";
import type { ToldRelease } from "./told-release.ts";
import { CONDITIONS, type Condition } from "./words.ts";

export interface StatusPage {
  readonly title: string;
  readonly about: string | null;
  /** Address of the folder, with a slash at its end. */
  readonly url: string;
  /** The worst of its areas. */
  readonly condition: Condition;
  readonly areas: readonly Area[];
  /** Incidents that are not over, the latest first. */
  readonly incidents: readonly Story[];
  /** Releases and maintenance under way, the latest first. */
  readonly underWay: readonly Story[];
  /** Maintenance to come, the next first. */
  readonly planned: readonly Story[];
  /** What is over, the latest first. */
  readonly past: readonly Story[];
}

interface Area {
  readonly key: string;
  readonly title: string;
  readonly about: string | null;
  readonly condition: Condition;
  /** What is being done to it now, or will be soon; empty where nothing is. */
  readonly note: string;
}

/** What a page is made from. */
export interface Known {
  readonly releases: readonly ToldRelease[];
  readonly incidents: Incidents;
  readonly now: Instant;
}

/** So much of what is over is shown at most. */
const MOST_PAST = 200;

/** The page; null where the policy has none. */
export function statusPage(policy: Policy, known: Known): StatusPage | null {
  const page = policy["status-page"];
  if (page === undefined) return null;
  const stories = storiesOf(policy, page, known);
  const underWay = stories.filter(({ state }) => state === "under way");
  const at = { page, underWay, planned: planned(stories), known };
  const areas = Object.keys(page.areas).map((key) => areaOf(key, at));
  return {
    ...{ title: page.title, about: page.about ?? null, url: page.url, areas },
    condition: worst(areas.map(({ condition }) => condition)),
    incidents: latest(underWay.filter(({ kind }) => kind === "incident")),
    underWay: latest(underWay.filter(({ kind }) => kind !== "incident")),
    planned: at.planned,
    past: latest(stories.filter(({ state }) => state === "over")).slice(0, MOST_PAST),
  };
}

/** Everything that the page tells of, in no particular order. */
function storiesOf(policy: Policy, page: StatusPagePolicy, known: Known): readonly Story[] {
  const { releases, incidents, now } = known;
  const told = releases.flatMap((one) => {
    const span = announced(one.release, page);
    const story = releaseStory(one, page, span);
    return story === null || isTooSoon(story, page, now) ? [] : [story];
  });
  const taken = told.flatMap(({ span }) => span ?? []);
  const all = [
    ...told,
    ...Object.values(incidents).flatMap((one) => incidentStory(one, page) ?? []),
    ...windowStories(policy, page, { now, taken }),
  ];
  return all.filter((story) => story.state !== "over" || lastOf(story) >= now - page.history);
}

/** Maintenance that is further away than is announced, or was called off before it was. */
function isTooSoon({ span, state, updates }: Story, page: StatusPagePolicy, now: Instant): boolean {
  if (span === null) return false;
  const shown = span.from - page.maintenance.ahead;
  const wasShown = state === "over" && lastOf({ updates } as Story) >= shown;
  return state === "planned" ? now < shown : state === "over" && updates.length < 3 && !wasShown;
}

function planned(stories: readonly Story[]): readonly Story[] {
  return stories
    .filter(({ state }) => state === "planned")
    .toSorted((a, b) => (a.span?.from ?? 0) - (b.span?.from ?? 0) || (a.id < b.id ? -1 : 1));
}

function latest(stories: readonly Story[]): readonly Story[] {
  return stories.toSorted((a, b) => lastOf(b) - lastOf(a) || (a.id < b.id ? -1 : 1));
}

interface At {
  readonly page: StatusPagePolicy;
  readonly underWay: readonly Story[];
  readonly planned: readonly Story[];
  readonly known: Known;
}

function areaOf(key: string, { page, underWay, planned, known }: At): Area {
  const { title = key, about } = page.areas[key] ?? {};
  const mine = underWay.filter(({ areas }) => areas.includes(key));
  const conditions = mine.map((story) => conditionBy(story, known));
  return {
    ...{ key, title, about: about ?? null },
    condition: worst(conditions),
    note: noteOf(
      mine,
      planned.some(({ areas }) => areas.includes(key)),
    ),
  };
}

function conditionBy(story: Story, known: Known): Condition {
  if (story.kind === "incident")
    return story.impact === null || story.impact === "none" ? "operational" : story.impact;
  return story.kind === "maintenance" && isWorkedOn(story, known) ? "maintenance" : "operational";
}

/** Maintenance lasts until its time is over, or for as long as the new version does not serve everyone. */
function isWorkedOn({ id, span }: Story, { releases, now }: Known): boolean {
  if (span !== null && now < span.to) return true;
  const told = releases.find(({ hash }) => hash.startsWith(id));
  return told !== undefined && (told.release.guard?.weight ?? 0) < 10_000;
}

function noteOf(underWay: readonly Story[], isPlanned: boolean): string {
  if (underWay.some(({ kind }) => kind === "release")) return "An update is under way.";
  if (underWay.some(({ kind }) => kind === "maintenance")) return "Maintenance is under way.";
  return isPlanned ? "Maintenance is planned." : "";
}

function worst(conditions: readonly Condition[]): Condition {
  return CONDITIONS.findLast((one) => conditions.includes(one)) ?? "operational";
}
