// One thing that the public is told of, from its first word to its last: an incident, maintenance, or a release.
import type { Instant } from "../base/time.ts";
import type { Impact, Incident } from "../incidents/incident.ts";
import type { StatusPagePolicy } from "../policy/status-page.ts";
import type { ReleaseUpdate, ToldRelease } from "./told-release.ts";
import { type Kind, PLANNED, STAGE_WORDS, type Telling, tellRelease, titleOf } from "./words.ts";

export interface Story {
  /** The same for the same thing for ever, and tells nothing of it. */
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  /** Keys of areas, in the order of the policy. */
  readonly areas: readonly string[];
  readonly state: "planned" | "under way" | "over";
  /** When it is planned to be, where it is planned. */
  readonly span: { readonly from: Instant; readonly to: Instant } | null;
  /** Of an incident that is not over. */
  readonly impact: Impact | null;
  /** The latest first; never empty. */
  readonly updates: readonly StoryUpdate[];
}

export interface StoryUpdate extends Telling {
  readonly id: string;
  readonly at: Instant;
}

type Page = StatusPagePolicy;

/** So many signs of a hash tell things apart for as long as anybody looks. */
const SHORT = 16;

export function shortId(hash: string): string {
  return hash.slice(0, SHORT);
}

/** An incident; null where it concerns nothing that the page shows any more. */
export function incidentStory(incident: Incident, page: Page): Story | null {
  const areas = Object.keys(page.areas).filter((area) => incident.areas.includes(area));
  if (areas.length === 0 && incident.areas.length > 0) return null;
  const isOver = incident.stage === "resolved";
  return {
    id: shortId(incident.updates[0]?.hash ?? ""),
    kind: "incident",
    title: incident.title,
    areas,
    state: isOver ? "over" : "under way",
    span: null,
    impact: isOver ? null : incident.impact,
    updates: incident.updates
      .map(({ at, hash, stage, said }) => {
        return { id: shortId(hash), at, label: STAGE_WORDS[stage], text: said };
      })
      .toReversed(),
  };
}

/** The areas behind which a release works, as the page knows them. */
export function areasOf({ release }: ToldRelease, { areas }: Page): readonly string[] {
  const at = new Set(release.plan.phases.map(({ environment }) => environment));
  return Object.keys(areas).filter((area) => at.has(areas[area]?.environment));
}

/**
 * A release; null where the public was told nothing of it.
 * @param span when it was announced to be; null for one that was not
 */
export function releaseStory(told: ToldRelease, page: Page, span: Story["span"]): Story | null {
  const areas = areasOf(told, page);
  const kind: Kind = span === null ? "release" : "maintenance";
  const id = shortId(told.hash);
  const updates = told.updates.map((one) => updateOf(one, kind));
  if (span !== null) {
    const planned = { id: `${id}-planned`, at: told.planned, label: "Planned", text: PLANNED };
    updates.unshift(planned);
    if (told.ended !== null && told.updates.length === 0)
      updates.push(updateOf({ hash: id, at: told.ended, moment: "aborted", share: 0 }, kind));
  }
  if (updates.length === 0 || areas.length === 0) return null;
  const { version } = told.release.plan;
  const titles = areas.map((area) => page.areas[area]?.title ?? area);
  return {
    ...{ id, kind, areas, span, impact: null },
    title: titleOf(kind, titles, page.versions ? version : null),
    state: told.ended !== null ? "over" : told.updates.length > 0 ? "under way" : "planned",
    updates: updates.toReversed(),
  };
}

function updateOf(update: ReleaseUpdate, kind: Kind): StoryUpdate {
  return { id: shortId(update.hash), at: update.at, ...tellRelease(update, kind) };
}

export function lastOf({ updates }: Story): Instant {
  return updates[0]?.at ?? 0;
}

export function firstOf({ updates }: Story): Instant {
  return updates.at(-1)?.at ?? 0;
}
