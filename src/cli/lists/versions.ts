import { PLAN } from "../options.ts";
import type { Option, Verb } from "../verb.ts";

const RULES: Option = {
  flags: "--rules <file>",
  about: "a rules file (docs/versions.md); left out: `versioning` of the policy, else plain rules",
};
const RANGE: Option = {
  flags: "--range <A..B>",
  about: "two tags or commits, or ..B from the beginning on",
};

/** What the commits ask for, and what is written from them. */
export const VERSION_VERBS: readonly Verb[] = [
  {
    name: "plan",
    args: "",
    summary: "show what a release would be; records nothing",
    options: [
      ...PLAN,
      { flags: "--why", about: "show what led to the version" },
      {
        flags: "--traffic <n>",
        about:
          "requests per second to be expected, for what the judge will see; left out: those of the last hour",
      },
    ],
    examples: ["holdpoint plan --why", "holdpoint plan --traffic 100"],
    load: () => import("../verbs/plan.ts"),
  },
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
      { flags: "--candidate <name>", about: "its next candidate, as 1.3.0-beta.2 with `beta`" },
      { flags: "--ref <name>", about: "without a range: branch, tag or commit; left out: HEAD" },
    ],
    examples: [
      "holdpoint version",
      "holdpoint version --range v1.2.0..v1.3.0 --rules rules.yaml --json",
    ],
    load: () => import("../verbs/version.ts"),
  },
  {
    name: "lint",
    args: "[file]",
    summary: "judge commit messages: one in a file, or those of a range",
    about: 'As git\'s commit-msg hook: `holdpoint lint "$1"`.',
    options: [RANGE, RULES],
    examples: ["holdpoint lint .git/COMMIT_EDITMSG", "holdpoint lint --range origin/main..HEAD"],
    load: () => import("../verbs/lint.ts"),
  },
  {
    name: "replay",
    args: "",
    summary: "say where today's rules would have decided otherwise",
    options: [{ flags: "--versions", about: "the version of every old tag" }, RULES],
    examples: ["holdpoint replay --versions", "holdpoint replay --versions --json"],
    load: () => import("../verbs/replay.ts"),
  },
  {
    name: "changelog",
    args: "",
    summary: "show what the next release adds to the changelog; check it, write it",
    about:
      "The changelog is kept in the form of Keep a Changelog. What people write in it stays as it is.",
    options: [
      { flags: "--write", about: "write the next release into it, in the work tree" },
      { flags: "--check", about: "prove that it has every release, or say where not" },
      {
        flags: "--all",
        about: "the changelog of the whole history, from its tags; needs no policy",
      },
      ...PLAN,
    ],
    examples: ["holdpoint changelog --write", "holdpoint changelog --all"],
    load: () => import("../verbs/changelog.ts"),
  },
  {
    name: "notes",
    args: "[version]",
    summary: "show the release notes of the next release, or of a version that was released",
    options: PLAN,
    examples: ["holdpoint notes", "holdpoint notes 1.4.0"],
    load: () => import("../verbs/notes.ts"),
  },
];
