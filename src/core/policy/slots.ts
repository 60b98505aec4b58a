// What must be open together at the T-0 of a release: its cadence, and each gate of a window.
import type { Calendar } from "../calendar/calendar.ts";
import { countingFor } from "../calendar/freezes.ts";
import type { Wanted } from "../calendar/openings.ts";
import type { Finding } from "./finding.ts";
import type { Policy } from "./policy.ts";
import { boundOf } from "./rollback-plan.ts";
import { stepSpec } from "./specs.ts";

export interface Asked {
  readonly wanted: Wanted;
  readonly path: Finding["path"];
  /** The same where the same openings are asked for. */
  readonly key: string;
}

/** All that a type asks of the calendar, as far as its windows can be read. */
export function askedBy(policy: Policy, calendar: Calendar, type: string): readonly Asked[] {
  const { phases = [], cadence = [], yields: others = [] } = policy.types[type] ?? {};
  const yields = others.flatMap((other) => policy.types[other]?.cadence ?? []);
  const frozen = countingFor(calendar, type).map(([name]) => name);
  const asked = (wanted: Pick<Wanted, "windows" | "freezes" | "work">, path: Finding["path"]) => {
    const key = JSON.stringify([wanted, yields, frozen]);
    return { wanted: { ...wanted, type, yields }, path, key };
  };
  const gates = phases.flatMap((phase) =>
    (policy.phases[phase]?.gates ?? []).flatMap((gate): Asked[] => {
      const window = policy.gates[gate]?.window;
      if (window === undefined) return [];
      const windows = window.in.length > 0 ? window.in : cadence;
      const work = boundOf((policy.phases[phase]?.steps ?? []).map(stepSpec));
      return [asked({ windows, freezes: window.freezes, work }, ["gates", gate, "window"])];
    }),
  );
  const own = asked({ windows: cadence, freezes: true, work: 0 }, ["types", type, "cadence"]);
  const all = cadence.length > 0 ? [own, ...gates] : gates;
  return all.filter(({ wanted }) =>
    wanted.windows.every((name) => Object.hasOwn(calendar.windows, name)),
  );
}
