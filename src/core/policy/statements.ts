// What a release document states about itself. Nothing of this is run: the verifier holds every statement against what
// the policy does, and a statement that the policy contradicts is found in `rules/`.
import { z } from "zod";
import { duration, line, name } from "../base/shape.ts";
import { tagPattern } from "../versioning/pattern.ts";

/** A stretch of a release and the longest time that was promised for it. */
export const targetShape = z.strictObject({
  types: z
    .array(name)
    .default([])
    .meta({
      description:
        "the release types that it is promised for; all that have its phases where left out",
      examples: [["minor"]],
    }),
  phases: z
    .array(name)
    .min(1)
    .max(100)
    .meta({
      description: "the phases that it spans, the first to the last",
      examples: [["readiness", "production"]],
    }),
  within: duration.describe("longest time from the beginning of the first to the end of the last"),
});

/** How long something is kept. Months and years are of the calendar, so they are no durations. */
const period = z
  .string()
  .regex(
    /^[1-9]\d{0,3} (?:days?|weeks?|months?|years?)$/,
    "a period of the calendar, such as 24 months",
  )
  .meta({ examples: ["24 months", "90 days"] });

/** What a release leaves behind, by how long each is kept. */
export const retentionShape = z
  .strictObject({
    bundles: period.optional().describe("commit, artifacts, configuration: what was released"),
    approvals: period.optional().describe("who said yes to what: sign-offs, ticks, waivers"),
    deployments: period.optional().describe("what was deployed where, when and by whom"),
    backups: period.optional().describe("backups taken before a release"),
  })
  .meta({
    description: "how long what a release leaves behind is kept, by class",
    examples: [{ bundles: "24 months", approvals: "24 months" }],
  });

const FLAG_HASHES = ["sha-256", "murmur3", "fnv-1a", "crc-32", "python-hash", "random"] as const;

export const flagsShape = z
  .strictObject({
    hash: z
      .enum(FLAG_HASHES)
      .describe("what puts a user into a share of all users; python-hash: Python's own `hash()`"),
    sticky: z
      .boolean()
      .default(true)
      .describe("whether a user is promised the same answer every time, from every process"),
  })
  .meta({
    description: "how a share of the users is chosen for a feature flag",
    examples: [{ hash: "sha-256" }],
  });

/** Statements about an environment. */
export const environmentStatements = {
  promotion: z
    .enum(["manual", "automatic"])
    .optional()
    .describe(
      "manual: no release goes there without somebody's yes; automatic: none waits for one",
    ),
  branches: z
    .array(line)
    .min(1)
    .max(20)
    .optional()
    .meta({
      description: "the branches that it takes; any where it is left out",
      examples: [["main", "hotfix/*"]],
    }),
};

/** Statements about a release type. */
export const typeStatements = {
  starts: z
    .enum(["by-hand", "merge"])
    .optional()
    .describe("what sends a release of it all the way: somebody, or every merge"),
  branch: line.optional().meta({
    description: "the branches that it is released from",
    examples: ["hotfix/*"],
  }),
  tag: tagPattern.optional().meta({
    description: "how its tags are named, as the document says",
    examples: ["hotfix-v{version}"],
  }),
  "decided-by": z
    .record(name, z.number().int().min(1).max(20))
    .optional()
    .meta({
      description: "whose yes is all that it needs, by role",
      examples: [{ "engineering-lead": 1 }],
    }),
};

/** Statements about a phase. */
export const phaseStatements = {
  only: z
    .array(name)
    .min(1)
    .max(50)
    .optional()
    .meta({
      description: "the release types that it is for; all where it is left out",
      examples: [["major"]],
    }),
};
