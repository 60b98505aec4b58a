import { named } from "./problem-kind.ts";

/** What is wrong with what is written from a release: see app/release-files.ts. */
export const WRITTEN = {
  "bad-changelog": named(
    "The changelog is not in the form that it is kept in.",
    422,
    2,
    "Mend the place that the answer names.",
  ),
  "changelog-gaps": named(
    "The changelog leaves out what was released.",
    409,
    1,
    "Write the parts that the answer names; `holdpoint changelog --all` shows what the commits tell.",
  ),
  "bad-version-file": named(
    "A version cannot be written into a file.",
    422,
    2,
    "Mend the place that the answer names, or the policy's `versioning.files`.",
  ),
  "unknown-version": named(
    "There is no release of this version.",
    404,
    1,
    "Name one that is tagged.",
  ),
} as const;
