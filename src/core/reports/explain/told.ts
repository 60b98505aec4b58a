import type { Instant } from "../../base/time.ts";
import type { Policy } from "../../policy/policy.ts";

/** What the document is made for: the policy, and the day on which it is read. */
export interface Told {
  readonly policy: Policy;
  /** The beginning of the day, in the policy's zone. */
  readonly from: Instant;
  /** The same day, as 2026-01-31. */
  readonly day: string;
}
