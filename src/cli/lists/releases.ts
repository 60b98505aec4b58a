import { PLAN, REASON } from "../options.ts";
import type { Option, Verb } from "../verb.ts";

const NOTE: Option = { flags: "--note <text>", about: "a note; kept in the journal" };
const YES: Option = { flags: "--yes", about: "do not ask to type the version" };

/** A release on its way, and the people who answer for it. */
export const RELEASE_VERBS: readonly Verb[] = [
  {
    name: "release",
    args: "",
    summary: "plan a release and set it on its way",
    about:
      "Without a server it works in the foreground until the release ends or waits only for people or a time far away; then it exits with 3 and says what holds.",
    options: [...PLAN, { flags: "--no-wait", about: "return once it is planned" }],
    examples: ["holdpoint release", "holdpoint release --type hotfix --incident INC-7"],
    load: () => import("../verbs/release.ts"),
  },
  {
    name: "revise",
    args: "<release>",
    summary:
      "plan a release again from today's commit and policy; voids what rests on what changed",
    options: [],
    examples: ["holdpoint revise shop-1.4.0"],
    load: () => import("../verbs/revise.ts"),
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
    load: () => import("../verbs/approve.ts"),
  },
  {
    name: "tick",
    args: "<release> <gate> <item>",
    summary: "tick an item of a checklist",
    options: [NOTE],
    examples: ["holdpoint tick shop-1.4.0 readiness runbook"],
    load: () => import("../verbs/tick.ts"),
  },
  {
    name: "waive",
    args: "<release> <gate>",
    summary: "let a gate be, with a reason; the policy says who may",
    options: [REASON],
    examples: ['holdpoint waive shop-1.4.0 scan --reason "false alarm, see SEC-12"'],
    load: () => import("../verbs/waive.ts"),
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
    load: () => import("../verbs/prove.ts"),
  },
  {
    name: "debts",
    args: "",
    summary: "list what releases owe and is not settled, the earliest due first",
    options: [],
    examples: ["holdpoint debts"],
    load: () => import("../verbs/debts.ts"),
  },
  {
    name: "discharge",
    args: "<release> <debt>",
    summary: "settle a debt with its evidence, also after the release has ended",
    options: [{ flags: "--link <url>", about: "where it can be seen; kept in the journal" }, NOTE],
    examples: ["holdpoint discharge shop-1.4.0 owed-1 --link https://ci.example.test/77"],
    load: () => import("../verbs/discharge.ts"),
  },
  {
    name: "retry",
    args: "<release> [gate]",
    summary: "go on after a stop, or ask a failed gate again",
    options: [],
    examples: ["holdpoint retry shop-1.4.0", "holdpoint retry shop-1.4.0 tests"],
    load: () => import("../verbs/retry.ts"),
  },
  {
    name: "settle",
    args: "<release> <end>",
    summary: "say whether a step in doubt was done: done or not-done",
    options: [REASON],
    examples: ['holdpoint settle shop-1.4.0 done --reason "seen in the console"'],
    load: () => import("../verbs/settle.ts"),
  },
  {
    name: "abort",
    args: "<release>",
    summary: "end a release that has had no effect yet",
    options: [REASON, YES],
    examples: ['holdpoint abort shop-1.4.0 --reason "not today"'],
    load: () => import("../verbs/abort.ts"),
  },
  {
    name: "rollback",
    args: "<release>",
    summary: "go the derived way back to the version before",
    options: [REASON, YES],
    examples: ['holdpoint rollback shop-1.4.0 --reason "checkout fails"'],
    load: () => import("../verbs/rollback.ts"),
  },
  {
    name: "withdraw",
    args: "<release>",
    summary: "take a version back that is out; the policy says who may",
    about:
      "Nothing is undone, since others have it: changelog and forge say from then on that it was withdrawn, and its number is never used again.",
    options: [REASON, YES],
    examples: ['holdpoint withdraw shop-1.4.0 --reason "loses carts; use 1.4.1"'],
    load: () => import("../verbs/withdraw.ts"),
  },
  {
    name: "unfreeze",
    args: "<release>",
    summary: "let releases into an environment that a late rollback has frozen",
    options: [REASON],
    examples: ['holdpoint unfreeze shop-1.4.0 --reason "production is as it was"'],
    load: () => import("../verbs/unfreeze.ts"),
  },
  {
    name: "resume",
    args: "[release]",
    summary: "work on due releases in the foreground until nothing is due",
    options: [],
    examples: ["holdpoint resume"],
    load: () => import("../verbs/resume.ts"),
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
    load: () => import("../verbs/status.ts"),
  },
  {
    name: "why-not",
    args: "<release>",
    summary: "say why a release does not go on now, who can lift that, and when it may go earliest",
    about: "Ends with 0 where nothing holds it, with 3 where it is held.",
    options: [],
    examples: ["holdpoint why-not shop-1.4.0", "holdpoint why-not shop-1.4.0 --json"],
    load: () => import("../verbs/why-not.ts"),
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
    load: () => import("../verbs/calendar.ts"),
  },
];
