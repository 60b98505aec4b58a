import { formatDuration, type Millis } from "../../base/time.ts";
import { quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { opensAt } from "../timeline.ts";
import { acrossTypes } from "./across-types.ts";

/** People can be told in time: a notice goes out when its phase opens, its time is over before T-0, and the work comes after. */
export const notices: Rule = (policy) =>
  acrossTypes(policy, (type) => [
    ...lateIn(policy, type),
    ...unplanned(policy, type),
    ...afterwards(policy, type),
  ]);

/** Notices that are given as soon as a release is planned, which may be later than they ask for. */
function unplanned(policy: Policy, type: string): Found[] {
  const { phases = [], cadence = [], lead = 0 } = policy.types[type] ?? {};
  if (cadence.length === 0) return [];
  const timed = phases.findIndex((phase) => opensAt(policy, phase) !== null);
  return noticesIn(policy, timed === -1 ? phases : phases.slice(0, timed)).flatMap(
    ({ gate, before }): Found[] => {
      if (before <= lead) return [];
      const planned = lead === 0 ? "at any time" : `${formatDuration(lead)} before T-0`;
      return [
        {
          severity: "warning",
          path: ["gates", gate, "notice", "before"],
          sentence: `people are to be told ${formatDuration(before)} before, and a release may be planned ${planned}`,
          counterexample: `one that is planned ${formatDuration(lead)} before its window misses it: the time is over ${formatDuration(before - lead)} after T-0`,
          remedy: `Let it be planned earlier: \`lead: ${formatDuration(before)}\``,
        },
      ];
    },
  );
}

/** Notices that are given when the work is done. */
function afterwards(policy: Policy, type: string): Found[] {
  const phases = policy.types[type]?.phases ?? [];
  const works = (phase: string) =>
    policy.phases[phase]?.steps.some(({ deploy, shift }) => deploy ?? shift) === true;
  const last = phases.findLast(works);
  const where = policy.phases[last ?? ""]?.environment;
  const first = phases.findIndex(
    (phase) => works(phase) && policy.phases[phase]?.environment === where,
  );
  if (last === undefined) return [];
  return noticesIn(policy, phases.slice(first + 1)).map(({ gate, phase }) => ({
    severity: "error",
    path: ["gates", gate, "notice"],
    sentence: `people are to be told before, and ${quoted(phase)} comes after ${quoted(phases[first] ?? "")}, where the work is done`,
    counterexample: `they are told when ${quoted(phases[first] ?? "")} has passed`,
    remedy: "Put the notice into an earlier phase, or announce it by a step",
  }));
}

function noticesIn(policy: Policy, phases: readonly string[]) {
  return phases.flatMap((phase) =>
    (policy.phases[phase]?.gates ?? []).flatMap((gate) => {
      const notice = policy.gates[gate]?.notice;
      return notice === undefined ? [] : [{ phase, gate, before: notice.before }];
    }),
  );
}

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
