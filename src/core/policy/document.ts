// The release document that a policy stands for: when it counts, who signed it, and until when.
import { z } from "zod";
import { name } from "../base/shape.ts";

const date = z.iso.date();

export const documentShape = z.strictObject({
  effective: date.describe("the day from which it counts"),
  review: date.describe("the day by which it must be looked at again"),
  approvers: z.array(name).max(100).default([]).describe("the roles that approve it"),
  signed: z
    .array(
      z.strictObject({
        by: z
          .email()
          .max(200)
          .toLowerCase()
          .meta({
            description: "who signed it",
            examples: ["cto@example.test"],
          }),
        as: name.meta({ description: "in which role", examples: ["cto"] }),
        on: date.meta({ description: "the day", examples: ["2026-01-19"] }),
      }),
    )
    .max(50)
    .default([])
    .meta({
      description: "who signed it for these roles, and when",
      examples: [[{ by: "cto@example.test", as: "cto", on: "2026-01-19" }]],
    }),
});
