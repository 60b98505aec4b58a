import { formatDuration, formatInZone, type Millis } from "../../base/time.ts";
import { counted, quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { type RegularDay, regularDays } from "../regular-days.ts";
import { calendarOf, tenYears } from "../ten-years.ts";
import { stretchOf } from "../timeline.ts";

/** A release that has an environment for itself gives it back before a whole regular window of the next is lost to it. */
export const occupied: Rule = (policy, since) => {
  const calendar = calendarOf(policy);
  const days = regularDays(policy, calendar, tenYears(policy, since));
  const claims = new Map(Object.keys(policy.types).map((type) => [type, claimsOf(policy, type)]));
  return [...days].flatMap(([type, own]) =>
    [...days].flatMap(([other, theirs]) => {
      const claim = claims
        .get(type)
        ?.find(({ environment }) =>
          claims.get(other)?.some((one) => one.environment === environment),
        );
      if (claim === undefined) return [];
      const zone = calendar.windows[own[0]?.window ?? ""]?.zone ?? policy.zone;
      return between(policy, { type, other, own, theirs, claim, zone });
    }),
  );
};

interface Claim {
  readonly environment: string;
  readonly phase: string;
  /** How long it is kept at the longest: until the release ends. */
  readonly lasts: Millis;
}

/** The environments that a release of the type has for itself, each from the phase whose gate claims it. */
function claimsOf(policy: Policy, type: string): readonly Claim[] {
  const { phases = [] } = policy.types[type] ?? {};
  return phases.flatMap((phase, index) =>
    (policy.phases[phase]?.gates ?? []).flatMap((gate): Claim[] => {
      const environment = policy.gates[gate]?.exclusive?.environment;
      if (environment === undefined) return [];
      return [{ environment, phase, lasts: stretchOf(policy, phases.slice(index)).total }];
    }),
  );
}

function between(
  policy: Policy,
  looked: {
    readonly type: string;
    readonly other: string;
    readonly own: readonly RegularDay[];
    readonly theirs: readonly RegularDay[];
    readonly claim: Claim;
    readonly zone: string;
  },
): Found[] {
  const { type, other, own, theirs, claim, zone } = looked;
  const begun = own.filter(({ frozen }) => !frozen);
  let count = 0;
  const lost = theirs.flatMap((next) => {
    if (next.frozen) return [];
    while ((begun[count]?.at ?? Number.POSITIVE_INFINITY) < next.at) count += 1;
    const holder = begun[count - 1];
    const isLost =
      holder !== undefined && holder.day !== next.day && holder.at + claim.lasts >= next.until;
    return isLost ? [{ holder, next }] : [];
  });
  const [first] = lost;
  if (first === undefined) return [];
  const say = (at: number) => formatInZone(at, zone);
  const { holder, next } = first;
  return [
    {
      severity: "warning",
      path: ["types", type, "phases", policy.types[type]?.phases.indexOf(claim.phase) ?? 0],
      sentence: `a release of type ${type} may have ${quoted(claim.environment)} for itself for ${formatDuration(claim.lasts)}, so that ${counted(lost.length, "regular day")} of ${other === type ? "the next of its type" : other} in ten years may pass before it ends`,
      counterexample: `one that begins on ${say(holder.at)} ends by ${say(holder.at + claim.lasts)}, and ${quoted(next.window)} is open from ${say(next.at)} to ${say(next.until)}`,
      remedy: "Let it watch for less long, or let the other go on another day",
    },
  ];
}
