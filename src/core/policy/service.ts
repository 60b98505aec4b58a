import { z } from "zod";
import { argv, line } from "../base/shape.ts";
import { path } from "../steps/probes.ts";

/** Something that runs: how it is built, started and looked at. */
export const serviceShape = z.strictObject({
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
