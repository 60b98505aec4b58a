import type { Option, Verb } from "./verb.ts";

const HEAD: Option = {
  flags: "--head <position:hash>",
  about: "a head that was noted down elsewhere",
};

/** Words about the store as a whole: its proof, its copies, its server. */
export const STORE_VERBS: readonly Verb[] = [
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
