// What Holdpoint itself sees that the public should know of, as causes of incidents. Seen anew each time from where things
// stand, so that nothing is lost with a process that dies; which incident follows is for src/core/incidents to say.
import { HOUR, type Instant, MINUTE } from "../base/time.ts";
import type { Observed } from "../incidents/decide.ts";
import { type Incidents, openIncidents } from "../incidents/incident.ts";
import type { StatusPagePolicy } from "../policy/status-page.ts";
import { isPublic, shownBy } from "../release/public.ts";
import { areasOf } from "./story.ts";
import type { ToldRelease } from "./told-release.ts";

/** An error budget that burns so fast that people are called. */
export interface Burn {
  readonly environment: string;
  readonly objective: string;
}

export interface Sight {
  readonly seen: readonly Observed[];
  readonly over: readonly string[];
}

/** What ended longer ago than this was told by whoever worked then, or is no news any more. */
const NEWS = HOUR;
const BURNS = "burn/";

/**
 * The causes that are there now, and those that are over.
 * @param burns the budgets that burn now; null where it is not known, and then nothing is said of them
 */
export function sight(
  page: StatusPagePolicy,
  at: {
    readonly releases: readonly ToldRelease[];
    readonly incidents: Incidents;
    readonly burns: readonly Burn[] | null;
    readonly now: Instant;
  },
): Sight {
  if (!page.incidents.automatic) return { seen: [], over: [] };
  const { releases, incidents, burns, now } = at;
  const shown = shownBy(page);
  const open = new Set(openIncidents(incidents).flatMap(({ cause }) => cause ?? []));
  const seen = [
    ...releases
      .filter(({ release, ended }) => isPublic(release, shown) && (ended ?? now) > now - NEWS)
      .flatMap((told) => ofRelease(told, page, open) ?? []),
    ...(burns ?? [])
      .filter(({ environment }) => shown.has(environment))
      .map((burn) => ofBurn(burn, page)),
  ];
  const causes = new Set(seen.map(({ cause }) => cause));
  const known = new Set([
    ...(burns === null ? [] : [...open].filter((cause) => cause.startsWith(BURNS))),
    ...releases.filter((told) => !isLeftAsIs(told)).map(causeOf),
  ]);
  return { seen, over: [...open].filter((cause) => known.has(cause) && !causes.has(cause)) };
}

/** Ended where nobody can go back: how it stands is for a person to say. */
function isLeftAsIs({ release: { stand } }: ToldRelease): boolean {
  return stand.at === "ended" && stand.how === "aborted";
}

function causeOf({ hash }: Pick<ToldRelease, "hash">): string {
  return `release/${hash}`;
}

/** A release that turned back by itself, stopped half-way, or runs while both versions fail. */
function ofRelease(
  told: ToldRelease,
  page: StatusPagePolicy,
  open: ReadonlySet<string>,
): Observed | null {
  const { release, turnedBack } = told;
  const { stand } = release;
  const from = stand.at === "stopped" ? stand.from : stand;
  const about = { cause: causeOf(told), areas: areasOf(told, page), impact: "degraded" } as const;
  const title = NOT_WELL;
  // What was served has long been served well: marking it as withdrawn breaks nothing for anybody.
  if (from.at === "withdrawal") return null;
  if (stand.at === "stopped") {
    const half = from.at === "rollback" ? "Going back" : "The update";
    const said = `${half} has stopped half-way. We are looking into it.`;
    return { ...about, title, stage: "investigating", said };
  }
  if (stand.at === "rollback") {
    // Somebody who goes back by hand may only be careful; unless it is what an incident led to.
    if (!turnedBack && !open.has(about.cause)) return null;
    const isBack = release.back?.took["weight-0"] !== undefined;
    return isBack
      ? { ...about, title, stage: "monitoring", said: SERVES_AGAIN }
      : { ...about, title, stage: "identified", said: "We are going back to the version before." };
  }
  if (stand.at === "phase" && bothFail(told))
    return { ...about, title: "Requests fail", stage: "investigating", said: BOTH_FAIL };
  return over(told, about);
}

const NOT_WELL = "An update did not go well";
const SERVES_AGAIN = "The version before serves everyone again. We are checking it.";
const BOTH_FAIL = "Some requests fail. The update that is under way is not the reason; it waits.";

/** What passes by itself within this time is not told. */
const LASTING = MINUTE;

/** The judge holds the release because the stable version is in trouble, too. */
function bothFail({ release: { guard } }: ToldRelease): boolean {
  const judged = guard?.judged;
  const lasts = guard === null || guard.badSince === null ? 0 : guard.lastAt - guard.badSince;
  return judged?.verdict === "hold" && judged.metric === "errors" && lasts >= LASTING;
}

/** All is well again, which only counts where something was seen before. */
function over(
  { release, turnedBack }: ToldRelease,
  about: Pick<Observed, "cause" | "areas" | "impact">,
): Observed | null {
  const { stand } = release;
  if (stand.at === "ended" && stand.how === "rolled-back" && turnedBack)
    return {
      ...about,
      title: NOT_WELL,
      stage: "resolved",
      said: "The version before is back in place, checked, and works as it should.",
    };
  return null;
}

function ofBurn({ environment, objective }: Burn, { areas }: StatusPagePolicy): Observed {
  return {
    cause: `${BURNS}${environment}/${objective}`,
    title: "Not as good as we promise",
    areas: Object.keys(areas).filter((area) => areas[area]?.environment === environment),
    impact: "degraded",
    stage: "investigating",
    said: "More requests fail or take too long than we promise. We are looking into it.",
  };
}
