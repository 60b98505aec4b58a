import type { Option, Verb } from "./verb.ts";

const RULES: Option = {
  flags: "--rules <file>",
  about: "a rules file (docs/versions.md); left out: `versioning` of the policy, else plain rules",
};
const RANGE: Option = {
  flags: "--range <A..B>",
  about: "two tags or commits, or ..B from the beginning on",
};

/** What can be asked of commits and rules alone, without a policy, a store or a person. */
export const VERSION_VERBS: readonly Verb[] = [
  {
    name: "version",
    args: "",
    summary: "say the next version, or that of a range, and why; needs commits and rules only",
    about:
      "Works in a bare repository, too. With `--range -` the ranges are read from standard input, one per line.",
    options: [
      RANGE,
      RULES,
      { flags: "--component <name>", about: "one component of the rules; left out: all of them" },
      { flags: "--ref <name>", about: "without a range: branch, tag or commit; left out: HEAD" },
    ],
    examples: [
      "holdpoint version",
      "holdpoint version --range v1.2.0..v1.3.0 --rules rules.yaml --json",
    ],
    load: () => import("./verbs/version.ts"),
  },
  {
    name: "lint",
    args: "[file]",
    summary: "judge commit messages: one in a file, or those of a range",
    about: 'As git\'s commit-msg hook: `holdpoint lint "$1"`.',
    options: [RANGE, RULES],
    examples: ["holdpoint lint .git/COMMIT_EDITMSG", "holdpoint lint --range origin/main..HEAD"],
    load: () => import("./verbs/lint.ts"),
  },
  {
    name: "replay",
    args: "",
    summary: "say where today's rules would have decided otherwise",
    options: [{ flags: "--versions", about: "the version of every old tag" }, RULES],
    examples: ["holdpoint replay --versions", "holdpoint replay --versions --json"],
    load: () => import("./verbs/replay.ts"),
  },
];
