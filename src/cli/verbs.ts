import { PLAN, REASON } from "./options.ts";
import type { Option, Verb } from "./verb.ts";
import { STORE_VERBS } from "./verbs-store.ts";

const NOTE: Option = { flags: "--note <text>", about: "a note; kept in the journal" };
const YES: Option = { flags: "--yes", about: "do not ask to type the version" };
const RULES: Option = {
  flags: "--rules <file>",
  about: "a rules file (docs/versions.md); left out: `versioning` of the policy, else plain rules",
};
const RANGE: Option = {
  flags: "--range <A..B>",
  about: "two tags or commits, or ..B from the beginning on",
};
/** Every word that the CLI knows, in the order of a release's life. Help and docs/cli.md are made from it. */
export const VERBS: readonly Verb[] = [
  {
    name: "init",
    args: "",
    summary: "write a first policy file, guessed from this repository",
    options: [{ flags: "--force", about: "write over the file that is there" }],
    examples: ["holdpoint init"],
    load: () => import("./verbs/init.ts"),
  },
  {
    name: "check",
    args: "[file]",
    summary: "prove that a policy file is sound, or say where it is not",
    options: [],
    examples: ["holdpoint check", "holdpoint check holdpoint.yaml --json"],
    load: () => import("./verbs/check.ts"),
  },
  {
    name: "coverage",
    args: "[system]",
    summary: "show where each clause of a release document stands, and what points at nothing",
    about:
      "Joins COVERAGE.md, the comments of holdpoint.yaml beside it and the titles of the repository's tests. Without a name: beside the policy, else all folders of policies/.",
    options: [],
    examples: ["holdpoint coverage", "holdpoint coverage asset-anchor --json"],
    load: () => import("./verbs/coverage.ts"),
  },
  {
    name: "plan",
    args: "",
    summary: "show what a release would be; records nothing",
    options: [
      ...PLAN,
      { flags: "--why", about: "show what led to the version" },
      {
        flags: "--traffic <n>",
        about: "requests per second: show how soon the judge would see a fault at 5, 25, 50 %",
      },
    ],
    examples: ["holdpoint plan --why", "holdpoint plan --traffic 100"],
    load: () => import("./verbs/plan.ts"),
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
    load: () => import("./verbs/changelog.ts"),
  },
  {
    name: "notes",
    args: "[version]",
    summary: "show the release notes of the next release, or of a version that was released",
    options: PLAN,
    examples: ["holdpoint notes", "holdpoint notes 1.4.0"],
    load: () => import("./verbs/notes.ts"),
  },
  {
    name: "release",
    args: "",
    summary: "plan a release and set it on its way",
    about:
      "Without a server it works in the foreground until the release ends or waits only for people or a time far away; then it exits with 3 and says what holds.",
    options: [...PLAN, { flags: "--no-wait", about: "return once it is planned" }],
    examples: ["holdpoint release", "holdpoint release --type hotfix --incident INC-7"],
    load: () => import("./verbs/release.ts"),
  },
  {
    name: "revise",
    args: "<release>",
    summary:
      "plan a release again from today's commit and policy; voids what rests on what changed",
    options: [],
    examples: ["holdpoint revise shop-1.4.0"],
    load: () => import("./verbs/revise.ts"),
  },
  {
    name: "approve",
    args: "<release> [gate]",
    summary: "say yes to a sign-off",
    options: [
      { flags: "--role <name>", about: "the role to sign as, where you have several" },
      NOTE,
    ],
    examples: ["holdpoint approve shop-1.4.0 go-no-go"],
    load: () => import("./verbs/approve.ts"),
  },
  {
    name: "tick",
    args: "<release> <gate> <item>",
    summary: "tick an item of a checklist",
    options: [NOTE],
    examples: ["holdpoint tick shop-1.4.0 readiness runbook"],
    load: () => import("./verbs/tick.ts"),
  },
  {
    name: "waive",
    args: "<release> <gate>",
    summary: "let a gate be, with a reason; the policy says who may",
    options: [REASON],
    examples: ['holdpoint waive shop-1.4.0 scan --reason "false alarm, see SEC-12"'],
    load: () => import("./verbs/waive.ts"),
  },
  {
    name: "prove",
    args: "<release> <gate>",
    summary: "add a record that something was done: a drill, a restore test",
    options: [
      { flags: "--link <url>", about: "where it can be seen; kept in the journal" },
      { flags: "--when <time>", about: "when it was done, as 2026-11-24T14:00Z; left out: now" },
    ],
    examples: ["holdpoint prove shop-1.4.0 drill --link https://wiki.example.test/drill-7"],
    load: () => import("./verbs/prove.ts"),
  },
  {
    name: "debts",
    args: "",
    summary: "list what releases owe and is not settled, the earliest due first",
    options: [],
    examples: ["holdpoint debts"],
    load: () => import("./verbs/debts.ts"),
  },
  {
    name: "discharge",
    args: "<release> <debt>",
    summary: "settle a debt with its evidence, also after the release has ended",
    options: [{ flags: "--link <url>", about: "where it can be seen; kept in the journal" }, NOTE],
    examples: ["holdpoint discharge shop-1.4.0 owed-1 --link https://ci.example.test/77"],
    load: () => import("./verbs/discharge.ts"),
  },
  {
    name: "retry",
    args: "<release> [gate]",
    summary: "go on after a stop, or ask a failed gate again",
    options: [],
    examples: ["holdpoint retry shop-1.4.0", "holdpoint retry shop-1.4.0 tests"],
    load: () => import("./verbs/retry.ts"),
  },
  {
    name: "settle",
    args: "<release> <end>",
    summary: "say whether a step in doubt was done: done or not-done",
    options: [REASON],
    examples: ['holdpoint settle shop-1.4.0 done --reason "seen in the console"'],
    load: () => import("./verbs/settle.ts"),
  },
  {
    name: "abort",
    args: "<release>",
    summary: "end a release that has had no effect yet",
    options: [REASON, YES],
    examples: ['holdpoint abort shop-1.4.0 --reason "not today"'],
    load: () => import("./verbs/abort.ts"),
  },
  {
    name: "rollback",
    args: "<release>",
    summary: "go the derived way back to the version before",
    options: [REASON, YES],
    examples: ['holdpoint rollback shop-1.4.0 --reason "checkout fails"'],
    load: () => import("./verbs/rollback.ts"),
  },
  {
    name: "resume",
    args: "[release]",
    summary: "work on due releases in the foreground until nothing is due",
    options: [],
    examples: ["holdpoint resume"],
    load: () => import("./verbs/resume.ts"),
  },
  {
    name: "status",
    args: "[release]",
    summary: "list releases; of one: phases, gates, why not now, traffic, the way back",
    options: [
      { flags: "--all", about: "list ended releases, too" },
      { flags: "--limit <n>", about: "most releases to list (50)" },
    ],
    examples: ["holdpoint status", "holdpoint status shop-1.4.0"],
    load: () => import("./verbs/status.ts"),
  },
  {
    name: "calendar",
    args: "",
    summary: "show windows, freezes and planned releases between two days",
    options: [
      { flags: "--from <day>", about: "first day, as 2026-11-24; left out: today" },
      { flags: "--to <day>", about: "last day; left out: a quarter later" },
      { flags: "--ics", about: "as an iCalendar file (RFC 5545), for other calendars" },
    ],
    examples: ["holdpoint calendar", "holdpoint calendar --ics > releases.ics"],
    load: () => import("./verbs/calendar.ts"),
  },
  {
    name: "log",
    args: "[release]",
    summary: "say what happened, one line per event",
    options: [
      { flags: "--after <position>", about: "only what came after a position of the journal" },
      { flags: "--limit <n>", about: "most lines (1000)" },
    ],
    examples: ["holdpoint log shop-1.4.0", "holdpoint log --json"],
    load: () => import("./verbs/log.ts"),
  },
  {
    name: "judge",
    args: "",
    summary: "judge a recorded stream: continue, hold or rollback, every 5 s",
    about:
      'Reads one JSON line per second: {"t", "weight", "baseline", "canary"}; t < 0 is what the stable version did before. Says one word at t = 4, 9, 14 ..., and ends with the first rollback. Without --policy the judge has its defaults. docs/judge.md says what an arm holds, and how it judges.',
    options: [
      { flags: "--samples <file>", about: "the lines; - or left out: standard input" },
      { flags: "--planned-seconds <n>", about: "how long the release is to be watched" },
    ],
    examples: ["holdpoint judge --samples stream.jsonl --planned-seconds 3600 --json"],
    load: () => import("./verbs/judge.ts"),
  },
  ...STORE_VERBS,
];
