import type { Option, Verb } from "./verb.ts";

const REASON: Option = { flags: "--reason <text>", about: "why; kept in the journal" };
const NOTE: Option = { flags: "--note <text>", about: "a note; kept in the journal" };
const YES: Option = { flags: "--yes", about: "do not ask to type the version" };
const HEAD: Option = {
  flags: "--head <position:hash>",
  about: "a head that was noted down elsewhere",
};
const PLAN: readonly Option[] = [
  { flags: "--type <name>", about: "release type; left out: the one that the commits ask for" },
  { flags: "--ref <name>", about: "branch, tag or commit; left out: HEAD" },
  { flags: "--at <time>", about: "T-0, as 2026-11-24T14:00Z; left out: now" },
  { flags: "--incident <id>", about: "the incident that it repairs, for types that need one" },
];

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
    name: "plan",
    args: "",
    summary: "show what a release would be; records nothing",
    options: [...PLAN, { flags: "--why", about: "show what led to the version" }],
    examples: ["holdpoint plan --why"],
    load: () => import("./verbs/plan.ts"),
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
  {
    name: "verify",
    args: "",
    summary: "prove that the journal is whole and unchanged",
    options: [HEAD],
    examples: ["holdpoint verify", "holdpoint verify --head 120:9f2c..."],
    load: () => import("./verbs/verify.ts"),
  },
  {
    name: "export",
    args: "<file>",
    summary: "write the whole store into one file: the backup, and the way to another store",
    about:
      "The store itself is read, whatever server is configured, and may go on meanwhile; the file shows one moment and was proved. Note the head that is printed.",
    options: [],
    examples: ["holdpoint export journal.jsonl"],
    load: () => import("./verbs/export.ts"),
  },
  {
    name: "import",
    args: "<file>",
    summary: "fill an empty store from an exported file, all or nothing",
    options: [HEAD],
    examples: ["holdpoint import journal.jsonl --head 120:9f2c..."],
    load: () => import("./verbs/import.ts"),
  },
  {
    name: "serve",
    args: "",
    summary: "serve the API and work on releases until stopped",
    options: [{ flags: "--listen <host:port>", about: "where to listen (127.0.0.1:4600)" }],
    examples: ["holdpoint serve", "holdpoint serve --listen 0.0.0.0:4600"],
    load: () => import("./verbs/serve.ts"),
  },
  {
    name: "token",
    args: "<action> [who]",
    summary: "add PERSON, list, revoke ID: who may speak to the server, kept beside the store",
    options: [
      { flags: "--read-only", about: "a token that may look but not act" },
      { flags: "--out <file>", about: "write the token into a new file that only you can read" },
    ],
    examples: ["holdpoint token add lead@example.test --out token", "holdpoint token revoke 3f9a"],
    load: () => import("./verbs/token.ts"),
  },
];

/** Options that every verb knows. */
export const GLOBAL_OPTIONS: readonly Option[] = [
  { flags: "--json", about: "one JSON document on stdout" },
  { flags: "--no-color", about: "no colour, as NO_COLOR" },
  { flags: "--no-input", about: "never ask; fail instead" },
  { flags: "--policy <file>", about: "the policy file (holdpoint.yaml here or above)" },
  { flags: "--data-dir <folder>", about: "the embedded store (.holdpoint in the repository)" },
  { flags: "--server <url>", about: "the server to speak to, instead of the embedded store" },
];

/** What the environment can say. */
export const VARIABLES: readonly (readonly [string, string])[] = [
  ["HOLDPOINT_SERVER", "as --server; also `server` in ~/.config/holdpoint/config.json"],
  ["HOLDPOINT_TOKEN_FILE", "file with the token for the server (~/.config/holdpoint/token)"],
  ["HOLDPOINT_DATA_DIR", "as --data-dir"],
  ["HOLDPOINT_DATABASE_URL_FILE", "file with the URL of a PostgreSQL database, for the store"],
  ["HOLDPOINT_LISTEN", "as --listen of `serve`"],
  ["HOLDPOINT_PERSON", "who acts on the embedded store, in CI; else git's user.email"],
];
