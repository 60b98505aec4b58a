import type { Option, Verb } from "../verb.ts";

const HEAD: Option = {
  flags: "--head <position:hash>",
  about: "a head that was noted down elsewhere",
};

/** What happened, and the proof of it. */
export const JOURNAL_VERBS: readonly Verb[] = [
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
