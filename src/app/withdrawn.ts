import type { Store } from "./ports/store.ts";

const MOST = 10_000;

/** The versions of a system that were rolled back: they were seen, so their numbers are never used again. */
export async function withdrawnVersions(
  store: Pick<Store, "rows">,
  system: string,
): Promise<readonly string[]> {
  const rows = await store.rows({ ended: true, limit: MOST });
  return rows
    .filter((row) => row.status === "rolled-back" && row.system === system)
    .map(({ version }) => version);
}
