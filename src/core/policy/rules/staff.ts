import { quoted } from "../../base/words.ts";
import type { Finding, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** Whoever is absent or has signed is someone of the roster, and absences end after they begin. */
export const staff: Rule = (policy) => [
  ...policy.absences.flatMap(({ who, from, to }, index) => [
    ...(isKnown(policy, who)
      ? []
      : [
          found(
            ["absences", index, "who"],
            `${quoted(who)} is in no role, so the absence changes nothing`,
            "Name someone of the roster, or take it out",
          ),
        ]),
    ...(from <= to
      ? []
      : [
          found(
            ["absences", index, "to"],
            "the absence ends before it begins",
            "Exchange the days",
          ),
        ]),
  ]),
  ...(policy.document?.signed ?? []).flatMap(({ by, as }, index) =>
    policy.roles[as] === undefined || policy.roles[as].includes(by)
      ? []
      : [
          found(
            ["document", "signed", index, "by"],
            `${quoted(by)} is not in the role ${quoted(as)}, so the signature does not count`,
            "Let someone of the role sign",
          ),
        ],
  ),
];

function isKnown({ roles, staff: all }: Policy, who: string): boolean {
  const deputies = Object.values(all).flatMap((one) => one.deputies);
  return [...Object.values(roles).flat(), ...deputies].includes(who);
}

function found(path: Finding["path"], sentence: string, remedy: string) {
  return { severity: "error" as const, path, sentence, remedy };
}
