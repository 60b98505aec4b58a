import type { Option, Verb } from "../verb.ts";

const HEAD: Option = {
  flags: "--head <position:hash>",
  about: "a head that was noted down elsewhere",
};

/** What happened, and the proof of it. */
export const JOURNAL_VERBS: readonly Verb[] = [
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
    load: () => import("../verbs/judge.ts"),
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
    load: () => import("../verbs/log.ts"),
  },
  {
    name: "verify",
    args: "",
    summary: "prove that the journal is whole and unchanged",
    options: [HEAD],
    examples: ["holdpoint verify", "holdpoint verify --head 120:9f2c..."],
    load: () => import("../verbs/verify.ts"),
  },
  {
    name: "export",
    args: "<file>",
    summary: "write the whole store into one file: the backup, and the way to another store",
    about:
      "The store itself is read, whatever server is configured, and may go on meanwhile; the file shows one moment and was proved. Note the head that is printed.",
    options: [],
    examples: ["holdpoint export journal.jsonl"],
    load: () => import("../verbs/export.ts"),
  },
  {
    name: "import",
    args: "<file>",
    summary: "fill an empty store from an exported file, all or nothing",
    options: [HEAD],
    examples: ["holdpoint import journal.jsonl --head 120:9f2c..."],
    load: () => import("../verbs/import.ts"),
  },
];
