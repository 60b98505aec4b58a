// What another policy would have made of a release that was: its facts are replayed by the production engine under that
// policy, on a virtual clock. The facts stay what they were; nobody would have done anything otherwise.
import { DAY, type Instant, MINUTE, type Millis } from "../../base/time.ts";
import { listed } from "../../base/words.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Happened } from "../../release/events.ts";
import { type Plan, planOf } from "../../release/plan.ts";
import { statusReport } from "../../reports/status.ts";
import { simulate } from "../simulate.ts";
import { type Facts, factsOf } from "./facts.ts";
import type { Hindsight, Outcome } from "./outcome.ts";
import { recordedWorld } from "./world.ts";

/** What is the same: an hour of work is never timed to the second. */
const TOLERANCE: Millis = MINUTE;
/** So long after T-0 is looked on before it counts as blocked. */
const AFTERWARDS: Millis = 100 * DAY;

/** A release that has ended, under a policy; null for one that has not, or whose events are no release. */
export function hindsight(policy: Policy, happened: readonly Happened[]): Hindsight | null {
  const facts = factsOf(happened);
  const then = facts === null ? null : courseOf(facts.plan, happened);
  if (facts === null || then === null || then.end === null) return null;
  const { release, type, version } = facts.plan;
  const about = { release, type, version };
  const refused = refusals(policy, facts.plan);
  if (refused.length > 0) return { ...about, outcome: "blocked", by: null, because: refused };
  const { lead = 0 } = policy.types[type] ?? {};
  const at = Math.max(facts.plan.at, facts.plan.plannedAt + lead);
  const plan = planOf(policy, { ...facts.plan, at });
  const from = plan.plannedAt;
  const horizon = Math.max(0, plan.at - from) + AFTERWARDS;
  const lived = simulate(plan, recordedWorld(facts), { from, horizon });
  const now = courseOf(plan, lived.happened);
  const by = then.went === null || now.went === null ? null : now.went - then.went;
  const outcome = compared(then, now, by);
  const because =
    outcome === "blocked"
      ? holdsOf(facts, statusReport(lived.release, lived.endedAt))
      : outcome === "delayed"
        ? delays(plan, lived.happened, happened)
        : outcome === "turned back"
          ? [now.reason]
          : [];
  return { ...about, outcome, by, because };
}

/** Before anything begins: the type must be there, and may carry what the release carried. */
function refusals({ types }: Policy, { type, changes = {} }: Plan): readonly string[] {
  const of = Object.hasOwn(types, type) ? types[type] : undefined;
  if (of === undefined) return [`there is no release type ${type}`];
  const strange = Object.keys(changes).filter((one) => !of.allows.includes(one));
  return of.allows.length > 0 && strange.length > 0
    ? [`a ${type} may not carry ${listed(strange, "or")}`]
    : [];
}

/** What became of a release. */
interface Course {
  /** When its work in the last environment began; null: it never did. */
  readonly went: Instant | null;
  readonly end: string | null;
  readonly reason: string;
}

function courseOf({ phases }: Plan, happened: readonly Happened[]): Course {
  const last = phases.findLast(
    ({ steps, environment }) => steps.length > 0 && environment,
  )?.environment;
  const works = phases
    .filter(({ environment }) => last === undefined || environment === last)
    .flatMap(({ steps }) => steps.map(({ id }) => id));
  const began = happened.find(
    ({ event }) => event.type === "StepStarted" && works.includes(event.step),
  );
  // The first: a version that was withdrawn later had come out all the same.
  const end = happened.find(({ event }) => event.type === "ReleaseEnded")?.event;
  return {
    went: began?.at ?? null,
    end: end?.type === "ReleaseEnded" ? end.how : null,
    reason: end?.type === "ReleaseEnded" ? end.reason : "",
  };
}

function compared(then: Course, now: Course, by: Millis | null): Outcome {
  if (now.end === "stable" && then.end !== "stable") return "allowed";
  if (then.end !== "aborted" && now.end === null) return "blocked";
  if (now.end === "rolled-back" && then.end === "stable") return "turned back";
  if (by === null) return then.went === now.went || then.went === null ? "same" : "blocked";
  if (by > TOLERANCE) return "delayed";
  return by < -TOLERANCE ? "sooner" : "same";
}

/** What holds it for good, and who could have lifted that; what the policy of then did not ask is told as such. */
function holdsOf(facts: Facts, { holds, why }: ReturnType<typeof statusReport>): readonly string[] {
  const asked = new Set(facts.plan.phases.flatMap(({ gates }) => gates.map(({ name }) => name)));
  if (holds.length === 0) return [why];
  // What the clock lets go by itself is not what it waits for.
  const lasting = holds.filter(({ until }) => until === null);
  return (lasting.length > 0 ? lasting : holds).map(({ name, reason, lift }) => {
    const who = lift.length > 0 ? ` (${lift.join("; ")})` : "";
    const then = asked.has(name) ? "" : "; nobody was asked for it then";
    return `${name}: ${reason}${who}${then}`;
  });
}

/** The gates that let go later than then, or that were not asked then and took their time. */
function delays(
  plan: Plan,
  now: readonly Happened[],
  then: readonly Happened[],
): readonly string[] {
  const passedAt = (events: readonly Happened[], gate: string) =>
    events.find(
      ({ event }) =>
        (event.type === "GateJudged" &&
          event.verdict === "pass" &&
          event.gate.endsWith(`/${gate}`)) ||
        (event.type === "GateWaived" && event.gate.endsWith(`/${gate}`)),
    )?.at ?? null;
  const late = plan.phases.flatMap(({ gates }) =>
    gates.flatMap(({ name }) => {
      const [is, was] = [passedAt(now, name), passedAt(then, name)];
      const held = now.find(
        ({ event }) =>
          event.type === "GateJudged" &&
          event.verdict !== "pass" &&
          event.gate.endsWith(`/${name}`),
      )?.event;
      const isLater = is !== null && (was === null ? held !== undefined : is > was + TOLERANCE);
      return isLater && held?.type === "GateJudged" ? [`${name}: ${held.reason}`] : [];
    }),
  );
  return late.length > 0 ? [...new Set(late)] : ["its phases open later"];
}
