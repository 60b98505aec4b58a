// What a policy says of a kind of release: what it may carry, when it goes, and what it owes afterwards.
import { z } from "zod";
import { duration, line, name } from "../base/shape.ts";
import { candidateName } from "../versioning/shape.ts";
import { typeStatements } from "./statements.ts";

const names = z.array(name).max(100);

/** A commit type or scope. */
const word = z.string().regex(/^[\w./-]{1,64}$/, "a commit type or scope, such as fix or deps");

const clock = z.strictObject({
  from: z
    .enum(["planned", "merge", "zero"])
    .default("planned")
    .describe("what it counts from: the planning, the latest commit, T-0"),
  phase: name.optional().meta({
    description: "the phase that must have passed by then",
    examples: ["production"],
  }),
  gate: name.optional().meta({
    description: "or the gate that must have passed by then",
    examples: ["emergency-agreed"],
  }),
  within: duration.describe("how long it may take; later is journalled and told as `late`"),
});

const debt = z.strictObject({
  what: line.meta({ description: "what is owed", examples: ["all tests have run"] }),
  within: duration.meta({
    description: "by when, counted from the end of the release",
    examples: ["24 h"],
  }),
  role: name.meta({ description: "the role that settles it", examples: ["qa"] }),
  of: names.default([]).meta({
    description: "release types that `debt` gates hold while it is overdue; all where it is empty",
    examples: [["minor", "major"]],
  }),
});

export const typeShape = z.strictObject({
  description: line.optional().describe("what it is for"),
  bumps: z
    .array(z.enum(["patch", "minor", "major"]))
    .min(1)
    .describe("version bumps that it may carry"),
  allows: z
    .array(word)
    .max(50)
    .default([])
    .meta({
      description: "commit types that it may carry; all where it is empty",
      examples: [["fix", "security"]],
    }),
  bars: z
    .array(word)
    .max(50)
    .default([])
    .meta({
      description: "commit scopes that it may not carry",
      examples: [["deps"]],
    }),
  automatic: z
    .boolean()
    .default(true)
    .describe("whether it is chosen where the commits ask for such a bump; else it must be named"),
  needs: z
    .array(z.enum(["incident"]))
    .default([])
    .describe("what must be named when it is planned"),
  cadence: names.default([]).meta({
    description:
      "its regular windows: T-0 is the earliest legal slot in them unless `--at` says another, and `window` gates without `in` mean them",
    examples: [["patch-tuesday"]],
  }),
  prefers: names.default([]).meta({
    description: "windows that are advised; T-0 outside of them is told, not held",
    examples: [["business-hours"]],
  }),
  yields: names.default([]).meta({
    description: "release types that have the day when one of their windows opens on it",
    examples: [["major"]],
  }),
  lead: duration.optional().meta({
    description: "planned at least so long before T-0",
    examples: ["4 weeks"],
  }),
  clocks: z
    .record(name, clock)
    .default({})
    .meta({
      description: "times by which it must have come so far",
      examples: [{ approved: { gate: "emergency-agreed", within: "1 h" } }],
    }),
  owes: z
    .array(debt)
    .max(50)
    .default([])
    .meta({
      description: "debts that such a release makes by being released",
      examples: [[{ what: "all tests have run", within: "24 h", role: "qa" }]],
    }),
  suffix: name
    .optional()
    .meta({ examples: ["hotfix"] })
    .describe("counted as a fix upon the version before: with `hotfix`, 1.2.2-hotfix.1"),
  candidate: candidateName
    .optional()
    .meta({ examples: ["beta"] })
    .describe("brings candidates of the version that comes next: with `beta`, 1.3.0-beta.1"),
  phases: names.min(1).describe("its phases, in order"),
  ...typeStatements,
});
