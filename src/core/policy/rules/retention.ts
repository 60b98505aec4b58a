import { quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** Where it is said how long things are kept, nothing that people answer for is left out. */
export const retention: Rule = (policy) => {
  const { retention: kept } = policy;
  if (kept === undefined) return [];
  const made: readonly (readonly [keyof typeof kept, string | undefined])[] = [
    ["approvals", firstGate(policy)],
    ["deployments", firstStep(policy)],
  ];
  return made.flatMap(([what, by]): Found[] => {
    if (by === undefined || kept[what] !== undefined) return [];
    return [
      {
        severity: "warning",
        path: ["retention"],
        part: "key",
        sentence: `it is said how long other things are kept, and not how long ${what} are`,
        counterexample: `what ${quoted(by)} leaves behind may be thrown away on the next day, or never`,
        remedy: `Give \`${what}\` a period`,
      },
    ];
  });
};

function firstGate({ gates }: Policy): string | undefined {
  const people = Object.entries(gates).find(
    ([, { signoff, checklist }]) => signoff !== undefined || checklist !== undefined,
  );
  return people?.[0];
}

function firstStep({ phases }: Policy): string | undefined {
  const work = Object.entries(phases).find(
    ([, { environment, steps }]) => environment !== undefined && steps.length > 0,
  );
  return work?.[0];
}
