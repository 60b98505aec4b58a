// What the world's answers make of a release. An answer to an intent that is no longer wanted is dropped: it comes from a
// repeat, or from work that something else has overtaken. One kind of answer is taken though its intent is not wanted just
// now: that to the very question a step is at. The judge may hold a step while its work is under way; what the world has
// done meanwhile is done, and a step that did not hear of it would wait for ever.
import { ok, type Result } from "../base/result.ts";
import type { Instant } from "../base/time.ts";
import type { Answer } from "../gates/gate.ts";
import { placeKey } from "./claims.ts";
import type { Command } from "./commands.ts";
import { gatesOf } from "./derived.ts";
import type { ReleaseEvent } from "./events.ts";
import { workOf } from "./evolve.ts";
import { judgedBy } from "./guard.ts";
import { type Intent, intentId, next, questionKey } from "./next.ts";
import { retreating } from "./pause.ts";
import { isKnown, stranger } from "./people.ts";
import { type Refusal, refuse } from "./refusals.ts";
import { type Release, UNANSWERED } from "./state.ts";
import { failed } from "./work.ts";

type Events = Result<readonly ReleaseEvent[], Refusal>;
type Ask<Name extends Command["ask"]> = Extract<Command, { ask: Name }>;

export function decideAnswer(
  release: Release,
  { intent: id, answer }: Ask<"answer">,
  now: Instant,
): Events {
  if (id === underWay(release)) return ok(answeredStep(release, answer));
  const intent = next(release, now).intents.find((wanted) => wanted.id === id);
  return ok(intent === undefined ? [] : eventsOf(release, intent, { answer, now }));
}

/** The id of the question that the step under way has asked or is about to ask. */
function underWay(release: Release): string | null {
  const work = workOf(release.stand);
  const step = work?.steps[work.step];
  if (work === null || step === undefined || work.doubt !== null) return null;
  return work.attempt === null ? null : intentId(release, questionKey(step.id, work));
}

function eventsOf(
  release: Release,
  { id, wanted }: Intent,
  { answer, now }: { answer: Answer; now: Instant },
): ReleaseEvent[] {
  switch (wanted.ask) {
    case "look":
      return [lookedAt(release, answer, now)];
    case "tell":
      return [
        answer.outcome === "done"
          ? { type: "MessageSent", message: wanted.outgoing.id }
          : { type: "MessageFailed", message: wanted.outgoing.id, reason: answer.reason },
      ];
    case "free-place":
      return answer.outcome === "done" ? [{ type: "PlaceFreed", place: placeKey(wanted) }] : [];
    case "retreat":
      return retreated(release, answer);
    case "free":
      return answer.outcome === "done"
        ? [{ type: "EnvironmentFreed", environment: wanted.environment }]
        : [];
    default:
      return workOf(release.stand) === null
        ? answeredGate(release, id, answer)
        : answeredStep(release, answer);
  }
}

function retreated(release: Release, answer: Answer): ReleaseEvent[] {
  const step = retreating(release)?.step.id;
  if (step === undefined) return [];
  if (answer.outcome === "done") return [{ type: "TrafficRetreated", step }];
  const reason = `the traffic could not be sent back for the freeze: ${answer.reason}`;
  return [{ type: "ReleaseStopped", reason }];
}

function answeredGate(release: Release, id: string, answer: Answer): ReleaseEvent[] {
  const { stand, plan, gates } = release;
  if (stand.at !== "phase") return [];
  for (const { key } of gatesOf(plan, stand.phase)) {
    const { ask } = gates[key] ?? UNANSWERED;
    if (id === intentId(release, `${key}/${ask}`))
      return [{ type: "GateAnswered", gate: key, ask, answer }];
  }
  return [];
}

function answeredStep(release: Release, answer: Answer): ReleaseEvent[] {
  const work = workOf(release.stand);
  const step = work?.steps[work.step];
  if (work === null || step === undefined) return [];
  if (work.doubt !== null) return settled(step.id, answer);
  if (answer.outcome === "unknown")
    return [{ type: "StepInDoubt", step: step.id, reason: answer.reason }];
  if (answer.outcome === "failed") return [failed(work, step, answer.reason)];
  const exit = answer.facts["exit"];
  if (typeof exit === "number" && exit !== 0) return [failed(work, step, sayExit(exit, answer))];
  return [{ type: "StepAnswered", step: step.id, answer }];
}

/** The reconcile command's answer: 0 for done, 1 for not done, anything else leaves the doubt to a person. */
function settled(step: string, answer: Answer): ReleaseEvent[] {
  const exit = answer.outcome === "done" ? answer.facts["exit"] : undefined;
  if (exit === 0 || exit === 1)
    return [
      {
        type: "DoubtSettled",
        step,
        done: exit === 0,
        how: `its reconcile command says ${exit === 0 ? "done" : "not done"}`,
      },
    ];
  const why = answer.outcome === "done" ? `exit code ${exit}` : answer.reason;
  return [{ type: "StepInDoubt", step, reason: `its reconcile command could not tell (${why})` }];
}

function sayExit(exit: number, answer: Answer): string {
  const tail = answer.outcome === "done" ? answer.facts["output"] : undefined;
  return typeof tail === "string" && tail !== ""
    ? `exit code ${exit}: ${tail}`
    : `exit code ${exit}`;
}

const UNWATCHED = { verdict: "hold", reason: "nothing is exposed" } as const;

function lookedAt(release: Release, answer: Answer, now: Instant): ReleaseEvent {
  const { guard } = release;
  const reading = answer.outcome === "done" ? (answer.reading ?? null) : null;
  if (guard === null) return { type: "TrafficLooked", reading, ...UNWATCHED };
  const { judgement } = judgedBy(guard, { reading, at: now }, release);
  return { type: "TrafficLooked", reading, ...judgement };
}

/** A person says how work of unknown end has ended. */
export function decideSettle(release: Release, { by, done, reason }: Ask<"settle">): Events {
  const work = workOf(release.stand);
  const step = work?.steps[work.step];
  if (!work?.doubt || step === undefined) {
    return refuse(
      "no-doubt",
      "No step of this release is in doubt.",
      `See \`holdpoint status ${release.plan.release}\`.`,
    );
  }
  if (reason.trim() === "")
    return refuse("reason-missing", "This needs a reason.", "Say with `--reason` how you know.");
  if (!isKnown(release.plan, by)) return stranger(by);
  return ok([{ type: "DoubtSettled", step: step.id, done, how: reason }]);
}
