import { quoted } from "../../base/words.ts";
import { countingFor } from "../../calendar/freezes.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { askedBy } from "../slots.ts";
import { calendarOf, timesInTenYears } from "../ten-years.ts";

/** Steps of one release type. Long ones have about 30. */
export const MOST_OF_TYPE = 200;
/** Steps of all release types together: the time of all other rules depends on it. */
export const MOST_OF_ALL = 1000;

/** Release types are short enough to be looked through, step by step and from each step back. */
export const size: Rule = (policy) => [
  ...ofSteps(policy),
  ...ofParts(policy),
  ...ofCalendar(policy),
];

/** The most of a sort that is held against each other. */
export const MOST = { types: 100, targets: 100, roles: 500 };
/** Sign-offs times absences. */
export const MOST_DAYS = 20_000;

function ofParts(policy: Policy): Found[] {
  const many = (Object.keys(MOST) as (keyof typeof MOST)[]).flatMap((part): Found[] => {
    const count = Object.keys(policy[part]).length;
    if (count <= MOST[part]) return [];
    const sentence = `there are ${count} under ${quoted(part)}, at most ${MOST[part]} are gone through`;
    return [{ severity: "error", path: [part], sentence, remedy: "Split the policy" }];
  });
  const signoffs = Object.values(policy.gates).filter(({ signoff }) => signoff !== undefined);
  const days = signoffs.length * policy.absences.length;
  if (days <= MOST_DAYS) return many;
  const sentence = `${signoffs.length} sign-offs and ${policy.absences.length} absences are too many to be held against each other`;
  const remedy = "Take out absences that are over, or split the policy";
  return [...many, { severity: "error", path: ["absences"], sentence, remedy }];
}

/** Openings that are laid out, for all types together. */
export const MOST_OPENINGS = 100_000;
/** What it takes to look at a freeze that comes once, counted in openings. */
const ONE_FREEZE = 5;

/** The ten years of the calendar can be gone through, opening by opening. */
function ofCalendar(policy: Policy): Found[] {
  const calendar = calendarOf(policy);
  const times = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + timesInTenYears(calendar.windows[name]?.rule), 0);
  const looked = new Map<string, number>();
  for (const [type, { cadence }] of Object.entries(policy.types)) {
    const freezes = countingFor(calendar, type);
    const frozen = freezes.reduce(
      (sum, [, { rule }]) => sum + ONE_FREEZE + timesInTenYears(rule),
      0,
    );
    if (cadence.length > 0) looked.set(type, times(cadence) + 2 * frozen);
    for (const { key, wanted } of askedBy(policy, calendar, type))
      looked.set(key, times(wanted.windows) + times(wanted.yields ?? []) + frozen);
  }
  const all = [...looked.values()].reduce((sum, one) => sum + one, 0);
  if (all <= MOST_OPENINGS) return [];
  return [
    {
      severity: "error",
      path: ["calendar"],
      sentence: `its windows and freezes come about ${all} times in ten years, for all types together, at most ${MOST_OPENINGS} are gone through`,
      remedy: "Let windows open less often and for longer, or have fewer of them",
    },
  ];
}

function ofSteps(policy: Policy): Found[] {
  const counts = Object.entries(policy.types).map(([type, { phases }]) => {
    const steps = phases.reduce((sum, phase) => sum + (policy.phases[phase]?.steps.length ?? 0), 0);
    return [type, steps] as const;
  });
  const found = (path: string[], sentence: string) => ({
    severity: "error" as const,
    path,
    sentence,
    remedy: "Join steps into scripts, or split the policy",
  });
  const long = counts.filter(([, steps]) => steps > MOST_OF_TYPE);
  const all = counts.reduce((sum, [, steps]) => sum + steps, 0);
  return [
    ...long.map(([type, steps]) =>
      found(
        ["types", type],
        `release type ${type} has ${steps} steps, at most ${MOST_OF_TYPE} are gone through`,
      ),
    ),
    ...(all > MOST_OF_ALL
      ? [
          found(
            ["types"],
            `all release types together have ${all} steps, at most ${MOST_OF_ALL} are gone through`,
          ),
        ]
      : []),
  ];
}
