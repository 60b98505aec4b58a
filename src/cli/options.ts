import type { Option } from "./verb.ts";

export const REASON: Option = { flags: "--reason <text>", about: "why; kept in the journal" };

/** What can be said of a release that is wanted. */
export const PLAN: readonly Option[] = [
  { flags: "--type <name>", about: "release type; left out: the one that the commits ask for" },
  { flags: "--ref <name>", about: "branch, tag or commit; left out: HEAD" },
  {
    flags: "--at <time>",
    about: "T-0, as 2026-11-24T14:00Z; left out: the type's earliest slot, or now",
  },
  { flags: "--incident <id>", about: "the incident that it repairs, for types that need one" },
  { flags: "--bump <name>", about: "patch, minor or major; at least what the commits ask for" },
  { flags: "--as <version>", about: "the very version, by hand; it needs a --reason" },
  REASON,
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
  ["HOLDPOINT_STATUS_PAGE", "folder for the public status page (status-page in the data folder)"],
  ["HOLDPOINT_DATABASE_URL_FILE", "file with the URL of a PostgreSQL database, for the store"],
  ["HOLDPOINT_LISTEN", "as --listen of `serve`"],
  ["HOLDPOINT_PERSON", "who acts on the embedded store, in CI; else git's user.email"],
];
