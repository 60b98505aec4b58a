import type { Beside } from "#core/changelog/beside.ts";
import type { Release } from "#core/release/state.ts";
import type { BoardRow, Store } from "./ports/store.ts";

const MOST = 10_000;

/** The versions of a system that were rolled back or withdrawn: they were seen, so their numbers are never used again. */
export async function withdrawnVersions(
  store: Pick<Store, "rows">,
  system: string,
): Promise<readonly string[]> {
  const rows = await store.rows({ limit: MOST });
  return rows.filter((row) => row.system === system && isWithdrawn(row)).map((row) => row.version);
}

/**
 * The versions of components that went out with those: neither are they used again.
 * @param load a release of the store, by its id
 */
export async function withdrawnComponents(
  store: Pick<Store, "rows">,
  system: string,
  load: (release: string) => Promise<{ readonly release: Pick<Release, "plan"> } | null>,
): Promise<readonly Beside[]> {
  const rows = await store.rows({ limit: MOST });
  const found: Beside[] = [];
  for (const row of rows.filter((one) => one.system === system && isWithdrawn(one)))
    found.push(...((await load(row.release))?.release.plan.components ?? []));
  return found;
}

/** Whether a version was taken back; from the moment of the decision on where somebody withdrew it. */
export function isWithdrawn({ status, phase }: Pick<BoardRow, "status" | "phase">): boolean {
  return status === "rolled-back" || status === "withdrawn" || phase === "withdrawal";
}

/** Whether a version came out, be it withdrawn since or not: it serves until the next one does. */
export function isOut({ status, phase }: Pick<BoardRow, "status" | "phase">): boolean {
  return status === "stable" || status === "withdrawn" || phase === "withdrawal";
}
