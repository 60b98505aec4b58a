import { z } from "zod";
import { MINUTE } from "../base/time.ts";
import { tagPattern } from "../versioning/pattern.ts";
import { inOrder, step } from "./step.ts";

const shape = z.strictObject({
  pattern: tagPattern
    .optional()
    .describe("a name of its own; the policy's `versioning.tag` where it is left out"),
});

/** Tags the release's commit, annotated. A tag that is there already on the same commit is the same tag. */
export const tag = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "tags the commit of the release",
    examples: [{}, { pattern: "rc-v{version}" }],
  }),
  next({ pattern }, attempt, { tag, commit, system, version }) {
    const name = pattern === undefined ? tag : tagName(pattern, version);
    const message = `${system} ${version}`;
    return inOrder([{ ask: "tag", name, commit, message }], attempt);
  },
  bound: () => MINUTE,
  // A tag is a record of what was released; a rollback is a further record and never takes one away.
  undo: () => ({ undo: "nothing" }),
});

/** The name of a version's tag. */
export function tagName(pattern: string, version: string): string {
  return pattern.replace("{version}", () => version);
}
