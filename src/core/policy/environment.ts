// What runs and where, as a policy says it.
import { z } from "zod";
import { argv, line, name } from "../base/shape.ts";
import { path } from "../steps/probes.ts";
import { ofOneKind } from "./kinds.ts";
import { platformShapes, sampleShapes } from "./outside.ts";
import { environmentStatements } from "./statements.ts";

const names = z.array(name).max(100);

export const service = z.strictObject({
  start: argv.describe("starts it; it listens on the port in PORT"),
  build: argv.optional().describe("builds it in the work tree of the release's commit"),
  folder: line.default(".").describe("its folder in the repository"),
  health: path.default("/health").describe("answers 2xx while it is well"),
  metrics: path.optional().describe("Prometheus text with db_calls_total and db_errors_total"),
  env: z
    .array(z.string())
    .default([])
    .meta({
      description: "environment variables that it may see, by name",
      examples: [["DATABASE_URL"]],
    }),
});

export const environment = ofOneKind("environment", platformShapes, {
  description: line.optional().describe("what it is for"),
  after: name.optional().describe("the environment that a release passes first"),
  services: names.default([]).meta({
    description: "the services that run here; all where it is left out",
    examples: [["web"]],
  }),
  ...environmentStatements,
  samples: ofOneKind("source of samples", sampleShapes)
    .optional()
    .meta({ examples: [{ push: {} }] })
    .describe("where its requests and errors are counted; its platform where it is left out"),
});
