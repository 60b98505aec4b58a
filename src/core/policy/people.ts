// Who does what: people by role, who stands in for them, and when someone is away.
import { z } from "zod";
import { line } from "../base/shape.ts";

// In lower case, as the authors of commits are: or an author could pass duty separation by another spelling.
const person = z.email().max(200).toLowerCase().describe("a person, by e-mail address");
const list = z.array(person).min(1).max(500);

const duties = z.strictObject({
  before: z.array(line).max(50).default([]).describe("what they do before a release"),
  during: z.array(line).max(50).default([]).describe("what they do while it goes out"),
  after: z.array(line).max(50).default([]).describe("what they do afterwards"),
});

const LONG = {
  people: ["rm@example.test"],
  deputies: ["lead@example.test"],
  duties: { before: ["agrees scope and date"], during: ["says go"], after: ["calls the review"] },
};

/** A role: its people, or the long form with deputies and duties. */
export const roleShape = z.union([
  list,
  z.strictObject({
    people: list.meta({ description: "who holds the role", examples: [LONG.people] }),
    deputies: z
      .array(person)
      .max(100)
      .default([])
      .meta({
        description: "who stands in while one of the people is absent",
        examples: [LONG.deputies],
      }),
    duties: duties.prefault({}).meta({
      description: "what the role does, told by status and explain",
      examples: [LONG.duties],
    }),
  }),
]);

export const absenceShape = z.strictObject({
  who: person.meta({ description: "who is away", examples: ["rm@example.test"] }),
  from: z.iso.date().meta({ description: "the first day away", examples: ["2026-12-21"] }),
  to: z.iso.date().meta({ description: "the last day away", examples: ["2027-01-03"] }),
});

/** What the long form of a role says beside its people. */
export interface Staff {
  readonly deputies: readonly string[];
  readonly duties: z.output<typeof duties>;
}

type Roles = Readonly<Record<string, z.output<typeof roleShape>>>;

/** People by role, and beside them what the long forms say: most rules ask for the people alone. */
export function splitRoles(roles: Roles): {
  roles: Record<string, string[]>;
  staff: Record<string, Staff>;
} {
  const all = Object.entries(roles);
  return {
    roles: Object.fromEntries(all.map(([name, of]) => [name, Array.isArray(of) ? of : of.people])),
    staff: Object.fromEntries(
      all.flatMap(([name, of]) =>
        Array.isArray(of) ? [] : [[name, { deputies: of.deputies, duties: of.duties }]],
      ),
    ),
  };
}
