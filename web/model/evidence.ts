import type { Entry } from "#core/audit/entry.ts";
import type { Instant } from "#core/base/time.ts";
import { looksOf } from "./looks.ts";

/** What the judge knew at a look: how much speaks against the new version, and how much it takes to turn back. */
export interface Evidence {
  readonly at: Instant;
  /** The e-value: one over it bounds the chance that a version which is no worse looks like this. */
  readonly e: number;
  readonly needed: number;
  readonly verdict: "continue" | "hold" | "rollback";
  /** Requests of the new version that it rests on. */
  readonly requests: number;
}

/** From look to look; empty where the policy promises no chance, for then no evidence is weighed. */
export function evidenceOf(entries: readonly Entry[]): readonly Evidence[] {
  return looksOf(entries).flatMap(({ at, look: { evidence = {}, verdict } }) => {
    const [e, needed, requests] = [evidence["e"], evidence["needed"], evidence["requests"]];
    if (typeof e !== "number" || typeof needed !== "number") return [];
    return [{ at, e, needed, verdict, requests: typeof requests === "number" ? requests : 0 }];
  });
}

/** How far the evidence has come, for people. */
export function sayEvidence({ e, needed }: Evidence): string {
  if (e >= needed) return `Enough evidence to turn back: ${amount(e)} of ${amount(needed)}`;
  if (e < 1) return `Nothing speaks against it: ${amount(e)} of ${amount(needed)} needed`;
  return `${amount(e)} of the ${amount(needed)} that turn it back`;
}

/** The way to the threshold on a scale of powers of ten, 0 to 1: evidence multiplies, it does not add. */
export function wayToThreshold({ e, needed }: Evidence): number {
  if (e <= 1) return 0;
  return Math.min(1, Math.log(e) / Math.log(needed));
}

/** An amount of evidence with as many places as tell something: `0.03`, `7.2`, `1,400`, `2.1 × 10^8`. */
export function amount(e: number): string {
  if (e >= 1e6) {
    const power = Math.floor(Math.log10(e));
    return `${Number((e / 10 ** power).toFixed(1))} × 10^${power}`;
  }
  return e.toLocaleString("en-GB", { maximumSignificantDigits: 2 });
}
