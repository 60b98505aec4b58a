import type { Desk } from "#app/desk.ts";
import type { BoardRow } from "#app/ports/store.ts";
import { isWithdrawn } from "#app/withdrawn.ts";
import { need } from "./at-hand.ts";

/** The releases whose versions were taken back, and are never used again. */
export async function withdrawnVersions(desk: Desk): Promise<readonly BoardRow[]> {
  return need(await desk.releases({ limit: 1000 })).filter(isWithdrawn);
}
