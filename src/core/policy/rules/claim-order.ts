import { listed, quoted } from "../../base/words.ts";
import { circles } from "../circles.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/**
 * All releases claim environments in the same order. Else one may have the first and wait for the second while another has
 * the second and waits for the first, and both do so for ever. Where one phase claims several, the engine asks for them one
 * after the other, by their names.
 */
export const claimOrder: Rule = (policy) => {
  const waits = Object.keys(policy.types).flatMap((type) => waitsOf(policy, type));
  const held = new Map<string, string[]>();
  for (const { has, wants } of waits) held.set(wants, [...(held.get(wants) ?? []), has]);
  return circles(held).map((circle) => found(circle, waits));
};

/** A release of a type that has one environment waits for another. */
interface Wait {
  readonly type: string;
  readonly has: string;
  readonly wants: string;
  /** Where it waits: the index of the phase in its type. */
  readonly phase: number;
}

function waitsOf(policy: Policy, type: string): readonly Wait[] {
  const has: string[] = [];
  const waits: Wait[] = [];
  for (const [phase, name] of (policy.types[type]?.phases ?? []).entries()) {
    const fresh = claimsIn(policy, name).filter(({ wants }) => !has.includes(wants));
    for (const { wants, isHeld } of fresh) {
      if (isHeld) waits.push(...has.map((one) => ({ type, has: one, wants, phase })));
      has.push(wants);
    }
  }
  return waits;
}

/** What the gates of a phase claim, in the order in which it is asked for; whether the phase waits for it. */
function claimsIn({ phases, gates }: Policy, phase: string) {
  return (phases[phase]?.gates ?? [])
    .flatMap((name) => {
      const gate = gates[name];
      const wants = gate?.exclusive?.environment;
      return wants === undefined ? [] : [{ wants, isHeld: gate?.level === "hold" }];
    })
    .toSorted((one, other) => (one.wants < other.wants ? -1 : 1));
}

function found(circle: readonly string[], waits: readonly Wait[]): Found {
  const round = circle.flatMap((wants, index) => {
    const has = circle[(index + 1) % circle.length];
    return waits.find((wait) => wait.wants === wants && wait.has === has) ?? [];
  });
  const stories = round.map(
    ({ type, has, wants }) => `a ${type} has ${quoted(has)} and waits for ${quoted(wants)}`,
  );
  const [first] = round;
  return {
    severity: "error",
    path: first === undefined ? ["types"] : ["types", first.type, "phases", first.phase],
    sentence: `releases claim ${listed(circle.toSorted().map(quoted))} in different orders, and can wait for each other for ever`,
    counterexample: stories.join("; "),
    remedy: "Have all types claim them in one order, or claim all of them in one phase",
  };
}
