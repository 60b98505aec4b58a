// The shape of the policy in force.
import { z } from "zod";
import type { PolicyInForce } from "#app/policy-in-force.ts";
import type { PolicyDiff, PolicyVersion } from "#app/policy-versions.ts";
import { SEVERITIES } from "#core/policy/finding.ts";
import { OUTCOMES } from "#core/simulation/recorded/outcome.ts";
import { instant, text } from "./fields.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const finding = z
  .object({
    code: text.describe("the rule that found it"),
    severity: z.enum(SEVERITIES),
    where: text.describe("the place in the policy, such as gates.lint.check"),
    line: z.int(),
    column: z.int(),
    sentence: text,
    counterexample: text.exactOptional().describe("a case in which it shows"),
    remedy: text,
  })
  .meta({ id: "Finding" });

export const policyInForce: z.ZodType<PolicyInForce> = z
  .object({
    text: text.describe("the policy file as it is written"),
    digest: digest
      .nullable()
      .describe("as in the bundles of releases; null where the text is no policy"),
    findings: z.array(finding),
    markdown: text
      .nullable()
      .describe("the release document that it stands for; null where it is not sound"),
    at: instant.describe("when it was read"),
  })
  .meta({ id: "Policy" });

const policyVersion: z.ZodType<PolicyVersion> = z
  .object({
    digest: digest.describe("as in the bundles of releases"),
    first: instant.describe("when a release was planned by it first"),
    last: instant,
    releases: z.int().describe("how many of the latest releases were planned by it"),
    release: text.describe("the latest of them"),
    commit: text.describe("of that release"),
  })
  .meta({ id: "PolicyVersion" });

export const policyVersions = z
  .object({ policies: z.array(policyVersion) })
  .meta({ id: "PolicyVersions" });

export const diffQuery = z.strictObject({
  was: digest.describe("digest of a policy"),
  is: digest.describe("digest of the one to compare it with"),
  replay: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .refine((count) => count <= 50)
    .default(20)
    .describe("so many ended releases are lived again under the second, the latest first"),
});

const difference = z
  .object({
    path: text.describe("such as gates.tests.check.timeout"),
    was: text.nullable().describe("null: nothing stood there"),
    is: text.nullable(),
  })
  .meta({ id: "Difference" });

const hindsight = z
  .object({
    release: text,
    type: text,
    version: text,
    outcome: z.enum(OUTCOMES),
    by: z.number().nullable().describe("how much later its work would have begun, in ms"),
    because: z.array(text),
  })
  .meta({ id: "Hindsight" });

export const policyDiff: z.ZodType<PolicyDiff> = z
  .object({
    was: digest,
    is: digest,
    changes: z.array(difference),
    releases: z.array(hindsight).describe("what the second would have made of them"),
    whole: z.boolean().describe("false: there was no time for all of them"),
  })
  .meta({ id: "PolicyDiff" });
