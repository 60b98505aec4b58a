import type { Instant } from "#core/base/time.ts";
import { periodAt } from "#core/calendar/period.ts";
import type { Answer, Question } from "#core/gates/gate.ts";
import type { Release } from "#core/release/state.ts";
import type { Store } from "../ports/store.ts";

type Place = Extract<Question, { ask: "place" }>;

/** Takes one of the places that releases of a type have in the present period; who has one already gets it again. */
export async function takePlace(
  store: Store,
  { of, most, per, zone }: Place,
  { release, now }: { release: Release; now: Instant },
): Promise<Answer> {
  const { name, to: ends } = periodAt(per, now, zone);
  const holders: string[] = [];
  for (let number = 1; number <= most; number += 1) {
    const place = `limit/${of}/${per}/${name}/${number}`;
    const holder = await store.hold(place, release.plan.release);
    if (holder === release.plan.release) return { outcome: "done", facts: { place, ends } };
    holders.push(holder);
  }
  const taken = `${most} ${of} releases went this ${per}: ${holders.join(", ")}`;
  return { outcome: "failed", reason: taken, facts: { ends } };
}

/** Gives a place back that nothing came of. */
export async function freePlace(store: Store, place: string, { plan }: Release): Promise<Answer> {
  await store.letGo(place, plan.release);
  return { outcome: "done", facts: { freed: place } };
}
