// Who does what: people by role, their deputies, their duties, and who is away.

import { type Block, person, type Section, text } from "./page.ts";
import type { Told } from "./told.ts";

type Policy = Told["policy"];

export function peopleSection({ policy, day }: Told): Section {
  return { title: "People", blocks: [roles(policy), ...duties(policy), absences(policy, day)] };
}

function roles({ roles: all, staff }: Policy): Block {
  const rows = Object.entries(all).map(([role, people]) => [
    `**${text(role)}**`,
    people.map(person).join(", "),
    (staff[role]?.deputies ?? []).map(person).join(", "),
  ]);
  return { head: ["role", "people", "deputies, while one of them is away"], rows };
}

function duties({ staff }: Policy): Block[] {
  const rows = Object.entries(staff).flatMap(([role, { duties: of }]) =>
    of.before.length + of.during.length + of.after.length === 0
      ? []
      : [
          [
            `**${text(role)}**`,
            ...[of.before, of.during, of.after].map((all) => all.map(text).join("; ")),
          ],
        ],
  );
  return [{ head: ["role", "before a release", "while it goes out", "afterwards"], rows }];
}

/** Those that are not over yet. */
function absences({ absences: all }: Policy, day: string): Block {
  const rows = all
    .filter(({ to }) => to >= day)
    .map(({ who, from, to }) => [person(who), from, to]);
  return { head: ["away", "from", "to"], rows };
}
