// Bugs in the way back, and in what is told.
import type { Mutation } from "./mutation.ts";

export const BACK: readonly Mutation[] = [
  {
    name: "a rollback takes back in the order of the plan",
    file: "policy/rollback-plan.ts",
    from: "of begun.toReversed()) {\n    if (closed.has(environment)) continue;",
    to: "of begun) {\n    if (closed.has(environment)) continue;",
  },
  {
    name: "a step that was begun and not done is not taken back",
    file: "release/rollback.ts",
    from: "const back = noReturn === null ? takeBack(begun) : [];",
    to: "const back = noReturn === null ? takeBack(begun.slice(0, -1)) : [];",
  },
  {
    name: "a rollback is not verified",
    file: "release/rollback.ts",
    from: '...named(proofs(back, verify), "rollback/verify")];',
    to: "];",
  },
  {
    name: "the bound of a rollback leaves out its last step",
    file: "release/rollback.ts",
    from: "bound: decide + boundOf(steps),",
    to: "bound: boundOf(steps.slice(0, 1)) / 8,",
  },
  {
    name: "it is rolled back past the point of no return",
    file: "release/rollback.ts",
    from: 'if (how.undo === "impossible") return { step: id, why: how.why };',
    to: 'if (how.undo === "impossible" && kind !== "promote") return { step: id, why: how.why };',
  },
  {
    name: "a rollback that stopped is decided anew",
    file: "release/decide.ts",
    from: 'return stand.at === "rollback" || (stand.at === "stopped" && stand.from.at === "rollback");',
    to: 'return stand.at === "rollback";',
  },
  {
    name: "anyone orders a rollback",
    file: "release/decide.ts",
    from: "if (!may.includes(by)) {",
    to: "if (may.length === 0) {",
  },
  {
    name: "a release is aborted although it must be undone",
    file: "release/decide.ts",
    from: "if (way.undo.length > 0) {",
    to: "if (way.undo.length > 9) {",
  },
  {
    name: "an ended release is aborted once more",
    file: "release/decide.ts",
    from: 'if (release.stand.at === "ended") {',
    to: 'if (release.stand.at === "ended" && command.ask !== "abort") {',
  },
  {
    name: "a rollback waits for the judge of the new version",
    file: "release/work.ts",
    from: 'const exposed = release.stand.at === "phase" ? release.guard : null;',
    to: "const exposed = release.guard;",
  },
  {
    name: "an environment that has closed is taken back",
    file: "policy/rollback-plan.ts",
    from: "      closed.add(environment);\n",
    to: "",
  },
  {
    name: "an environment that a late rollback has frozen is given back",
    file: "release/next.ts",
    from: "claims.filter((claim) => claim !== back?.frozen)",
    to: "claims.filter((claim) => claim !== back?.frozen || back.late.length > 0)",
  },
  {
    name: "anyone withdraws a version",
    file: "release/withdrawal.ts",
    from: "if (!may.includes(by)) {",
    to: "if (may.length === 0) {",
  },
  {
    name: "a version that was rolled back is withdrawn once more",
    file: "release/withdrawal.ts",
    from: '    case "stable":\n',
    to: '    case "stable":\n    case "rolled-back":\n',
  },
];

export const TOLD: readonly Mutation[] = [
  {
    name: "a message that was told stays in the outbox",
    file: "release/evolve.ts",
    from: "outbox: state.outbox.filter(({ id }) => id !== event.message) };",
    to: "outbox: state.outbox };",
  },
  {
    name: "nobody is told of a rollback",
    file: "release/outbox.ts",
    from: 'return { name: "rollback", reason: event.reason };',
    to: "return null;",
  },
  {
    name: "state that no event tells of: the clock of a decision",
    file: "release/decide.ts",
    from: "return ok({ happened, release: state });",
    to: "return ok({ happened, release: { ...state, told: state.told + (now % 11 === 0 ? 1 : 0) } });",
  },
];
