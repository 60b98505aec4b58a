import { z } from "zod";
import { argv, duration } from "./shape.ts";
import { MINUTE } from "./time.ts";

/** What every kind that runs a command says of it. */
export const commandFields = {
  run: argv.describe("the command as a list of arguments; there is no shell"),
  timeout: duration.default(10 * MINUTE).describe("longest time it may take; then it is ended"),
  env: z
    .array(z.string().regex(/^[A-Z_][A-Z0-9_]*$/, "the name of an environment variable"))
    .max(64)
    .default([])
    .meta({
      description: "environment variables that it may see, by name",
      examples: [["DATABASE_URL"]],
    }),
};
