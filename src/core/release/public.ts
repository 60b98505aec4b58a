// What of a release is news to the public, and the clock that lets no news be news.
//
//   the first step in an environment that the status page shows -> started; from then on each change is news
//   so long without any                                         -> one update, journalled: still under way
//
// An update that was due while nobody could make it is made once, when somebody can: what was not said in time is never
// made to look as if it was.
import type { Instant } from "../base/time.ts";
import type { ReleaseEvent } from "./events.ts";
import type { Plan } from "./plan.ts";
import type { Release } from "./state.ts";
import { cameOut } from "./withdrawal.ts";

export type PublicMoment =
  | "started"
  | "traffic"
  | "paused"
  | "resumed"
  | "going-back"
  | "back"
  | "stopped"
  | "gone-on"
  | "under-way"
  | "stable"
  | "rolled-back"
  | "withdrawn"
  | "aborted";

/** What the public knows of a release that has begun to work where it can be seen. */
export interface PublicState {
  /** When it was told of last. */
  readonly last: Instant;
  /** How many updates were made only because of the time. */
  readonly updates: number;
}

/** Whether a release has begun a step in one of these environments. */
export function isPublic({ begun }: Pick<Release, "begun">, shown: ReadonlySet<string>): boolean {
  return begun.some(({ environment = "" }) => shown.has(environment));
}

/** What an event is to the public who see these environments; null where it is nothing to them. */
export function publicMoment(
  before: Release,
  after: Release,
  event: ReleaseEvent,
  shown: ReadonlySet<string>,
): PublicMoment | null {
  if (before.begun !== after.begun && !isPublic(before, shown))
    return isPublic(after, shown) ? "started" : null;
  const moment = momentOf(before, after, event, shown);
  return moment !== null && isPublic(after, shown) ? moment : null;
}

/** The same of a release that they see. */
function momentOf(
  before: Release,
  after: Release,
  event: ReleaseEvent,
  shown: ReadonlySet<string>,
): PublicMoment | null {
  switch (event.type) {
    case "WorkPaused":
      return "paused";
    case "WorkResumed":
      return "resumed";
    case "RollbackDecided":
      return "going-back";
    case "RollbackMeasured":
      return event.moment === "weight-0" ? "back" : null;
    case "ReleaseStopped":
      return "stopped";
    case "ReleaseResumed":
      return "gone-on";
    case "UpdateGiven":
      return "under-way";
    case "ReleaseEnded":
      return event.how;
    default:
      return hasMoved(before, after, shown) ? "traffic" : null;
  }
}

/** On the way back it is said when all traffic is back, and not each weight on the way. */
function hasMoved(before: Release, after: Release, shown: ReadonlySet<string>): boolean {
  if (after.guard === before.guard || after.guard === null || after.stand.at !== "phase")
    return false;
  const { environment, weight } = after.guard;
  return shown.has(environment ?? "") && weight !== (before.guard?.weight ?? 0);
}

/** What the public knows after an event; the same as before where it was nothing to them. */
export function publicAfter(
  before: Release,
  after: Release,
  event: ReleaseEvent,
  at: Instant,
): PublicState | null {
  const shown = shownIn(before.plan);
  if (shown === null) return before.public;
  const moment = publicMoment(before, after, event, shown);
  if (moment === null) return before.public;
  const updates = (before.public?.updates ?? 0) + Number(moment === "under-way");
  return { last: at, updates };
}

/** The update that is due because nothing else was told for so long. */
export function updateEvents(release: Release, now: Instant): readonly ReleaseEvent[] {
  const due = updateWake(release);
  if (due === null || now < due) return NOTHING;
  return [{ type: "UpdateGiven", number: (release.public?.updates ?? 0) + 1 }];
}

const NOTHING: readonly ReleaseEvent[] = [];

/** When the public hears of the release at the latest; null while it does not. */
export function updateWake({ public: known, plan, stand }: Release): Instant | null {
  const page = plan.terms["status-page"];
  return known === null || page === undefined || stand.at === "ended" || cameOut(stand)
    ? null
    : known.last + page.every;
}

const SHOWN = new WeakMap<Plan["terms"], ReadonlySet<string> | null>();

/** The environments that a release's own policy shows to the public; null where it shows nothing. */
function shownIn({ terms }: Plan): ReadonlySet<string> | null {
  const kept = SHOWN.get(terms);
  if (kept !== undefined) return kept;
  const page = terms["status-page"];
  const shown = page === undefined ? null : shownBy(page);
  SHOWN.set(terms, shown);
  return shown;
}

/** The environments behind the areas of a page. */
export function shownBy({ areas }: NonNullable<Plan["terms"]["status-page"]>): ReadonlySet<string> {
  return new Set(Object.values(areas).map(({ environment }) => environment));
}
