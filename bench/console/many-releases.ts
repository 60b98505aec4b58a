// A journal of many releases: a few under way and waiting for people, the others ended, each with all of its events.
import type { Store } from "#app/ports/store.ts";
import { MINUTE } from "#core/base/time.ts";
import { type PolicyText, policyShape } from "#core/policy/policy.ts";
import type { Happened } from "#core/release/events.ts";
import type { Release } from "#core/release/state.ts";
import { writeEvent } from "#core/release/upcast.ts";
import { rowOf } from "#core/reports/row.ts";
import { rehearse } from "#core/simulation/rehearsal.ts";

const POLICY: PolicyText = {
  holdpoint: 1,
  system: "Shop",
  roles: { lead: ["lead@example.test"], qa: ["qa@example.test"] },
  environments: { production: { local: {} } },
  gates: { go: { signoff: { roles: { lead: 1, qa: 1 } } } },
  phases: { all: { environment: "production", gates: ["go"], steps: [{ tag: {} }] } },
  types: { patch: { bumps: ["patch"], phases: ["all"] } },
  rollback: { target: "5 min" },
};

interface Lived {
  readonly happened: readonly Happened[];
  readonly release: Release;
  readonly endedAt: number;
}

/** @returns the names of those under way */
export async function recordMany(
  store: Store,
  { ended, underWay, now }: { ended: number; underWay: number; now: number },
): Promise<readonly string[]> {
  const policy = policyShape.parse(POLICY);
  const lived = (absent: readonly string[]): Lived => {
    const found = rehearse(policy, { type: "patch", from: now, seed: 1, absent });
    if (!found.ok) throw new Error(found.error);
    return found.value;
  };
  const [whole, held] = [lived([]), lived(["lead@example.test", "qa@example.test"])];
  const names: string[] = [];
  const all = ended + underWay;
  for (let from = 0; from < all; from += 500) {
    const some = Array.from({ length: Math.min(500, all - from) }, (_, at) => from + at);
    await Promise.all(
      some.map(async (at) => {
        const version = `1.${Math.floor(at / 100)}.${at % 100}`;
        const release = `shop-${version}`;
        const isEnded = at < ended;
        if (!isEnded) names.push(release);
        const begun = now - (all - at) * MINUTE;
        await record(store, isEnded ? whole : held, { release, version, begun });
      }),
    );
  }
  return names;
}

/** A life as another release had it at another time. */
async function record(
  store: Store,
  { happened, release: last, endedAt }: Lived,
  { release, version, begun }: { release: string; version: string; begun: number },
): Promise<void> {
  const shift = begun - (happened[0]?.at ?? begun);
  // What waits for people waits on: only what happened up to its hold is recorded.
  const events = happened.map(({ at, by, event }) => {
    const told =
      event.type === "ReleasePlanned"
        ? { ...event, plan: { ...event.plan, release, version, plannedAt: begun, at: begun } }
        : event;
    return { at: at + shift, by, ...writeEvent(told) };
  });
  const row = { ...rowOf(last, endedAt), release, version, plannedAt: begun };
  const appended = await store.append({
    ...{ stream: release, expected: 0, events, intents: [], wakeAt: null },
    row: { ...row, updatedAt: endedAt + shift },
  });
  if (!appended.ok) throw new Error(appended.error);
}
