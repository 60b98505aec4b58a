import type { Happened, ReleaseEvent } from "../../release/events.ts";
import { evolve } from "../../release/evolve.ts";
import type { Release } from "../../release/state.ts";
import { readEvent, writeEvent } from "../../release/upcast.ts";

/** What the journal gave back before, of its first so many events. */
export interface Folded {
  readonly count: number;
  readonly release: Release;
}

/** The release as the journal gives it back: each event written and read again, then folded; on from where it was folded before. */
export function replayed(happened: readonly Happened[], before?: Folded): Release {
  let state = before?.release ?? null;
  for (const { at, by, event } of happened.slice(before?.count ?? 0))
    state = evolve(state, { at, by, event: kept(event) });
  if (state === null) throw new Error("nothing has happened");
  return state;
}

/** A plan is by far the largest thing there is, and plain data as it is made: it need not be written and read each time. */
function kept(event: ReleaseEvent): ReleaseEvent {
  return "plan" in event ? event : readEvent(writeEvent(event));
}

/** Whether two values of plain data are the same; a field that is undefined is one that is not there. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null)
    return false;
  if (Array.isArray(one)) return Array.isArray(other) && isSameList(one, other);
  const [left, right] = [one as Fields, other as Fields];
  for (const key in left) if (!isSame(left[key], right[key])) return false;
  for (const key in right) if (left[key] === undefined && right[key] !== undefined) return false;
  return true;
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
}

type Fields = { readonly [key: string]: unknown };
