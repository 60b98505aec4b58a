// What the system is, who answers for the document, and its types at a glance.
import { formatDuration } from "../../base/time.ts";
import { listed } from "../../base/words.ts";
import { reviewFindings } from "../../policy/review.ts";
import { rollbackPlan } from "../../policy/rollback-plan.ts";
import { type Block, lines, person, type Section, sentence, text } from "./page.ts";
import type { Told } from "./told.ts";
import { sayGoes } from "./when.ts";

export function standingSection({ policy, day }: Told): Section {
  return {
    title: "At a glance",
    blocks: [...documentBlocks({ policy, day }), glance(policy)],
  };
}

function documentBlocks({ policy, day }: Pick<Told, "policy" | "day">): Block[] {
  const { document } = policy;
  if (document === undefined) return [];
  const { effective, review, signed, approvers } = document;
  const wrong = reviewFindings(policy, day).map(
    ({ sentence: said }) => `**${sentence(text(said))}**`,
  );
  return [
    `In force from ${effective}, to be reviewed by ${review}.${approvers.length > 0 ? ` It is approved by ${text(listed(approvers))}.` : ""}`,
    {
      head: ["signed by", "as", "on"],
      rows: signed.map(({ by, as, on }) => [person(by), text(as), on]),
    },
    ...wrong,
  ];
}

function glance(policy: Told["policy"]): Block {
  return {
    head: ["release type", "for", "carries", "goes", "way back takes at most"],
    rows: Object.entries(policy.types).map(([name, type]) => {
      const slowest = rollbackPlan(policy, name).slowest;
      return [
        `**${text(name)}**`,
        text(type.description ?? ""),
        text(listed(type.bumps, "or")),
        lines(sayGoes(policy, name)),
        slowest === null ? "nothing to undo" : formatDuration(slowest.bound),
      ];
    }),
  };
}
