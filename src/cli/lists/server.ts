import type { Verb } from "../verb.ts";

/** Serving it to others. */
export const SERVER_VERBS: readonly Verb[] = [
  {
    name: "serve",
    args: "",
    summary: "serve the API and work on releases until stopped",
    options: [{ flags: "--listen <host:port>", about: "where to listen (127.0.0.1:4600)" }],
    examples: ["holdpoint serve", "holdpoint serve --listen 0.0.0.0:4600"],
    load: () => import("../verbs/serve.ts"),
  },
  {
    name: "token",
    args: "<action> [who]",
    summary: "add PERSON, list, revoke ID: who may speak to the server, kept beside the store",
    options: [
      { flags: "--read-only", about: "a token that may look but not act" },
      { flags: "--push-only", about: "a token that may push samples and nothing else" },
      { flags: "--out <file>", about: "write the token into a new file that only you can read" },
    ],
    examples: ["holdpoint token add lead@example.test --out token", "holdpoint token revoke 3f9a"],
    load: () => import("../verbs/token.ts"),
  },
];
