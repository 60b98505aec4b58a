import { z } from "zod";
import { offset } from "../base/shape.ts";
import { formatInZone, momentFromZero } from "../base/time.ts";
import { listed } from "../base/words.ts";
import { gate, type Verdict } from "./gate.ts";

const shape = z.strictObject({
  since: offset.describe("when the freeze of changes begins, counted from T-0"),
  allows: z
    .array(z.string().regex(/^[\w.-]{1,64}$/, "a commit type, such as fix"))
    .max(50)
    .describe("commit types that may still come in; no others, and none without a type"),
});

/**
 * A feature or code freeze: of the commits that came in since then, only some types may be in the release. The moment of
 * a commit is its committer's, in the repository.
 */
export const changes = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "a freeze of changes: since then only some types of commits came in",
    examples: [{ since: "T-2 d", allows: ["fix", "security", "docs"] }],
  }),
  say: ({ since, allows }) =>
    `since ${since} no commits came in but ${listed(allows, "or") || "none"}`,
  ask: () => null,
  judge({ since, allows }, { now }, { zero, zone, changes: carried }): Verdict {
    const begins = momentFromZero(since, zero, zone);
    const when = formatInZone(begins, zone);
    if (carried === undefined) {
      return {
        verdict: "inconclusive",
        reason: "the plan does not say which commits it carries",
        lift: ["`revise`, so that it is planned again"],
      };
    }
    const late = Object.entries(carried).filter(
      ([type, { last }]) => last >= begins && !allows.includes(type),
    );
    if (late.length > 0) {
      const which = late.map(([type, { commit }]) => `${type} (${commit.slice(0, 12)})`);
      return {
        verdict: "fail",
        reason: `since ${when} only ${allows.join(", ")} may come in, but there is ${which.join(", ")}`,
        evidence: { since: when },
        lift: ["take the change out, then `revise`", "`waive` with a reason"],
      };
    }
    const reason =
      now < begins ? `changes are frozen from ${when}` : `only ${allows.join(", ")} since ${when}`;
    return { verdict: "pass", reason, evidence: { since: when } };
  },
});
