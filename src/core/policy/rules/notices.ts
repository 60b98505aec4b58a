import { formatDuration, type Millis } from "../../base/time.ts";
import { quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { opensAt } from "../timeline.ts";
import { acrossTypes } from "./across-types.ts";

/** People can be told in time: a notice goes out when its phase opens, and its time is over before T-0. */
export const notices: Rule = (policy) => acrossTypes(policy, (type) => lateIn(policy, type));

function lateIn(policy: Policy, type: string): Found[] {
  let opened: Millis | null = null;
  return (policy.types[type]?.phases ?? []).flatMap((phase) => {
    const opens = opensAt(policy, phase);
    if (opens !== null) opened = Math.max(opens, opened ?? opens);
    const told = opened;
    if (told === null) return [];
    return (policy.phases[phase]?.gates ?? []).flatMap((gate): Found[] => {
      const before = policy.gates[gate]?.notice?.before ?? 0;
      if (before === 0 || told + before <= 0) return [];
      const day = told < 0 ? `${formatDuration(-told)} before T-0` : "at T-0 or later";
      const zero = Temporal.PlainDateTime.from("2026-01-08T10:00");
      const date = (at: Millis) => say(zero.add({ milliseconds: at }));
      return [
        {
          severity: "error",
          path: ["gates", gate, "notice", "before"],
          sentence: `people are to be told ${formatDuration(before)} before, and ${quoted(phase)} opens ${day}`,
          counterexample: `with T-0 at ${date(0)} they are told at ${date(told)}, and the time is over at ${date(told + before)}`,
          remedy: "Put the notice into a phase that opens earlier, or ask for less",
        },
      ];
    });
  });
}

function say(at: Temporal.PlainDateTime): string {
  return at.toString({ smallestUnit: "minute" }).replace("T", " ");
}
