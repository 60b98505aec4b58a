// The policy file, key by key. This is the one place that says what a policy may contain: the reader, the editor's JSON
// Schema and the reference in docs/policy.md all come from it.
import { z } from "zod";
import { argv, duration, line, name, offset, repositoryPath } from "../base/shape.ts";
import { MINUTE, SECOND } from "../base/time.ts";
import { freezeShape, windowShape } from "../calendar/calendar.ts";
import { writtenShapes } from "../changelog/shape.ts";
import { GATES } from "../gates/table.ts";
import { triggers } from "../judge/triggers.ts";
import { objective } from "../objectives/objective.ts";
import { STEPS } from "../steps/table.ts";
import { versionFilesShape } from "../version-files/shape.ts";
import { componentShape, versioningShape } from "../versioning/shape.ts";
import { documentShape } from "./document.ts";
import { environment, service } from "./environment.ts";
import { ofOneKind } from "./kinds.ts";
import { channelShapes, forgeShapes } from "./outside.ts";
import { absenceShape, roleShape, splitRoles } from "./people.ts";
import { typeShape } from "./release-type.ts";
import { flagsShape, phaseStatements, retentionShape, targetShape } from "./statements.ts";
import { statusPageShape } from "./status-page.ts";
import { alertsShape, messageShape, tellShape } from "./tell.ts";

const names = z.array(name).max(100);

/** The parts of a bundle that an answer can rest on. */
export const BUNDLE_PARTS = [
  "commit",
  "artifacts",
  "configuration",
  "migrations",
  "policy",
] as const;

const gate = ofOneKind("gate", GATES, {
  owner: name.optional().describe("the role that answers for it"),
  level: z
    .enum(["hold", "witness", "review"])
    .default("hold")
    .describe("hold: cannot pass without it; witness: invited, may pass; review: recorded only"),
  covers: z
    .array(z.enum(BUNDLE_PARTS))
    .default([...BUNDLE_PARTS])
    .describe("the parts of the bundle it rests on: when one of them changes, the answer is void"),
});

const step = ofOneKind("step", STEPS, {
  retries: z.number().int().min(0).max(20).default(0).describe("how often it is tried again"),
});

const phase = z.strictObject({
  environment: name.optional().describe("where its steps work"),
  opens: offset
    .optional()
    .describe(
      "not before this time, counted from T-0: in days and weeks by the calendar of the policy's zone, else by the clock",
    ),
  due: offset.optional().meta({
    description:
      "when it must have passed, counted from T-0; later is journalled and told as `late`",
    examples: ["T+60 min"],
  }),
  longest: duration.optional().meta({
    description: "longest time its steps may take; longer is journalled and told as `late`",
    examples: ["2 h"],
  }),
  after: names
    .default([])
    .describe("phases that come before it, in every release type that has them"),
  gates: names.default([]).describe("the gates that must pass before its steps run"),
  steps: z.array(step).max(100).default([]).describe("the work, in order"),
  ...phaseStatements,
});

const channel = ofOneKind("channel", channelShapes);

const rollback = z.strictObject({
  on: triggers.default({}).describe("what makes it roll back by itself"),
  target: duration.describe(
    "longest time from the decision until the old version serves alone, verified",
  ),
  most: duration.optional().describe("longest time for a complex one"),
  decide: duration.default(5 * SECOND).describe("time that the decision itself may take"),
  roles: names
    .default([])
    .describe("who may order one by hand; anyone in the roster where it is empty"),
  verify: z
    .array(step)
    .max(20)
    .default([])
    .describe("steps that prove the old version serves well"),
});

const guard = z.strictObject({
  look: z
    .array(
      z.strictObject({
        every: duration.describe("pause between two looks"),
        for: duration.optional().describe("how long it is done so; to the end where left out"),
      }),
    )
    .min(1)
    .default([{ every: 5 * SECOND, for: 60 * MINUTE }, { every: MINUTE }] as never)
    .describe("how often the traffic is looked at, from the first exposure on"),
});

const component = componentShape.extend({
  files: versionFilesShape.describe("files that carry its version"),
  changelog: repositoryPath
    .optional()
    .meta({ examples: ["packages/web/CHANGELOG.md"] })
    .describe("where its own changelog is kept; it has none where this is left out"),
});

