import { formatDuration, type Millis } from "../../base/time.ts";
import { quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { fromZero, opensAt } from "../timeline.ts";
import { acrossTypes } from "./across-types.ts";

/** No phase is due before it can begin: neither before it opens itself, nor before one that comes earlier opens. */
export const due: Rule = (policy) => acrossTypes(policy, (type) => lateIn(policy, type));

function lateIn(policy: Policy, type: string): Found[] {
  let latest: { phase: string; opens: Millis } | null = null;
  return (policy.types[type]?.phases ?? []).flatMap((phase): Found[] => {
    const opens = opensAt(policy, phase);
    if (opens !== null && opens > (latest?.opens ?? Number.NEGATIVE_INFINITY))
      latest = { phase, opens };
    const by = policy.phases[phase]?.due;
    if (by === undefined || latest === null || latest.opens <= fromZero(by)) return [];
    const late = formatDuration(latest.opens - fromZero(by));
    const waits = latest.phase === phase ? "" : `, after ${quoted(latest.phase)},`;
    return [
      {
        severity: "error",
        path: ["phases", phase, "due"],
        sentence: `${quoted(phase)} is due at ${by}, and begins${waits} at ${sayOffset(latest.opens)} at the earliest`,
        counterexample: `with T-0 at ${clock(0)} it is due at ${clock(fromZero(by))} and opens at ${clock(latest.opens)}, ${late} later`,
        remedy: "Say one time: change `opens` or `due`",
      },
    ];
  });
}

function sayOffset(offset: Millis): string {
  if (offset === 0) return "T-0";
  return offset < 0 ? `T-${formatDuration(-offset)}` : `T+${formatDuration(offset)}`;
}

/** A time of a release whose T-0 is Thursday the first of January 2026, at two in the afternoon. */
function clock(offset: Millis): string {
  const at = Temporal.PlainDateTime.from("2026-01-01T14:00").add({ milliseconds: offset });
  return at.toString({ smallestUnit: "minute" }).replace("T", " ");
}
