// What the public was told of one release: a fold of its events, by what they are to whom sees these environments.
import type { Instant } from "../base/time.ts";
import type { Happened } from "../release/events.ts";
import { evolve } from "../release/evolve.ts";
import { type PublicMoment, publicMoment } from "../release/public.ts";
import type { Release } from "../release/state.ts";

export interface ToldRelease {
  readonly release: Release;
  /** Hash of its first journal entry: what it is called outside, which tells nothing of it. */
  readonly hash: string;
  readonly planned: Instant;
  readonly ended: Instant | null;
  /** Whether the way back was Holdpoint's own decision. */
  readonly turnedBack: boolean;
  /** The first first; updates that only time brought stand as one, with the moment of the latest. */
  readonly updates: readonly ReleaseUpdate[];
}

export interface ReleaseUpdate {
  readonly hash: string;
  readonly at: Instant;
  readonly moment: PublicMoment;
  /** Share of the traffic that the new version has, in basis points. */
  readonly share: number;
}

/** The release after one more of its events. */
export function tellOn(
  before: ToldRelease | null,
  happened: Happened & { readonly hash: string },
  shown: ReadonlySet<string>,
): ToldRelease {
  const { at, hash, event } = happened;
  const release = evolve(before?.release ?? null, happened);
  if (before === null)
    return { release, hash, planned: at, ended: null, turnedBack: false, updates: [] };
  const moment = publicMoment(before.release, release, event, shown);
  const share = release.guard?.weight ?? 0;
  return {
    ...before,
    release,
    ended: event.type === "ReleaseEnded" ? at : before.ended,
    turnedBack: event.type === "RollbackDecided" ? event.automatic : before.turnedBack,
    updates: moment === null ? before.updates : added(before.updates, { hash, at, moment, share }),
  };
}

function added(updates: readonly ReleaseUpdate[], one: ReleaseUpdate): readonly ReleaseUpdate[] {
  const isQuiet = one.moment === "under-way" && updates.at(-1)?.moment === "under-way";
  return [...(isQuiet ? updates.slice(0, -1) : updates), one];
}
