import type { Release } from "#core/release/state.ts";
import type { Handler } from "./handle.ts";
import type { Store } from "./ports/store.ts";

/** How many releases are looked through for what they left behind: older ones hold nobody any more. */
const MOST = 5000;

/** The releases of a store but one, the latest planned first. */
export async function otherReleases(
  { store, handler }: { store: Store; handler: Handler },
  than: string,
): Promise<readonly Release[]> {
  const rows = await store.rows({ limit: MOST });
  const found: Release[] = [];
  for (const { release } of rows) {
    const loaded = release === than ? null : await handler.load(release);
    if (loaded !== null) found.push(loaded.release);
  }
  return found;
}
