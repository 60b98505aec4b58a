import { formatDuration, type Millis } from "../../base/time.ts";
import { quoted } from "../../base/words.ts";
import { shift } from "../../steps/shift.ts";
import { STEPS, stepKind } from "../../steps/table.ts";
import { watch } from "../../steps/watch.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { type PlacedStep, plannedSteps } from "../specs.ts";
import { acrossTypes } from "./across-types.ts";

/** The traffic is looked at before a step that waits for what the judge says gives up. */
export const firstLook: Rule = (policy) => acrossTypes(policy, (type) => tooLate(policy, type));

function tooLate(policy: Policy, type: string): Found[] {
  const every = policy.guard.look[0]?.every ?? 0;
  const steps = plannedSteps(policy, type);
  return steps.filter(isFirstExposure).flatMap((exposing) => {
    const waiting = firstWait(steps.slice(steps.indexOf(exposing)));
    if (waiting === null || every <= waiting.until) return [];
    const { phase, kind } = waiting.step;
    return [
      {
        severity: "error" as const,
        path: ["guard", "look", 0, "every"],
        sentence: `the traffic is looked at first ${formatDuration(every)} after it is shifted, and ${quoted(kind)} in ${quoted(phase)} waits for the judge until ${formatDuration(waiting.until)}: it gives up every release`,
        remedy: "Look at the traffic more often, at least at first",
      },
    ];
  });
}

/** The first step that sends traffic to the new version in its environment: the looks are counted from there. */
function isFirstExposure(
  { kind, environment }: PlacedStep,
  index: number,
  all: readonly PlacedStep[],
) {
  const exposes = (step: PlacedStep) =>
    STEPS[step.kind].exposes === true && step.environment === environment;
  return STEPS[kind].exposes === true && all.findIndex(exposes) === index;
}

/** The first step of the phase that waits for the judge, and when it gives up at the latest; null: none does. */
function firstWait(steps: readonly PlacedStep[]) {
  const [first] = steps;
  let before: Millis = 0;
  for (const step of steps) {
    // Nobody knows how long people take between two phases.
    if (step.phase !== first?.phase) return null;
    const waits = waitOf(step);
    if (waits > 0) return { step, until: before + waits * (step.retries + 1) };
    before += stepKind(step.kind).bound(step.config) * (step.retries + 1);
  }
  return null;
}

/** How long a step waits for what the judge says, at most, a shift at its first weight; 0: it does not ask. */
function waitOf({ kind, config }: PlacedStep): Millis {
  if (kind === "watch") {
    const told = config as Parameters<typeof watch.next>[0];
    return watch.bound(told) + told.patience;
  }
  if (kind !== "shift") return 0;
  const told = config as Parameters<typeof shift.next>[0];
  const soaks = Math.max(told.soak, told.finds?.most ?? 0) > 0;
  return soaks ? shift.bound({ ...told, weights: told.weights.slice(0, 1) }) + told.patience : 0;
}
