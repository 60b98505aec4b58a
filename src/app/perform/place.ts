import type { Instant } from "#core/base/time.ts";
import { periodAt } from "#core/calendar/period.ts";
import type { Answer } from "#core/gates/gate.ts";
import { type Place, placeKey } from "#core/release/claims.ts";
import type { Release } from "#core/release/state.ts";
import type { Store } from "../ports/store.ts";

type Doing = { release: Release; now: Instant };

/** Takes one of the places that releases of a type have in the present period; who has one already gets it again. */
export async function takePlace(
  store: Store,
  place: Place,
  { release, now }: Doing,
): Promise<Answer> {
  const { of, most, per, zone } = place;
  const { to: ends } = periodAt(per, now, zone);
  const holders: string[] = [];
  for (const name of namesOf(place, now)) {
    const holder = await store.hold(name, release.plan.release);
    if (holder === release.plan.release) return { outcome: "done", facts: { place: name, ends } };
    holders.push(holder);
  }
  const taken = `${most} ${of} releases went this ${per}: ${holders.join(", ")}`;
  return { outcome: "failed", reason: taken, facts: { ends } };
}

/** Gives back whatever place the release has in the present period; one in a period that is over is nobody's loss. */
export async function freePlace(
  store: Store,
  place: Place,
  { release, now }: Doing,
): Promise<Answer> {
  for (const name of namesOf(place, now)) await store.letGo(name, release.plan.release);
  return { outcome: "done", facts: { freed: placeKey(place) } };
}

/** The numbered places of the present period, as the store knows them. */
function namesOf(place: Place, now: Instant): readonly string[] {
  const { name } = periodAt(place.per, now, place.zone);
  return Array.from(
    { length: place.most },
    (_, index) => `${placeKey(place)}/${name}/${index + 1}`,
  );
}
