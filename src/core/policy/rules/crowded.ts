import { formatDuration, formatInZone } from "../../base/time.ts";
import { counted, quoted } from "../../base/words.ts";
import { type Period, periodAt } from "../../calendar/period.ts";
import { isZone } from "../../calendar/recurrence.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { regularDays } from "../regular-days.ts";
import { calendarOf, tenYears } from "../ten-years.ts";

/** A limit of releases in a period is no lower than the regular days in it, and no clock runs out while one waits for a place. */
export const crowded: Rule = (policy, since) => {
  // In a zone that nobody knows there are no days; that it is unknown is found by its own rule.
  if (!isZone(policy.zone)) return [];
  const within = tenYears(policy, since);
  const days = regularDays(policy, calendarOf(policy), within);
  return Object.keys(policy.types).flatMap((type) =>
    limitsOf(policy, type).flatMap((limit) => [
      ...tooManyDays(policy, {
        ...limit,
        days: (days.get(type) ?? []).filter((day) => !day.frozen),
      }),
      ...clocksOver(policy, { ...limit, from: within.from }),
    ]),
  );
};

interface Limit {
  readonly type: string;
  readonly gate: string;
  /** Index of its phase in the type. */
  readonly at: number;
  readonly most: number;
  readonly per: Period;
}

function limitsOf(policy: Policy, type: string): readonly Limit[] {
  const { phases = [] } = policy.types[type] ?? {};
  return phases.flatMap((phase, at) =>
    (policy.phases[phase]?.gates ?? []).flatMap((gate): Limit[] => {
      const limit = policy.gates[gate]?.limit;
      return limit === undefined ? [] : [{ type, gate, at, ...limit }];
    }),
  );
}

function tooManyDays(
  policy: Policy,
  { type, gate, most, per, days }: Limit & { readonly days: readonly { readonly at: number }[] },
): Found[] {
  // The days come in order, so that one period serves for all that lie in it.
  let period = periodAt(per, days[0]?.at ?? 0, policy.zone);
  const all = Map.groupBy(days, ({ at }) => {
    if (at >= period.to) period = periodAt(per, at, policy.zone);
    return period.name;
  });
  const full = [...all].filter(([, opened]) => opened.length > most);
  const [first] = full;
  const next = first?.[1][most];
  if (first === undefined || next === undefined) return [];
  return [
    {
      severity: "note",
      path: ["gates", gate, "limit", "most"],
      sentence: `${counted(full.length, "time")} in ten years more regular days of ${type} lie in one ${per} than releases may go in it, ${most}`,
      counterexample: `${first[0]} has ${first[1].length}; where all before are taken, the one of ${formatInZone(next.at, policy.zone)} passes without a release`,
      remedy: "Nothing where they are meant as a choice; else let more go, or open less often",
    },
  ];
}

/** Clocks that a full period can outlast: they count on while the release waits for the next one. */
function clocksOver(
  policy: Policy,
  { type, gate, at, most, per, from }: Limit & { readonly from: number },
): Found[] {
  const { clocks = {}, phases = [] } = policy.types[type] ?? {};
  const period = periodAt(per, from, policy.zone);
  const longest = period.to - period.from;
  return Object.entries(clocks).flatMap(([name, clock]): Found[] => {
    const end = phases.findIndex((phase) =>
      clock.phase === undefined
        ? policy.phases[phase]?.gates.includes(clock.gate ?? "")
        : phase === clock.phase,
    );
    if (clock.from === "zero" || end < at || clock.within >= longest) return [];
    return [
      {
        severity: "note",
        path: ["types", type, "clocks", name, "within"],
        sentence: `the clock ${quoted(name)} runs out after ${formatDuration(clock.within)}, and ${quoted(gate)} lets ${most} go in one ${per}: a release that finds it full waits for the next`,
        counterexample: `with ${most} in the ${per} from ${formatInZone(period.from, policy.zone)}, one more on its first day waits until ${formatInZone(period.to, policy.zone)}`,
        remedy: "Nothing where the limit counts more than the clock; else let more go",
      },
    ];
  });
}
