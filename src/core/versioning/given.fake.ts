// Commits and rules as tests want them.
import { PLAIN_RULES } from "./plain-rules.ts";
import type { CommitRecord } from "./reverts.ts";
import type { VersioningRules } from "./shape.ts";

export const idOf = (at: number): string => (at + 1).toString(16).padStart(40, "0");

/** A message, or more of a commit. */
export type Said = string | Partial<CommitRecord>;

/** A straight line of commits, oldest first; given back newest first, as git lists them. */
export function lineOf(...messages: readonly Said[]): CommitRecord[] {
  return messages
    .map((said, at) => ({
      id: idOf(at),
      parents: at === 0 ? [] : [idOf(at - 1)],
      author: "dev@example.test",
      message: "",
      ...(typeof said === "string" ? { message: said } : said),
    }))
    .reverse();
}

export const rulesWith = (more: Partial<VersioningRules>): VersioningRules => ({
  ...PLAIN_RULES,
  ...more,
});
