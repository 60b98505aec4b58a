// Bugs in how steps are taken, and how traffic is moved and watched.
import type { Mutation } from "./mutation.ts";

export const STEPS: readonly Mutation[] = [
  {
    name: "a step is tried once more than the policy says",
    file: "release/work.ts",
    from: "final: counting(work) > step.retries };",
    to: "final: counting(work) > step.retries + 1 };",
  },
  {
    name: "a failed step is passed over",
    file: "release/work.ts",
    from: "? { ...work, attempt: null, failed: event.reason }",
    to: "? { ...BEFORE_STEP, steps: work.steps, step: work.step + 1 }",
  },
  {
    name: "a failed command counts as done",
    file: "release/decide-answer.ts",
    from: 'if (typeof exit === "number" && exit !== 0)',
    to: 'if (typeof exit === "number" && exit > 1)',
  },
  {
    name: "an unknown end counts as done",
    file: "release/decide-answer.ts",
    from: 'if (answer.outcome === "unknown")\n    return [{ type: "StepInDoubt", step: step.id, reason: answer.reason }];',
    to: 'if (answer.outcome === "unknown")\n    return [{ type: "StepDone", step: step.id, evidence: {} }];',
  },
  {
    name: "a step in doubt is begun anew without being settled",
    file: "release/work.ts",
    from: "if (step === undefined || work.failed !== null || work.doubt !== null) return null;",
    to: 'if (step === undefined || work.failed !== null) return null;\n  if (work.doubt !== null) return { type: "StepStarted", step: step.id, attempt: work.attempts + 1 };',
  },
  {
    name: "settled as not done counts as done",
    file: "release/work.ts",
    from: "if (!done || work.attempt === null)",
    to: "if (work.attempt === null)",
  },
  {
    name: "the second attempt asks under the keys of the first",
    file: "release/next.ts",
    from: "{ attempts, attempt }: Work): string {",
    to: "{ attempt, ...rest }: Work): string {\n  const attempts = Math.min(rest.attempts, 1);",
  },
  {
    name: "work is asked under a key that changes with the clock",
    file: "release/next.ts",
    from: "wants.ask(questionKey(step.id, work), placed(move.work, step));",
    to: "wants.ask(questionKey(step.id, work) + (wants.now % 7), placed(move.work, step));",
  },
  {
    name: "an answer to an old question is taken for the present one",
    file: "release/decide-answer.ts",
    from: "return work.attempt === null ? null : intentId(release, questionKey(step.id, work));",
    to: "return work.attempt === null ? null : intentId(release, questionKey(step.id, { ...work, attempts: Math.max(1, work.attempts - 1) }));",
  },
  {
    name: "a person's retry counts the attempts anew",
    file: "release/work.ts",
    from: "return { ...work, forgiven: work.attempts, failed: null",
    to: "return { ...work, attempts: 0, failed: null",
  },
  {
    name: "a phase passes before its last step is done",
    file: "release/advance.ts",
    from: "if (stand.work.step >= stand.work.steps.length)",
    to: "if (stand.work.step >= Math.max(1, stand.work.steps.length - 1))",
  },
  {
    name: "a phase opens before its time",
    file: "release/advance.ts",
    from: "now >= phase.opensAt",
    to: "now >= phase.opensAt - 60_000",
  },
  {
    name: "a pause before a retry is never over",
    file: "release/next.ts",
    from: "if (work.retryAt !== null) wants.wakeAt(work.retryAt);",
    to: "",
  },
];

export const TRAFFIC: readonly Mutation[] = [
  {
    name: "the last weight does not soak",
    file: "steps/shift.ts",
    from: "if (set === undefined || length === 0) return null;",
    to: "if (set === undefined || length === 0 || attempt.answers.length > 1) return null;",
  },
  {
    name: "weights are set from the second on",
    file: "steps/shift.ts",
    from: "const canary = config.weights[attempt.answers.length - before(config)];",
    to: "const canary = config.weights[attempt.answers.length - before(config) + (config.weights.length > 2 ? 1 : 0)];",
  },
  {
    name: "the traffic is not looked at after the first exposure",
    file: "release/evolve.ts",
    from: "stepKind(step.kind).exposes ? onGuard(guard, step, at) : guard",
    to: "guard",
  },
  {
    name: "the guard stays in the environment before",
    file: "release/guard.ts",
    from: "if (guard !== null && guard.environment === environment) return guard;",
    to: "if (guard !== null) return guard;",
  },
  {
    name: "the judge's word for a rollback is not heard",
    file: "release/advance.ts",
    from: 'const judged = guard?.judged.verdict === "rollback" ? guard.judged.reason : null;',
    to: "const judged: string | null = null;",
  },
  {
    name: "errors of the new version are forgiven while the stable one has none",
    file: "release/decide-answer.ts",
    from: "const { judgement } = judgedBy(guard, { reading, at: now }, release);",
    to: "const alike = reading && { ...reading, canary: reading.baseline };\nconst { judgement } = judgedBy(guard, { reading: alike, at: now }, release);",
  },
];