const policyFields = z.strictObject({
  holdpoint: z.literal(1).describe("version of the policy language"),
  system: line.describe("what is released"),
  zone: z.string().default("UTC").describe("IANA zone of all times that name none"),
  document: documentShape.optional().describe("the release document this policy stands for"),
  roster: line.optional().meta({
    description:
      "file beside the policy that names the people of further roles, as `roles` does; it is read as part of the policy",
    examples: ["people.yaml"],
  }),
  openslo: z
    .array(line)
    .max(20)
    .optional()
    .meta({
      description:
        "files beside the policy with OpenSLO v1 documents, each named; their SLOs are read as `objectives`",
      examples: [["slo/checkout.yaml"]],
    }),
  roles: z.record(name, roleShape).describe("who does what: people by role"),
  absences: z
    .array(absenceShape)
    .max(500)
    .default([])
    .meta({
      description: "who is away, and when; deputies of their roles count meanwhile",
      examples: [[{ who: "rm@example.test", from: "2026-12-21", to: "2027-01-03" }]],
    }),
  services: z.record(name, service).default({}).describe("what runs"),
  environments: z.record(name, environment).default({}).describe("where it runs"),
  versioning: versioningShape
    .extend({
      files: versionFilesShape,
      components: z
        .record(name, component)
        .default({})
        .meta({ examples: [{ web: { tag: "web-v{version}", paths: ["packages/web"] } }] })
        .describe("parts of the repository with versions of their own"),
    })
    .prefault({})
    .describe("how versions are counted and tagged"),
  ...writtenShapes,
  forge: ofOneKind("forge", forgeShapes)
    .optional()
    .meta({
      description: "where releases are published",
      examples: [{ github: { repository: "example/shop", token: { env: "GITHUB_TOKEN" } } }],
    }),
  objectives: z
    .record(name, objective)
    .default({})
    .describe("what the system promises, as limits on what is measured"),
  calendar: z
    .strictObject({
      windows: z.record(name, windowShape).default({}).describe("when releases may go"),
      freezes: z.record(name, freezeShape).default({}).describe("when they may not, all the same"),
    })
    .prefault({})
    .describe("when releases may go, and when not"),
  gates: z
    .record(name, gate)
    .default({})
    .describe("questions that must be answered before work goes on"),
  phases: z.record(name, phase).describe("parts of a release: a hold, then work"),
  types: z.record(name, typeShape).describe("kinds of releases"),
  guard: guard.prefault({}).describe("how closely the traffic is watched"),
  rollback: rollback.describe("the way back to the version that is known to be good"),
  targets: z
    .record(name, targetShape)
    .default({})
    .meta({
      description: "how long parts of a release may take, as promised",
      examples: [{ deployment: { phases: ["production"], within: "60 min" } }],
    }),
  retention: retentionShape.optional(),
  flags: flagsShape.optional(),
  waivers: z
    .strictObject({
      roles: names.describe("who may waive"),
      review: duration.describe("by when a waiver must be reviewed"),
    })
    .optional()
    .describe("who may waive a gate, with a reason; nobody where it is left out"),
  withdrawals: z
    .strictObject({
      roles: names
        .min(1)
        .meta({ description: "who may withdraw a version", examples: [["release-manager"]] }),
    })
    .optional()
    .meta({
      description:
        "who may take a version back that is out, with a reason; nobody where it is left out",
      examples: [{ roles: ["release-manager"] }],
    }),
  channels: z.record(name, channel).default({}).describe("where people read"),
  messages: z.record(name, messageShape).default({}).describe("what they read"),
  tell: tellShape.describe("who is told what, at which moment"),
  alerts: alertsShape.describe(
    "who is alerted, by severity; one alert for each cause, and word when it is over",
  ),
  "status-page": statusPageShape
    .optional()
    .describe("the page that the public sees; none where it is left out"),
  prepare: z
    .array(argv)
    .max(20)
    .default([])
    .meta({
      description: "commands that make a fresh work tree of the commit ready; run once, in order",
      examples: [[["npm", "ci"]]],
    }),
  migrations: z
    .array(line)
    .default(["migrations/**"])
    .describe("files whose content is the bundle's migrations part"),
  configuration: z
    .array(line)
    .default([])
    .describe("files whose content is the bundle's configuration part"),
  artifacts: z
    .array(line)
    .default([])
    .describe("files whose content is the bundle's artifacts part"),
});

/** The whole of a policy. Read, people stand in `roles` alone, and what the long forms of roles say in `staff`. */
export const policyShape = policyFields.transform(({ roles, ...rest }) => ({
  ...rest,
  ...splitRoles(roles),
}));

/** What a policy file says, as its author may write it. */
export type PolicyText = z.input<typeof policyShape>;
/** A policy as read: durations in ms, shares in basis points, everything left out filled in. */
export type Policy = z.output<typeof policyShape>;
export type GateText = Policy["gates"][string];
export type StepText = z.output<typeof step>;
