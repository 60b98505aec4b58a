// What has changed since each approval: the bundle that a person approved against the one that there is now.
import type { Instant } from "../base/time.ts";
import type { Happened } from "../release/events.ts";
import type { Bundle, BundlePart, Plan } from "../release/plan.ts";

/** A part of the bundle that is another one than was approved. */
interface PartChange {
  readonly part: BundlePart;
  /** Digests. */
  readonly was: string;
  readonly is: string;
}

export interface ApprovalReport {
  /** `phase/gate`. */
  readonly gate: string;
  readonly role: string;
  readonly by: string;
  readonly at: Instant;
  /** The parts that it is for: when one of them changes, it counts no more. */
  readonly covers: readonly BundlePart[];
  /** What differs now from what was approved. */
  readonly changed: readonly PartChange[];
  /** The parts because of which it counts no more; null: it stands. */
  readonly voidBecause: readonly BundlePart[] | null;
}

interface Given extends Omit<ApprovalReport, "changed"> {
  readonly bundle: Bundle;
}

/** Every approval of a release in the order in which they were given, also those that count no more. */
export function approvalsOf(happened: readonly Happened[]): readonly ApprovalReport[] {
  let plan: Plan | null = null;
  let given: readonly Given[] = [];
  for (const { at, by, event } of happened) {
    if (event.type === "ReleasePlanned" || event.type === "ReleaseRevised") plan = event.plan;
    if (plan === null) continue;
    if (event.type === "GateApproved") {
      const { gate, role } = event;
      const covers = coversOf(plan, gate);
      given = [...given, { gate, role, by, at, covers, bundle: plan.bundle, voidBecause: null }];
    }
    if (event.type === "GateVoided") {
      const { gate, because } = event;
      given = given.map((one) =>
        one.gate === gate && one.voidBecause === null ? { ...one, voidBecause: because } : one,
      );
    }
  }
  const now = plan?.bundle;
  return given.map(({ bundle, ...approval }) => ({
    ...approval,
    changed: now === undefined ? [] : changes(bundle, now),
  }));
}

function coversOf({ phases }: Plan, key: string): readonly BundlePart[] {
  const [phase, name] = key.split("/");
  const gates = phases.find((one) => one.name === phase)?.gates ?? [];
  return gates.find((one) => one.name === name)?.covers ?? [];
}

function changes(was: Bundle, is: Bundle): readonly PartChange[] {
  return (Object.keys(is) as BundlePart[])
    .filter((part) => was[part] !== is[part])
    .map((part) => ({
      part,
      was: was[part],
      is: is[part],
    }));
}
