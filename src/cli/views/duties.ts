import type { DutiesReport } from "#core/reports/duties.ts";
import { type Paint, plain } from "../text.ts";

/**
 * Who does what at this moment of a release, and what it waits for from them. Nothing where the policy gives no duties:
 * who can lift what holds it is told anyway.
 */
export function dutyLines({ when, roles }: DutiesReport, paint: Paint): string[] {
  if (roles.every(({ duties }) => duties.length === 0)) return [];
  const shown = roles.filter(({ duties, todo }) => duties.length + todo.length > 0);
  return [
    "",
    paint.strong(`Who does what, ${WHEN_WORDS[when]}`),
    ...shown.flatMap(({ role, people, duties, todo, later }) => {
      const more = later === 0 ? [] : [paint.faint(`    later     ${asked(later)}`)];
      return [
        plain(`  ${role} (${people.join(", ")})`),
        ...duties.map((duty) => plain(`    ${duty}`)),
        ...todo.map((what) => paint.careful(plain(`    to do     ${what}`))),
        ...more,
      ];
    }),
  ];
}

const WHEN_WORDS: Readonly<Record<DutiesReport["when"], string>> = {
  before: "before it goes out",
  during: "while it goes out",
  after: "after it went out",
};

function asked(times: number): string {
  return times === 1 ? "one hold to come asks for it" : `${times} holds to come ask for it`;
}
