// The gates by who answers them: each stands once below every role that has a say in it.
import { gateKind } from "../../gates/table.ts";
import type { GateText } from "../../policy/policy.ts";
import { gateSpec } from "../../policy/specs.ts";
import { type Block, type Section, text } from "./page.ts";
import type { Told } from "./told.ts";

type Policy = Told["policy"];

export function gateSection({ policy }: Told): Section {
  const gates = Object.entries(policy.gates);
  const ofRole = (role: string) => gates.filter(([, gate]) => answerers(gate).includes(role));
  const blocks: Block[] = [
    ...Object.keys(policy.roles).map((role) =>
      part(policy, `Answered by ${text(role)}`, ofRole(role)),
    ),
    part(
      policy,
      "Answered by anyone in the roster",
      gates.filter(([, gate]) => answerers(gate).length === 0 && !isByItself(gate)),
    ),
    part(
      policy,
      "Answered by machines, the calendar and the clock",
      gates.filter(([, gate]) => answerers(gate).length === 0 && isByItself(gate)),
    ),
  ];
  return { title: "What holds a release, by who answers for it", blocks };
}

/** The roles that have a say: those asked to sign, and the owner. */
function answerers({ owner, signoff }: GateText): readonly string[] {
  const signing = Object.keys(signoff?.roles ?? {});
  return [...new Set([...signing, ...(owner === undefined ? [] : [owner])])];
}

/** No person is asked for it. */
function isByItself({ signoff, checklist, evidence }: GateText): boolean {
  return signoff === undefined && checklist === undefined && evidence === undefined;
}

function part(
  policy: Policy,
  title: string,
  gates: readonly (readonly [string, GateText])[],
): Section {
  const list = gates.map(([name, gate]) => {
    const { kind, config } = gateSpec(gate);
    const said = text(gateKind(kind).say(config));
    const item = `**${text(name)}**: ${said}.${LEVELS[gate.level]}${asked(policy, name)}`;
    return {
      item,
      of: Object.values(gate.checklist?.items ?? {}).map((line) => `☐ ${text(line)}`),
    };
  });
  return { title, blocks: list.length === 0 ? [] : [{ list }] };
}

const LEVELS: Readonly<Record<GateText["level"], string>> = {
  hold: "",
  witness: " Invited, holds nothing.",
  review: " Recorded only.",
};

/** The phases that ask it. */
function asked({ phases }: Policy, gate: string): string {
  const asking = Object.keys(phases).filter((name) => phases[name]?.gates.includes(gate));
  return asking.length === 0 ? "" : ` *(${text(asking.join(", "))})*`;
}
