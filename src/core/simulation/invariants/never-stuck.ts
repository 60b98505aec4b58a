import { gatesOf } from "../../release/derived.ts";
import { next } from "../../release/next.ts";
import { UNANSWERED } from "../../release/state.ts";
import type { Invariant } from "./invariant.ts";

export const neverStuck: Invariant = {
  rule: "A release never waits for nothing: it has ended or stopped, is in doubt, is held by a gate that does not pass, or wants or awaits something; and nothing that it awaits is past.",
  state({ release, now }, { ask }) {
    if (ask !== "wake") return null;
    const { wakeAt } = next(release, now);
    return wakeAt !== null && wakeAt <= now ? "it awaits what is past" : null;
  },
  wants({ release }, { intents, wakeAt }) {
    const { stand, plan, gates } = release;
    if (intents.length > 0 || wakeAt !== null || stand.at === "ended" || stand.at === "stopped")
      return null;
    if (stand.work?.doubt) return null;
    const held =
      stand.at === "phase" && stand.work === null && stand.openedAt !== null
        ? gatesOf(plan, stand.phase).some(({ gate, key }) => {
            const { verdict } = (gates[key] ?? UNANSWERED).judged;
            return gate.level === "hold" && verdict !== "pass" && verdict !== "waived";
          })
        : false;
    return held ? null : `it waits for nothing: ${JSON.stringify(stand).slice(0, 300)}`;
  },
};
