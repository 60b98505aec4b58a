import { isSame } from "../swarm/journal.ts";
import type { Invariant } from "./invariant.ts";

export const journal: Invariant = {
  rule: "What a release is follows from its journal alone: folding its events again gives the same release, after every crash and at the end.",
  rest(course) {
    if (course.chronicle.happened.length % 16 !== 0) return null;
    return isSame(course.replay(), course.release)
      ? null
      : "the journal gives back another release";
  },
};
