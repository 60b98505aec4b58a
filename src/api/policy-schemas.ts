// The shape of the policy in force.
import { z } from "zod";
import type { PolicyInForce } from "#app/policy-in-force.ts";
import { SEVERITIES } from "#core/policy/finding.ts";
import { instant, text } from "./fields.ts";

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
    digest: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable()
      .describe("as in the bundles of releases; null where the text is no policy"),
    findings: z.array(finding),
    markdown: text
      .nullable()
      .describe("the release document that it stands for; null where it is not sound"),
    at: instant.describe("when it was read"),
  })
  .meta({ id: "Policy" });
