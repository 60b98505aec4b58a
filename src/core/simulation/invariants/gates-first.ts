import { MINUTE, momentOfDay } from "../../base/time.ts";
import type { PlannedGate, PlannedPhase } from "../../release/plan.ts";
import type { Course } from "../swarm/course.ts";
import { freezeOn } from "./freezes.ts";
import type { Invariant } from "./invariant.ts";

export const gatesFirst: Invariant = {
  rule: "No hold is let go, and no step of its phase begins, before every gate of level hold passes at that moment: by what people have said of this very bundle, what the world has answered, and the calendar; or is waived.",
  on: {
    StepStarted({ chronicle }, { step }) {
      if (step.startsWith("rollback/") || step.startsWith("withdrawal/")) return null;
      const phase = step.slice(0, step.indexOf("/"));
      return chronicle.released.includes(phase) ? null : `${step} begins, and ${phase} is held`;
    },
    HoldReleased(course, event, { at }) {
      const phase = course.chronicle.plan.phases.find(({ name }) => name === event.phase);
      if (phase === undefined) return `no phase is called ${event.phase}`;
      for (const gate of phase.gates) {
        if (gate.level !== "hold" || course.chronicle.gate(`${phase.name}/${gate.name}`).waived)
          continue;
        const unmet = PROOFS[gate.kind]?.(course, phase, gate, at);
        if (unmet) return `${phase.name} was let go, and ${gate.name} ${unmet}`;
      }
      return null;
    },
  },
};

type Proof = (course: Course, phase: PlannedPhase, gate: PlannedGate, at: number) => string | null;

/** What each kind of gate must rest on, worked out anew from what is known outside the engine. */
const PROOFS: { readonly [kind: string]: Proof | undefined } = {
  check: (course, phase, gate) => {
    const answer = answerOf(course, phase, gate);
    if (answer?.outcome !== "done" || answer.facts["exit"] !== 0) return "has no good answer";
    const { require } = gate.config as { require: object };
    return "failures" in require && answer.facts["failures"] !== 0 ? "has failures" : null;
  },
  objectives: (course, phase, gate) =>
    answerOf(course, phase, gate)?.outcome === "done" ? null : "was not measured",
  budget: (course, phase, gate) => {
    const answer = answerOf(course, phase, gate);
    if (answer?.outcome !== "done") return "was not measured";
    return answer.facts["errors.left"] === 1 ? null : "has no budget left";
  },
  soak: ({ chronicle }, _, { config }, at) => {
    const { environment, for: length } = config as { environment: string; for: number };
    const since = chronicle.passed.get(environment);
    return since !== undefined && at - since >= length ? null : `was not long in ${environment}`;
  },
  notice: (course, phase, gate, at) => {
    const { before } = gate.config as { before: number };
    if (answerOf(course, phase, gate)?.outcome !== "done") return "was not told";
    const { answeredAt } = course.chronicle.gate(`${phase.name}/${gate.name}`);
    return at - answeredAt >= before ? null : "was told too late";
  },
  evidence: ({ chronicle }, phase, { name, config }, at) => {
    const { younger } = config as { younger: number };
    const { provenAt } = chronicle.gate(`${phase.name}/${name}`);
    return at - provenAt < younger ? null : "has no record that is young enough";
  },
  exclusive: ({ outside, doer }, _, { config }) => {
    const { environment } = config as { environment: string };
    return outside.claims.get(environment) === doer.release ? null : `does not have ${environment}`;
  },
  limit: (course, phase, gate, at) => {
    const answer = answerOf(course, phase, gate);
    if (answer?.outcome !== "done" || at >= Number(answer.facts["ends"]))
      return "has no place in this period";
    const holder = course.outside.limits.get(String(answer.facts["place"]));
    return holder === course.doer.release ? null : "has a place that another has";
  },
  changes: ({ chronicle: { plan } }, _, { config }) => {
    const { allows } = config as { allows: readonly string[] };
    const late = Object.entries(plan.changes ?? {}).filter(
      ([type, { last }]) => last >= plan.at - 30 * MINUTE && !allows.includes(type),
    );
    return late.length === 0 ? null : "has changes that came too late";
  },
  documentation: (course, phase, gate) => {
    const answer = answerOf(course, phase, gate);
    return answer?.outcome === "done" && answer.facts["missing"] === 0
      ? null
      : "has documents missing";
  },
  debt: (course, phase, gate) => {
    const answer = answerOf(course, phase, gate);
    return answer?.outcome === "done" && answer.facts["overdue"] === 0 ? null : "is owed something";
  },
  "in-force": ({ chronicle: { plan } }, _, __, at) => {
    const from = plan.terms.document?.effective;
    return from !== undefined && at >= momentOfDay(from, "UTC") ? null : "is not in force yet";
  },
  checklist: ({ chronicle }, phase, gate) => {
    const { ticks } = chronicle.gate(`${phase.name}/${gate.name}`);
    const { items } = gate.config as { items: object };
    const open = Object.keys(items).find((item) => !ticks.has(item));
    return open === undefined ? null : `has ${open} unticked`;
  },
  window: ({ chronicle }, _, __, at) =>
    freezeOn(chronicle.plan, at) === null ? null : "stands in a freeze",
  signoff: ({ chronicle }, phase, gate) => {
    const config = gate.config as {
      roles: Record<string, number>;
      distinct: boolean;
      not: string[];
    };
    const { plan } = chronicle;
    const counts = chronicle
      .gate(`${phase.name}/${gate.name}`)
      .yes.filter(
        ({ by, role }) =>
          plan.terms.roles[role]?.includes(by) &&
          !(config.not.includes("author") && plan.authors.includes(by)) &&
          !(config.not.includes("requester") && plan.requester === by),
      );
    const seats = Object.entries(config.roles).flatMap(([role, wanted]) =>
      Array.from({ length: wanted }, () => role),
    );
    return seated(seats, counts, config.distinct) ? null : "has no quorum";
  },
};

/** Whether every seat can be taken by a yes of its own; by trying all ways. */
function seated(
  [seat, ...seats]: readonly string[],
  yes: readonly { by: string; role: string }[],
  distinct: boolean,
): boolean {
  if (seat === undefined) return true;
  return yes.some(
    (one) =>
      one.role === seat &&
      seated(
        seats,
        yes.filter((other) => other !== one && (!distinct || other.by !== one.by)),
        distinct,
      ),
  );
}

function answerOf({ chronicle, said, doer }: Course, phase: PlannedPhase, gate: PlannedGate) {
  const key = `${phase.name}/${gate.name}`;
  const { answered } = chronicle.gate(key);
  return answered === null ? undefined : said.get(`${doer.release}/${key}/${answered}`);
}
