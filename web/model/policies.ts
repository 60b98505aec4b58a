import type { PolicyVersion } from "#app/policy-versions.ts";
import { type Hindsight, OUTCOMES } from "#core/simulation/recorded/outcome.ts";

/** The two policies that are compared: what was chosen, else the latest with the one before it. */
export function comparedPair(
  versions: readonly PolicyVersion[],
  chosen: { readonly was: string; readonly is: string } | null,
): { readonly was: string; readonly is: string } | null {
  const known = (digest: string) => versions.some((one) => one.digest === digest);
  if (chosen !== null && known(chosen.was) && known(chosen.is)) return chosen;
  const [is, was] = versions;
  return is === undefined || was === undefined ? null : { was: was.digest, is: is.digest };
}

/** `9bd787acf1c8, 3 releases, the latest shop-1.0.1`. */
export function sayVersion({ digest, releases, release }: PolicyVersion): string {
  const many = releases === 1 ? release : `${releases} releases, the latest ${release}`;
  return `${digest.slice(0, 12)}, ${many}`;
}

/** `3 same, 1 blocked`: how many releases had which outcome. */
export function countOutcomes(releases: readonly Hindsight[]): string {
  return OUTCOMES.flatMap((outcome) => {
    const many = releases.filter((one) => one.outcome === outcome).length;
    return many === 0 ? [] : [`${many} ${outcome}`];
  }).join(", ");
}
