// OpenSLO v1 (https://openslo.com, "openslo/v1"), as much of it as can be told: what is not here is refused, not dropped.
import { z } from "zod";

const text = z.string().max(1050);
const name = z
  .string()
  .max(255)
  .regex(/^[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?$/, "a name in letters, digits and hyphens");
const shorthand = z
  .string()
  .regex(/^[1-9]\d{0,5}[mhdwMQY]$/, "a length of time such as 5m, 12h, 28d or 4w");
const percent = z.number().min(0).lt(100, "a number below 100");

const metadata = z.strictObject({
  name,
  displayName: text.optional(),
  labels: z.record(z.string().max(63), z.union([text, z.array(text).max(100)])).optional(),
  annotations: z.record(z.string().max(317), text).optional(),
});

const query = z.strictObject({
  metricSource: z.strictObject({
    metricSourceRef: name.optional(),
    type: text.optional(),
    spec: z.record(z.string(), z.json()).optional(),
  }),
});

const indicatorSpec = z.strictObject({
  description: text.optional(),
  thresholdMetric: query.optional(),
  ratioMetric: z
    .strictObject({
      counter: z.boolean().optional(),
      good: query.optional(),
      bad: query.optional(),
      total: query.optional(),
      rawType: z.enum(["success", "failure"]).optional(),
      raw: query.optional(),
    })
    .optional(),
});

const condition = z.strictObject({
  description: text.optional(),
  severity: z.enum(["page", "ticket"]),
  condition: z.strictObject({
    kind: z.literal("burnrate").default("burnrate"),
    threshold: z.number().min(1).max(10_000),
    lookbackWindow: shorthand,
    alertAfter: z.union([shorthand, z.literal("0m")]).default("0m"),
  }),
});

const inline = { metadata: metadata.partial({ name: true }).optional() };

const alertPolicy = z.strictObject({
  description: text.optional(),
  alertWhenBreaching: z.boolean().default(true),
  alertWhenResolved: z.boolean().default(true),
  alertWhenNoData: z.literal(false).default(false),
  conditions: z
    .array(
      z.strictObject({
        conditionRef: name.optional(),
        kind: z.literal("AlertCondition").optional(),
        ...inline,
        spec: condition.optional(),
      }),
    )
    .length(1, "one condition"),
  notificationTargets: z.array(z.record(z.string(), z.json())).max(100).default([]),
});

const objective = z.strictObject({
  displayName: text.optional(),
  op: z.enum(["lte", "gte", "lt", "gt"]).optional(),
  value: z.number().optional(),
  target: z.number().min(0).lt(1, "a number below 1").optional(),
  targetPercent: percent.optional(),
  timeSliceTarget: z.number().gt(0).max(1).optional(),
  timeSliceWindow: z.union([shorthand, z.number()]).optional(),
});

const slo = z.strictObject({
  description: text.optional(),
  service: text,
  indicator: z.strictObject({ ...inline, spec: indicatorSpec }).optional(),
  indicatorRef: name.optional(),
  timeWindow: z
    .array(
      z.strictObject({
        duration: shorthand,
        isRolling: z.literal(true, "Holdpoint's error budgets roll: isRolling: true").default(true),
      }),
    )
    .length(1, "one time window")
    .optional(),
  budgetingMethod: z.enum(["Occurrences", "Timeslices", "RatioTimeslices"]),
  objectives: z.array(objective).min(1).max(20),
  alertPolicies: z
    .array(
      z.strictObject({
        alertPolicyRef: name.optional(),
        kind: z.literal("AlertPolicy").optional(),
        ...inline,
        spec: alertPolicy.optional(),
      }),
    )
    .max(10)
    .default([]),
});

const anything = z.record(z.string(), z.json());

/** What each kind may say under `spec`. */
const SPECS = {
  SLO: slo,
  SLI: indicatorSpec,
  AlertPolicy: alertPolicy,
  AlertCondition: condition,
  AlertNotificationTarget: z.strictObject({ description: text.optional(), target: text }),
  Service: z.strictObject({ description: text.optional() }),
  DataSource: z.strictObject({
    description: text.optional(),
    type: text,
    connectionDetails: anything.optional(),
  }),
} as const;

export type SloKind = keyof typeof SPECS;
export const SLO_KINDS = Object.keys(SPECS) as readonly SloKind[];

/** The shape of a whole document of one kind. */
export function documentShape(kind: SloKind) {
  return z.strictObject({
    apiVersion: z.literal("openslo/v1"),
    kind: z.literal(kind),
    metadata,
    spec: SPECS[kind] as z.ZodType,
  });
}

export type Metadata = z.output<typeof metadata>;
export type SloSpec = z.output<typeof slo>;
export type SloObjective = z.output<typeof objective>;
export type IndicatorSpec = z.output<typeof indicatorSpec>;
export type AlertPolicySpec = z.output<typeof alertPolicy>;
export type ConditionSpec = z.output<typeof condition>;
