// The way back: its promise, what begins it, and for each type the derived bound and the point of no return.
import { formatDuration } from "../../base/time.ts";
import { listed } from "../../base/words.ts";
import { sayHolds, sayTriggers } from "../../judge/trigger-words.ts";
import { rollbackPlan } from "../../policy/rollback-plan.ts";
import { stepSpec } from "../../policy/specs.ts";
import { stepKind } from "../../steps/table.ts";
import { type Block, type Section, sentence, text } from "./page.ts";
import type { Told } from "./told.ts";

type Policy = Told["policy"];

export function rollbackSection({ policy }: Told): Section {
  const { target, most, decide, roles, on, verify } = policy.rollback;
  const who = roles.length > 0 ? listed(roles, "or") : "anyone in the roster";
  const proofs = verify.map(stepSpec).map(({ kind, config }) => stepKind(kind).say(config));
  const facts = [
    `promised: the old version serves alone and is verified ${formatDuration(target)} after the decision${most === undefined ? "" : `, a complex one after ${formatDuration(most)}`}`,
    `the decision itself may take ${formatDuration(decide)}`,
    `by hand it is ordered by ${who}, with a reason`,
    proofs.length > 0 ? `then it is proved: ${listed(proofs)}` : "then nothing is proved",
    "no freeze and no closed window ever stops it",
  ];
  return {
    title: "The way back",
    blocks: [
      { list: facts.map((fact) => sentence(text(fact))) },
      { title: "What begins it by itself", blocks: triggers(sayTriggers(on)) },
      { title: "What holds it meanwhile", blocks: holds(sayHolds(on)) },
      { title: "How long it takes", blocks: bounds(policy) },
    ],
  };
}

function triggers(said: readonly string[]): Block[] {
  if (said.length === 0) return ["Nothing: only people turn a release back."];
  return [{ list: said.map((one) => sentence(text(one))) }];
}

function holds(said: readonly string[]): Block[] {
  return said.length === 0 ? [] : [{ list: said.map((one) => sentence(text(one))) }];
}

/** Of each type that can have something to undo: the slowest way back of all, and where it ends. */
function bounds(policy: Policy): Block[] {
  const rows = Object.keys(policy.types).map((type) => {
    const { slowest, noReturn } = rollbackPlan(policy, type);
    const way = slowest?.steps.map(({ kind }) => kind) ?? [];
    const last =
      noReturn === null
        ? "never"
        : `${noReturn.phase}, step ${noReturn.index + 1}: ${noReturn.why}`;
    return [
      `**${text(type)}**`,
      slowest === null ? "nothing to undo" : formatDuration(slowest.bound),
      slowest === null ? "" : text(`${slowest.phase}, step ${slowest.index + 1} (${slowest.kind})`),
      text(way.join(", ")),
      text(last),
    ];
  });
  const head = ["type", "at most", "slowest from", "what is done", "no way back any more after"];
  return [
    "Derived from the steps: each says how it is undone and how long that may take. Attempts that fail and are tried again come on top.",
    { head, rows },
  ];
}
