import type { Store } from "#app/ports/store.ts";

/** Where a release's stream ends. */
export interface Tail {
  readonly seq: number;
  readonly position: number;
}

const MOST_KEPT = 1000;

/** Where streams end, without reading them from their beginning each time. */
export function openTails(store: Pick<Store, "read">): (release: string) => Promise<Tail | null> {
  const kept = new Map<string, Tail>();
  return async (release) => {
    const known = kept.get(release) ?? null;
    const last = (await store.read(release, known?.seq ?? 0)).at(-1);
    const tail = last === undefined ? known : { seq: last.seq, position: last.position };
    if (tail === null) return null;
    kept.delete(release);
    kept.set(release, tail);
    const oldest = kept.keys().next();
    if (kept.size > MOST_KEPT && !oldest.done) kept.delete(oldest.value);
    return tail;
  };
}

/** The entity tag of a release: it changes with each event, and with nothing else. */
export function etagOf({ seq, position }: Tail): string {
  return `"${seq}-${position}"`;
}

/** Whether an If-Match names this tag. */
export function matches(ifMatch: string, etag: string): boolean {
  return ifMatch.split(",").some((one) => one.trim() === etag);
}
