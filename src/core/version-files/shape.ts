import { z } from "zod";
import { line, repositoryPath } from "../base/shape.ts";

/** What a policy says of files that carry the version. */
export const versionFilesShape = z
  .array(
    z.strictObject({
      path: repositoryPath.meta({ description: "the file", examples: ["package.json"] }),
      line: line
        .refine(
          (text) => text.split("{version}").length === 2,
          "a text in which {version} stands once",
        )
        .optional()
        .meta({
          description:
            "the line of it that says the version; left out for package.json, its locks, and any .json with a version of its own",
          examples: ['export const VERSION = "{version}";'],
        }),
    }),
  )
  .max(200)
  .default([])
  .meta({
    description: "files that carry the version, written by the step `write`",
    examples: [[{ path: "package.json" }, { path: "package-lock.json" }]],
  });
