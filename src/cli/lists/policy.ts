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
