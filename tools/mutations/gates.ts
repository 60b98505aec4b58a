// Bugs in how gates hold and who may let them go.
import type { Mutation } from "./mutation.ts";

export const GATES: readonly Mutation[] = [
  {
    name: "a hold is let go while a gate is still pending",
    file: "release/advance.ts",
    from: 'if (gate.level === "hold" && !letsGo(verdict))',
    to: 'if (gate.level === "hold" && verdict.verdict === "fail")',
  },
  {
    name: "a verdict stands although something new is known",
    file: "release/advance.ts",
    from: "return isStale || (judged.until",
    to: "return (judged.until",
  },
  {
    name: "a verdict stands although its time is over: a freeze that begins is not seen",
    file: "release/advance.ts",
    from: "(judged.until !== undefined && judged.until <= now) ? null",
    to: "(judged.until !== undefined && judged.until <= now - 86_400_000) ? null",
  },
  {
    name: "a hold is let go although its gates are only witnesses of what they should hold",
    file: "release/advance.ts",
    from: "    if (gate.level",
    to: '    if (gate.level !== "review" && verdict.verdict === "fail") held = true;\n    if (gate.kind !== "exclusive" && gate.level',
  },
  {
    name: "an approval outlives the bundle that it was given for",
    file: "release/decide-revise.ts",
    from: "changed }, ...voided(release, plan, changed)]",
    to: "changed }]",
  },
  {
    name: "a voided gate keeps its answer",
    file: "release/evolve.ts",
    from: "return { ...UNANSWERED, ask: gate.ask + 1 };",
    to: "return { ...gate, ask: gate.ask + 1, isStale: true };",
  },
  {
    name: "a voided gate asks its question under the old key",
    file: "release/evolve.ts",
    from: "return { ...UNANSWERED, ask: gate.ask + 1 };",
    to: "return UNANSWERED;",
  },
  {
    name: "authors approve their own work",
    file: "gates/signoff.ts",
    from: 'if (config.not.includes("author") && context.authors.includes(by))',
    to: 'if (config.not.includes("author") && context.authors.length > 1 && context.authors.includes(by))',
  },
  {
    name: "one person takes two seats of a sign-off",
    file: "gates/signoff.ts",
    from: "(config.distinct ? given.by",
    to: "(!config.distinct ? given.by",
  },
  {
    name: "anyone waives a gate",
    file: "release/decide-gate.ts",
    from: "if (!may.includes(by))",
    to: "if (may.length === 0)",
  },
  {
    name: "anyone ticks a checklist",
    file: "release/decide-gate.ts",
    from: "if (allowed.includes(by)) return null;",
    to: "if (allowed.length > 0) return null;",
  },
  {
    name: "a checklist passes with one item open",
    file: "gates/checklist.ts",
    from: "if (open.length === 0)",
    to: "if (open.length <= 1)",
  },
  {
    name: "a check passes whatever its figures are",
    file: "gates/check.ts",
    from: "if (wrong.length > 0)",
    to: "if (wrong.length > 9)",
  },
  {
    name: "a spent error budget passes",
    file: "gates/budget.ts",
    from: "* 10_000 <= least ||",
    to: "* 10_000 < least ||",
  },
  {
    name: "a soak counts from the beginning of its phase",
    file: "gates/soak.ts",
    from: "if (now >= over)",
    to: "if (now >= since)",
  },
  {
    name: "people are told just before the work",
    file: "gates/notice.ts",
    from: "if (now >= over) {",
    to: "if (now >= answeredAt) {",
  },
  {
    name: "no record is young enough",
    file: "gates/evidence.ts",
    from: "const until = newest.when + younger;",
    to: "const until = newest.when;",
  },
];

export const CLAIMS: readonly Mutation[] = [
  {
    name: "an environment that another release has passes for one's own",
    file: "gates/exclusive.ts",
    from: 'if (answer.outcome === "done")',
    to: 'if (answer.outcome !== "unknown")',
  },
  {
    name: "an environment is never given back",
    file: "release/next.ts",
    from: 'if (stand.at === "ended" || stand.at === "withdrawal") {',
    to: 'if (stand.at === "ended" && stand.how === "rolled-back") {',
  },
  {
    name: "a claim counts only once it is answered",
    file: "release/evolve.ts",
    from: "...claimedAt(state, event.phase),",
    to: "",
  },
  {
    name: "an environment is given back while the release is stopped",
    file: "release/next.ts",
    from: 'if (stand.at === "ended" || stand.at === "withdrawal") {',
    to: 'if (stand.at === "ended" || stand.at === "stopped") {',
  },
  {
    name: "a place is never given back",
    file: "release/next.ts",
    from: "begun.length > 0 ? [] : places",
    to: "[] as typeof places",
  },
  {
    name: "a place is given back after work has begun",
    file: "release/next.ts",
    from: "begun.length > 0 ? [] : places",
    to: "places",
  },
  {
    name: "a release goes that got no place",
    file: "gates/limit.ts",
    from: 'if (answer.outcome === "done") {',
    to: 'if (answer.outcome !== "unknown") {',
  },
  {
    name: "a place lasts longer than its period",
    file: "gates/limit.ts",
    from: "const isOver = until !== undefined && now >= until;",
    to: "const isOver = false;",
  },
];

/** Bugs of gates that rest on documents and records. */
export const WRITTEN: readonly Mutation[] = [
  {
    name: "a policy counts before its day",
    file: "gates/in-force.ts",
    from: "if (now < begins) {",
    to: "if (now < 0) {",
  },
  {
    name: "missing documents do not matter",
    file: "gates/documentation.ts",
    from: "if (missing === 0)",
    to: "if (missing !== -1)",
  },
  {
    name: "an overdue debt does not matter",
    file: "gates/debt.ts",
    from: "if (overdue === 0)",
    to: "if (overdue !== -1)",
  },
  {
    name: "a change that came too late passes",
    file: "gates/changes.ts",
    from: "last >= begins && !allows.includes(type)",
    to: "last > begins + 3_600_000 && !allows.includes(type)",
  },
];
