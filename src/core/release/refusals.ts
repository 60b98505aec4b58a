/** Every "no" to what is asked of a release. */
export const OF_RELEASES = {
  "release-exists": "A release of this version is known already.",
  "no-release": "There is no such release.",
  "release-ended": "The release has ended; what has ended never opens again.",
  "no-gate": "The phase that the release stands in has no such gate.",
  "not-a-signoff": "The gate asks for no approval.",
  "not-a-checklist": "The gate has no items to tick.",
  "no-item": "The checklist has no such item.",
  "not-allowed": "The person may not do this.",
  "approved-already": "The person has approved this gate for this bundle.",
  "ticked-already": "The item is ticked.",
  "passed-already": "The gate has passed.",
  "reason-missing": "This needs a reason, and none was given.",
  "no-waivers": "The policy lets nobody waive a gate.",
  "work-begun": "Steps have begun, so the release can no longer be revised.",
  "nothing-changed": "The bundle is the same as before.",
  "nothing-to-retry": "Nothing has failed, so there is nothing to retry.",
  "nothing-to-undo": "No step with an effect has begun, so there is nothing to roll back.",
  "past-no-return": "The release has passed the point of no return.",
  "rolling-back": "The release is being rolled back.",
  "undo-first": "The release has had effects; it must be rolled back, not aborted.",
  "no-withdrawals": "The policy lets nobody withdraw a version.",
  "not-out": "The version is not out, so it cannot be withdrawn.",
  "withdrawn-already": "The version is withdrawn.",
  withdrawing: "The version is being withdrawn.",
  "nothing-frozen": "No environment is frozen by this release.",
  "not-evidence": "The gate asks for no record.",
  "link-missing": "This needs a link to its evidence, and none was given.",
  "not-yet": "It cannot have been done at a time to come.",
  blackout: "A blackout is on, which nobody may waive.",
  "no-debt": "The release has no such debt.",
  "settled-already": "The debt is settled.",
  "no-doubt": "No step of this release is in doubt.",
} as const;

/** Every "no" to what is said of an incident. */
const OF_INCIDENTS = {
  "no-status-page": "The policy has no status page.",
  "no-incident": "There is no such incident.",
  "incident-resolved": "The incident is resolved; what is over never opens again.",
  "no-area": "The status page has no such area.",
  "nothing-said": "There is nothing to tell the public.",
} as const;

/** Every "no" of the engine: a code for machines, a sentence and a remedy for people. docs/errors.md is made from it. */
export const REFUSALS = {
  ...OF_RELEASES,
  ...OF_INCIDENTS,
  // Said where an act meets the journal, not by what decides on it.
  "changed-meanwhile": "The release has changed since it was read.",
} as const;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  readonly code: RefusalCode;
  /** One sentence: what is refused and why, with names. */
  readonly sentence: string;
  readonly remedy: string;
}

export function refuse(
  code: RefusalCode,
  sentence: string,
  remedy: string,
): { ok: false; error: Refusal } {
  return { ok: false, error: { code, sentence, remedy } };
}
