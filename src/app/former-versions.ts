import { cameOut } from "#core/release/withdrawal.ts";
import type { Handler } from "./handle.ts";
import type { Parts } from "./planner.ts";
import type { Store } from "./ports/store.ts";
import { latestTry } from "./tries.ts";
import { withdrawnComponents, withdrawnVersions } from "./withdrawn.ts";

/** What the store tells a planner of the versions that were released before, or were to be. */
export function formerVersions(
  store: Pick<Store, "rows">,
  handler: Pick<Handler, "load">,
): Pick<Parts, "withdrawn" | "withdrawnParts" | "recorded" | "idOf"> {
  const load = (release: string) => handler.load(release);
  return {
    withdrawn: (system) => withdrawnVersions(store, system),
    withdrawnParts: (system) => withdrawnComponents(store, system, load),
    idOf: async (first) => (await latestTry(first, load)).id,
    async recorded(first) {
      const { release } = await latestTry(first, load);
      return release !== null && cameOut(release.stand) ? release.plan : null;
    },
  };
}
