import type { Desk } from "#app/desk.ts";
import type { BoardRow } from "#app/ports/store.ts";
import { need } from "./at-hand.ts";

/** The releases that were rolled back: their versions are withdrawn, and never used again. */
export async function withdrawnVersions(desk: Desk): Promise<readonly BoardRow[]> {
  const rows = need(await desk.releases({ ended: true, limit: 1000 }));
  return rows.filter(({ status }) => status === "rolled-back");
}
