// The guard of a release: on from the first exposure, it takes what each look read before the judge.
import type { Instant } from "../base/time.ts";
import { judgeAnew, UNJUDGED } from "../judge/judge.ts";
import { judgeLook } from "../judge/look.ts";
import type { Reading } from "../judge/reading.ts";
import { stepKind } from "../steps/table.ts";
import { chargeOf } from "./charge.ts";
import type { ReleaseEvent } from "./events.ts";
import type { PlannedStep } from "./plan.ts";
import type { Guard, Release, Work } from "./state.ts";

/** The guard with the weight that the step under way was last answered to have set. */
export function weighed(guard: Guard | null, { steps, step, attempt }: Work): Guard | null {
  const now = steps[step];
  const answers = attempt?.answers.length ?? 0;
  if (guard === null || now === undefined || answers === 0) return guard;
  const weight = stepKind(now.kind).weightAfter?.(now.config, answers);
  return weight === undefined || weight === guard.weight
    ? guard
    : { ...guard, weight, steady: false };
}

/**
 * The guard from the start of a step that exposes: should its end stay unknown, traffic may flow all the same. Another
 * environment is watched anew, as its counters have nothing to do with the former's; a look that is still on its way
 * there keeps its number, so that it is not taken for one here.
 */
export function onGuard(guard: Guard | null, step: PlannedStep, at: Instant): Guard {
  const environment = step.environment ?? null;
  if (guard !== null && guard.environment === environment) return guard;
  const judged = { verdict: "hold", reason: "no look was taken yet" } as const;
  const looks = guard === null ? 0 : guard.looks + 1;
  const nothing = { first: null, last: null, judging: UNJUDGED };
  const share = { weight: 0, steady: true };
  return {
    environment,
    since: at,
    looks,
    lastAt: at,
    ...nothing,
    ...share,
    judged,
    badSince: null,
    sharedAt: null,
  };
}

/** What the judge said before a person had it go on does not stop it again; its next look may. */
export function newWatch(guard: Guard): Guard {
  const judged = { verdict: "hold", reason: "no look was taken since it was resumed" } as const;
  return { ...guard, judging: judgeAnew(guard.judging, guard.judged), judged, badSince: null };
}

type Judged = ReturnType<typeof judgeLook>;
/** The look that was judged last. */
let latest: {
  readonly guard: Guard;
  readonly reading: Reading | null;
  readonly at: Instant;
  readonly said: Judged;
} | null = null;

/**
 * A look of a guard before the judge. It is asked twice, once to decide and once to take the look up, and the judge is the
 * dearest thing in the engine: what was said of the same look of the same guard is kept.
 */
export function judgedBy(
  guard: Guard,
  { reading, at }: { reading: Reading | null; at: Instant },
  release: Pick<Release, "plan" | "gates">,
): Judged {
  if (latest?.guard === guard && latest.reading === reading && latest.at === at) return latest.said;
  const said = judgeLook(guard, { reading, at }, chargeOf(release, guard.environment));
  latest = { guard, reading, at, said };
  return said;
}

export function evolveGuard(
  guard: Guard | null,
  event: Extract<ReleaseEvent, { type: "TrafficLooked" }>,
  { at, release }: { at: Instant; release: Pick<Release, "plan" | "gates"> },
): Guard | null {
  if (guard === null) return null;
  const { type: _, reading, ...judged } = event;
  const { judging } = judgedBy(guard, { reading, at }, release);
  const isBad = judged.verdict !== "continue" && judged.metric !== "evidence";
  const badSince = isBad ? (guard.badSince ?? at) : null;
  return {
    ...guard,
    looks: guard.looks + 1,
    lastAt: at,
    first: guard.first ?? reading,
    last: reading ?? guard.last,
    judging,
    steady: true,
    judged,
    badSince,
    sharedAt: judged.shared ? at : guard.sharedAt,
  };
}
