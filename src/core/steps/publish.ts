import { z } from "zod";
import { repositoryPath } from "../base/shape.ts";
import { MINUTE } from "../base/time.ts";
import { inOrder, step } from "./step.ts";

const shape = z.strictObject({
  assets: z
    .array(repositoryPath)
    .max(100)
    .default([])
    .meta({
      description: "files of the work tree that go along, by globs; each must be there",
      examples: [["dist/*.tgz", "reports/bundle.html"]],
    }),
  withdrawn: z
    .boolean()
    .default(false)
    .describe("marks what was published as withdrawn, instead of publishing"),
});

/**
 * Publishes the release on the forge: its tag, its notes, its files, and `release.json`, which says what it is made of.
 * It is a draft until all of that is there, so nobody ever sees half of it. Then each component that goes out, under its own
 * tag with its own notes.
 */
export const publish = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description:
      "publishes notes and files on the forge, under the release's tag; then the notes of each component, under its own",
    examples: [{ assets: ["dist/*.tgz"] }],
  }),
  say: ({ withdrawn }) =>
    withdrawn ? "mark what was published as withdrawn" : "publish the notes",
  next: ({ assets, withdrawn }, attempt, { components = [] }) =>
    inOrder(
      [
        { ask: "publish", assets, withdrawn },
        ...components.map(({ component }) => {
          return { ask: "publish" as const, assets: [], withdrawn, component };
        }),
      ],
      attempt,
    ),
  bound: () => 15 * MINUTE,
  // Others have seen it, so it is not taken away but marked.
  undo: () => ({ undo: "nothing" }),
  setRight: ({ withdrawn }) =>
    withdrawn ? [] : [{ kind: "publish", config: { assets: [], withdrawn: true }, retries: 5 }],
});
