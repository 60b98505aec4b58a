import { z } from "zod";
import { line } from "../base/shape.ts";
import { MINUTE } from "../base/time.ts";
import { inOrder, step } from "./step.ts";
import { branchName, remoteName } from "./tag.ts";

const shape = z.strictObject({
  branch: branchName.meta({ description: "the branch that gets the commit", examples: ["main"] }),
  push: remoteName
    .optional()
    .meta({ description: "the remote that gets it too", examples: ["origin"] }),
  message: line
    .max(200)
    .default("chore(release): {version}")
    .describe("the message of the commit; `{version}` stands for the version"),
  withdrawn: z
    .boolean()
    .default(false)
    .describe("marks the version as withdrawn in the changelog, instead of writing it down"),
});

/**
 * Writes the version into its files and the release into the changelog, as one commit on top of a branch. It changes
 * nothing else, so what was tested and approved is what is released.
 */
export const write = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "writes version files and changelog, and commits them on a branch",
    examples: [{ branch: "main", push: "origin" }],
  }),
  say: ({ branch, withdrawn }) =>
    withdrawn ? "mark the version as withdrawn" : `write version and changelog on ${branch}`,
  next: ({ branch, push, message, withdrawn }, attempt, { version }) =>
    inOrder(
      [
        {
          ...{ ask: "write", branch, push, withdrawn },
          message: withdrawn
            ? `chore(release): withdraw ${version}`
            : message.replaceAll("{version}", () => version),
        },
      ],
      attempt,
    ),
  bound: () => 3 * MINUTE,
  // What was written down stays: a withdrawn version is marked, its number is never used again.
  undo: () => ({ undo: "nothing" }),
  setRight: (config) =>
    config.withdrawn ? [] : [{ kind: "write", config: { ...config, withdrawn: true }, retries: 5 }],
});
