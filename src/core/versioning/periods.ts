import type { Instant } from "../base/time.ts";
import type { VersioningRules } from "./shape.ts";

/**
 * The rules that held on a day: those of the first period that it falls into, over those that hold now.
 * @param at a moment; days are those of UTC
 */
export function rulesAt(rules: VersioningRules, at: Instant): VersioningRules {
  if (rules.periods.length === 0) return rules;
  const day = Temporal.Instant.fromEpochMilliseconds(at).toString().slice(0, 10);
  const period = rules.periods.find(
    ({ since, until }) =>
      (since === undefined || since <= day) && (until === undefined || day < until),
  );
  if (period === undefined) return rules;
  const said = Object.entries(period).filter(([, value]) => value !== undefined);
  return { ...rules, ...Object.fromEntries(said) };
}
