import { z } from "zod";
import { MINUTE } from "../base/time.ts";
import { inOrder, step } from "./step.ts";

const shape = z.strictObject({});

/** Tags the release's commit, annotated. A tag that is there already on the same commit is the same tag. */
export const tag = step<z.infer<typeof shape>>({
  shape,
  next: (_, attempt, { tag, commit, system, version }) =>
    inOrder([{ ask: "tag", name: tag, commit, message: `${system} ${version}` }], attempt),
  bound: () => MINUTE,
  // A tag is a record of what was released; a rollback is a further record and never takes one away.
  undo: () => ({ undo: "nothing" }),
});
