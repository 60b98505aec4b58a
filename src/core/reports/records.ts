import type { Proof } from "../gates/gate.ts";
import { gateKey, type Release } from "../release/state.ts";

/** The newest record of something that any of these releases was given for an `evidence` gate. */
export function newestRecord(releases: readonly Release[], record: string): Proof | null {
  const found = releases.flatMap(({ plan, gates }) =>
    plan.phases.flatMap((phase) =>
      phase.gates.flatMap(({ name, kind, config }) => {
        const of = kind === "evidence" ? (config as { record: string }).record : null;
        const proof = gates[gateKey(phase.name, name)]?.proof;
        return of === record && proof !== undefined ? [proof] : [];
      }),
    ),
  );
  return found.sort((a, b) => b.when - a.when)[0] ?? null;
}
