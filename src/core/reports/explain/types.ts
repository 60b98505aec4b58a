// Each release type: what it may carry, when it goes, its timeline, its clocks and what it owes.
import { formatDuration } from "../../base/time.ts";
import { listed } from "../../base/words.ts";
import { stepSpec } from "../../policy/specs.ts";
import { stepKind } from "../../steps/table.ts";
import { type Block, lines, type Section, sentence, text } from "./page.ts";
import type { Told } from "./told.ts";
import { sayGoes, sayYields } from "./when.ts";

type Policy = Told["policy"];
type Type = Policy["types"][string];

export function typeSections({ policy }: Told): Section {
  const blocks = Object.entries(policy.types).map(([name, type]) => ({
    title: text(name),
    blocks: typeBlocks(policy, name, type),
  }));
  return { title: "Release types", blocks };
}

function typeBlocks(policy: Policy, name: string, type: Type): Block[] {
  const facts = [
    `It carries ${carries(type)}`,
    ...sayGoes(policy, name).map((when) => `It goes ${when}`),
    ...[sayYields(policy, name)].filter((said) => said !== ""),
    ...more(type),
  ];
  return [
    ...(type.description === undefined ? [] : [sentence(text(type.description))]),
    { list: facts.map((fact) => sentence(text(fact))) },
    timeline(policy, type),
    { title: "Clocks", blocks: clocks(type) },
    { title: "What it owes afterwards", blocks: debts(type) },
  ];
}

function carries({ bumps, allows, bars }: Type): string {
  const only = allows.length > 0 ? `; of commits only ${listed(allows)}` : "";
  const none = bars.length > 0 ? `; nothing of ${listed(bars, "or")}` : "";
  return `${listed(bumps, "or")} changes${only}${none}`;
}

/** What else is said of a type, one plain phrase each. */
function more(type: Type): string[] {
  const { automatic, needs, prefers, lead, suffix, candidate, branch, tag } = type;
  const decided = Object.entries(type["decided-by"] ?? {});
  return [
    ...(automatic ? [] : ["it is never chosen by itself: somebody names it"]),
    ...(needs.length > 0 ? [`an ${listed(needs)} is named when it is planned`] : []),
    ...(lead === undefined ? [] : [`it is planned at least ${formatDuration(lead)} before T-0`]),
    ...(prefers.length > 0 ? [`${listed(prefers, "or")} is advised for T-0`] : []),
    ...(suffix === undefined ? [] : [`its versions end in -${suffix}.1 and so on`]),
    ...(candidate === undefined ? [] : [`it brings candidates, such as 1.3.0-${candidate}.1`]),
    ...(branch === undefined ? [] : [`it is released from ${branch}`]),
    ...(tag === undefined ? [] : [`its tags are named ${tag}`]),
    ...(type.starts === undefined ? [] : [STARTS[type.starts]]),
    ...(decided.length > 0
      ? [`the yes of ${listed(decided.map(([role, of]) => `${of} ${role}`))} is all that it needs`]
      : []),
  ];
}

const STARTS = {
  "by-hand": "somebody begins it by hand",
  merge: "every merge begins one",
} as const;

function timeline({ phases }: Policy, type: Type): Block {
  const rows = type.phases.map((name, at) => {
    const phase = phases[name];
    const opens = phase?.opens ?? (at === 0 ? "at once" : "then");
    const times = [
      opens,
      ...(phase?.due === undefined ? [] : [`passed by ${phase.due}`]),
      ...(phase?.longest === undefined ? [] : [`works ${formatDuration(phase.longest)} at most`]),
    ];
    const steps = (phase?.steps ?? []).map((step) => {
      const { kind, config } = stepSpec(step);
      return stepKind(kind).say(config);
    });
    const where = phase?.environment === undefined ? "" : ` in ${text(phase.environment)}`;
    return [lines(times), `**${text(name)}**${where}`, lines(phase?.gates ?? []), lines(steps)];
  });
  return { head: ["when", "phase", "held until these pass", "then the work, in order"], rows };
}

function clocks({ clocks: all }: Type): Block[] {
  const said = Object.entries(all).map(([name, { from, phase, gate, within }]) => {
    const what = `${phase ?? gate} has passed within ${formatDuration(within)} of ${SINCE[from]}`;
    return `${text(name)}: ${text(what)}; later is told.`;
  });
  return said.length > 0 ? [{ list: said }] : [];
}

const SINCE = { planned: "the planning", merge: "the latest commit", zero: "T-0" } as const;

function debts({ owes }: Type): Block[] {
  return [
    {
      head: ["what", "within", "settled by", "overdue, it holds"],
      rows: owes.map(({ what, within, role, of }) => [
        text(what),
        formatDuration(within),
        text(role),
        of.length === 0 ? "every type that asks" : text(listed(of)),
      ]),
    },
  ];
}
