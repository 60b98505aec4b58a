// What is promised: objectives with their error budgets, and how long parts of a release may take.
import { formatDuration } from "../../base/time.ts";
import { listed } from "../../base/words.ts";
import { sayLimit } from "../../objectives/breaches.ts";
import { periodOf } from "../../objectives/objective.ts";
import { type Section, sentence, text } from "./page.ts";
import type { Told } from "./told.ts";

export function promiseSection({ policy: { objectives, targets, retention = {} } }: Told): Section {
  const promised = Object.entries(objectives).map(([name, objective]) => [
    `**${text(name)}**`,
    text(sayLimit(objective)),
    formatDuration(periodOf(objective)),
  ]);
  const times = Object.entries(targets).map(([name, { types, phases, within }]) => [
    `**${text(name)}**`,
    formatDuration(within),
    text(phases.length > 1 ? `${phases[0]} to ${phases.at(-1)}` : listed(phases)),
    types.length === 0 ? "every type" : text(listed(types)),
  ]);
  const kept = Object.entries(retention).map(([what, how]) => `${what} are kept for ${how}`);
  return {
    title: "What is promised",
    blocks: [
      { head: ["objective", "limit", "its error budget counts over"], rows: promised },
      { head: ["part of a release", "takes at most", "from and to", "for"], rows: times },
      ...(kept.length > 0 ? [{ list: kept.map((one) => sentence(text(one))) }] : []),
    ],
  };
}
