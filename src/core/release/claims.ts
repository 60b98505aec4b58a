// What a release has that no other can have meanwhile: environments, and places among the releases of a period. Each counts
// from when it is asked for, not from its answer: the release may end while that is on its way, and what nobody gives back
// is closed to everyone.
import { letsGo, type Question } from "../gates/gate.ts";
import { derived, gatesOf, type PlacedGate } from "./derived.ts";
import type { Release } from "./state.ts";

/** A place among the releases of a type that may go in one period. */
export type Place = Omit<Extract<Question, { ask: "place" }>, "ask">;

/** What a release has once a phase is open: what its gates ask for is added. */
export function claimedAt(
  { plan, claims, places }: Release,
  phase: string,
): Pick<Release, "claims" | "places"> {
  const gates = gatesOf(plan, derived(plan).indexOf.get(phase) ?? -1);
  return { claims: claimsWith(claims, gates), places: gates.reduce(placesWith, places) };
}

function claimsWith(claims: Release["claims"], gates: readonly PlacedGate[]): Release["claims"] {
  const asked = gates.flatMap(({ question }) =>
    question?.ask === "claim" ? [question.environment] : [],
  );
  return asked.length === 0 ? claims : [...new Set([...claims, ...asked])];
}

/** Where a revised policy allows more or fewer of them, the place may be any of the larger number. */
function placesWith(places: Release["places"], { question }: PlacedGate): Release["places"] {
  if (question?.ask !== "place") return places;
  const { ask: _, ...place } = question;
  const known = places.find((one) => placeKey(one) === placeKey(place));
  if (known !== undefined && known.most >= place.most) return places;
  return [...places.filter((one) => one !== known), place];
}

/**
 * Whether the question of a gate may be asked yet. All releases take what there is one of in the same order: environments
 * by their names, then places. Else one could hold the last place and wait for an environment whose holder waits for a
 * place (Havender, "Avoiding deadlock in multitasking systems", 1968). Over phases the verifier sees to it.
 */
export function mayAsk(
  { question: asked }: PlacedGate,
  here: readonly PlacedGate[],
  gates: Release["gates"],
): boolean {
  if (asked?.ask !== "claim" && asked?.ask !== "place") return true;
  return here.every(({ gate, key, question }) => {
    if (question?.ask !== "claim" || gate.level !== "hold") return true;
    if (asked.ask === "claim" && asked.environment <= question.environment) return true;
    const known = gates[key];
    return known !== undefined && letsGo(known.judged);
  });
}

/** What a release's place is known by: which of the numbered ones it has, only the store knows. */
export function placeKey({ of, per }: Pick<Place, "of" | "per">): string {
  return `limit/${of}/${per}`;
}
