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
    about:
      "Ends with 2 where there is an error, with 1 where `--strict` is said and there is a warning, else with 0: notes never count.",
    options: [
      { flags: "--strict", about: "warnings count, too" },
      { flags: "--sarif", about: "as a SARIF 2.1.0 log, for code review" },
    ],
    examples: [
      "holdpoint check",
      "holdpoint check holdpoint.yaml --json",
      "holdpoint check --strict --sarif > policy.sarif",
    ],
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
    name: "simulate",
    args: "[file]",
    summary: "live through a release of a policy on a virtual clock, before there is one",
    about:
      "Run by the engine that runs real releases, in a world from a seed: the same seed gives the same run. Several of `--fail` and `--absent` are divided by commas. Ends as a release ends: 0 where it gets stable, 1 where it does not, 3 where it stands still.",
    options: [
      { flags: "--type <name>", about: "release type; left out: the first of the policy" },
      { flags: "--from <time>", about: "when it is planned, as 2026-11-24; left out: now" },
      { flags: "--seed <n>", about: "the pace of work and people (1)" },
      {
        flags: "--fail <step>",
        about: "a step that fails: step:deploy, or step:smoke@staging in one phase",
      },
      { flags: "--errors <share>", about: "requests that fail: 5%@canary, or 1%@stable" },
      { flags: "--absent <who>", about: "a person or a role that does nothing" },
      { flags: "--crash-at <n>", about: "the worker dies once so many events are recorded" },
    ],
    examples: [
      "holdpoint simulate --type major",
      "holdpoint simulate --type minor --from 2026-12-01 --errors 5%@canary",
      "holdpoint simulate --fail step:smoke@staging --absent qa",
    ],
    load: () => import("../verbs/simulate.ts"),
  },
  {
    name: "diff",
    args: "<old> <new>",
    summary: "say what a policy change would have made of the releases that were",
    about:
      "The facts of each release that has ended, its answers, approvals and readings with their times, are replayed under the new policy by the engine. Ends with 0 where all would have gone as they went, with 1 where any would not.",
    options: [{ flags: "--limit <n>", about: "most releases, the latest first (200)" }],
    examples: [
      "holdpoint diff old.yaml holdpoint.yaml",
      "holdpoint diff old.yaml holdpoint.yaml --json",
    ],
    load: () => import("../verbs/diff.ts"),
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
