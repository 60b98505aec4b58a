import type { Reading } from "#core/judge/reading.ts";
import type { Policy } from "#core/policy/policy.ts";
import { cameOut } from "#core/release/withdrawal.ts";
import type { Handler } from "./handle.ts";
import type { Outside } from "./perform/outside.ts";
import { measure, targetOf } from "./perform/perform.ts";
import { isOut } from "./withdrawn.ts";

const MOST_RELEASES = 50;
/** Stands for the version of no release: then the stable version alone is read. */
const NOBODY = { release: "none", version: "none", commit: "none" };
const MOST_ROWS = 100;

/** A reading of an environment: both versions while a release is exposed there, else the one that serves. */
export async function readEnvironment(
  outside: Outside,
  handler: Pick<Handler, "load">,
  { policy, environment }: { policy: Policy; environment: string },
): Promise<Reading> {
  for (const { release } of await outside.store.rows({ ended: false, limit: MOST_RELEASES })) {
    const loaded = await handler.load(release);
    if (loaded?.release.guard?.environment !== environment) continue;
    const { plan, stand } = loaded.release;
    if (cameOut(stand)) continue;
    return await measure(outside, {
      environment,
      terms: plan.terms,
      target: targetOf(plan, environment),
    });
  }
  const rows = await outside.store.rows({ limit: MOST_ROWS });
  const serving = rows.find(isOut)?.version;
  const previous = serving === undefined ? null : { version: serving, commit: "none" };
  const target = targetOf({ ...NOBODY, previous, terms: policy }, environment);
  return await measure(outside, { environment, terms: policy, target });
}
