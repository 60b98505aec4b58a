// A release whose bundle has changed before any of its work began.
import { canonical } from "../base/canonical.ts";
import { ok, type Result } from "../base/result.ts";
import { BUNDLE_PARTS } from "../policy/policy.ts";
import { derived, type PlacedGate } from "./derived.ts";
import type { ReleaseEvent } from "./events.ts";
import { isKnown, stranger } from "./people.ts";
import type { BundlePart, Plan, PlannedGate } from "./plan.ts";
import { type Refusal, refuse } from "./refusals.ts";
import type { Release } from "./state.ts";

/**
 * Puts a new plan in the place of the old one. Only a release none of whose steps has begun can be revised, so whatever
 * phases it has passed were passed by their gates alone. It therefore walks the new plan from its first phase:
 *
 * - an answer (approval, tick, waiver or report) is void when a part of the bundle that its gate covers has changed;
 * - it is void too when the new plan has no such gate in that phase, or asks it otherwise (kind, configuration, covers):
 *   what was answered was another question. It stays void should a later revision bring the gate back;
 * - all other answers stay. Phases whose gates still pass are passed again in the same moment, and the release is held
 *   in the first phase that has a gate to be answered anew, also where it had passed that one before.
 */
export function decideRevise(
  release: Release,
  { by, plan }: { by: string; plan: Plan },
): Result<readonly ReleaseEvent[], Refusal> {
  if (!isKnown(release.plan, by) && !isKnown(plan, by)) return stranger(by);
  if (release.begun.length > 0) {
    return refuse(
      "work-begun",
      "Steps have begun, so the release can no longer be revised.",
      "Let it end or roll it back, then plan a new release.",
    );
  }
  const changed = BUNDLE_PARTS.filter((part) => plan.bundle[part] !== release.plan.bundle[part]);
  if (changed.length === 0) {
    return refuse(
      "nothing-changed",
      "The bundle is the same as before.",
      "There is nothing to do.",
    );
  }
  return ok([{ type: "ReleaseRevised", plan, changed }, ...voided(release, plan, changed)]);
}

function voided(release: Release, plan: Plan, changed: readonly BundlePart[]): ReleaseEvent[] {
  const after = new Map(allGates(plan).map(({ key, gate }) => [key, gate]));
  return allGates(release.plan).flatMap(({ key, gate }): ReleaseEvent[] => {
    const known = release.gates[key];
    if (known === undefined) return [];
    const because = why(gate, after.get(key), changed);
    if (because.length === 0) return [];
    return [{ type: "GateVoided", gate: key, because, approvals: known.approvals.length }];
  });
}

/** The parts that void what a gate was answered; a gate that is asked otherwise is the policy's doing. */
function why(
  before: PlannedGate,
  after: PlannedGate | undefined,
  changed: readonly BundlePart[],
): readonly BundlePart[] {
  const touched = before.covers.filter((part) => changed.includes(part));
  if (touched.length > 0) return touched;
  const isSame = after === before || (after && question(after) === question(before));
  return isSame ? [] : ["policy"];
}

function question({ kind, config, covers }: PlannedGate): string {
  return canonical({ kind, config, covers });
}

function allGates(plan: Plan): readonly PlacedGate[] {
  return derived(plan).gates.flat();
}
