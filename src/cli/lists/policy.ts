import type { Verb } from "../verb.ts";

/** Writing a policy and proving it. */
export const POLICY_VERBS: readonly Verb[] = [
  {
    name: "init",
    args: "",
    summary: "write a first policy file, guessed from this repository",
    options: [{ flags: "--force", about: "write over the file that is there" }],
    examples: ["holdpoint init"],
    load: () => import("../verbs/init.ts"),
  },
  {
    name: "check",
    args: "[file]",
    summary: "prove that a policy file is sound, or say where it is not",
    options: [],
    examples: ["holdpoint check", "holdpoint check holdpoint.yaml --json"],
    load: () => import("../verbs/check.ts"),
  },
  {
    name: "explain",
    args: "[file]",
    summary: "tell a policy as a release document in Markdown, with the dates of the next quarter",
    about:
      "Made from what releases are run by, so it is always true. The same policy and day give the same text.",
    options: [{ flags: "--at <day>", about: "as of this day, as 2026-11-24; left out: today" }],
    examples: ["holdpoint explain > RELEASING.md", "holdpoint explain --at 2026-12-01"],
    load: () => import("../verbs/explain.ts"),
  },
  {
    name: "coverage",
    args: "[system]",
    summary: "show where each clause of a release document stands, and what points at nothing",
    about:
      "Joins COVERAGE.md, the comments of holdpoint.yaml beside it and the titles of the repository's tests. Without a name: beside the policy, else all folders of policies/.",
    options: [],
    examples: ["holdpoint coverage", "holdpoint coverage asset-anchor --json"],
    load: () => import("../verbs/coverage.ts"),
  },
];
