import { JOURNAL_VERBS } from "./lists/journal.ts";
import { POLICY_VERBS } from "./lists/policy.ts";
import { PUBLIC_VERBS } from "./lists/public.ts";
import { RELEASE_VERBS } from "./lists/releases.ts";
import { SERVER_VERBS } from "./lists/server.ts";
import { VERSION_VERBS } from "./lists/versions.ts";
import type { Verb } from "./verb.ts";

/** Every word that the CLI knows, in the order of a release's life. Help and docs/cli.md are made from it. */
export const VERBS: readonly Verb[] = [
  ...POLICY_VERBS,
  ...VERSION_VERBS,
  ...RELEASE_VERBS,
  ...PUBLIC_VERBS,
  ...JOURNAL_VERBS,
  ...SERVER_VERBS,
];
