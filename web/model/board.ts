import { type BoardRow, inRowOrder } from "#app/ports/store.ts";
import type { StatusReport } from "#core/reports/status.ts";

/** A page of rows, and the cursor of the next one. */
export interface BoardPage {
  readonly releases: readonly BoardRow[];
  readonly next: string | null;
}

/**
 * The pages of a list after one row has changed: it takes the place that its order gives it, or leaves where it belongs in
 * the list no more. A row whose place is on a page that was not read yet comes with that page.
 */
export function withRow(pages: readonly BoardPage[], row: BoardRow, belongs: boolean): BoardPage[] {
  const rest = pages.map((page) =>
    page.releases.some(({ release }) => release === row.release)
      ? { ...page, releases: page.releases.filter(({ release }) => release !== row.release) }
      : page,
  );
  if (!belongs) return rest;
  const at = rest.findIndex(
    ({ releases, next }, index) =>
      (next === null && index === rest.length - 1) ||
      releases.some((other) => inRowOrder(row, other) < 0),
  );
  return rest.map((page, index) =>
    index === at ? { ...page, releases: [...page.releases, row].sort(inRowOrder) } : page,
  );
}

/** Releases of one system, those that want somebody first. */
export interface Group {
  readonly system: string;
  readonly rows: readonly BoardRow[];
}

/** What wants a person stands above what goes on by itself. */
const URGENCY = ["stopped", "in-doubt", "rolling-back", "held", "paused", "working", "waiting"];

export function bySystem(rows: readonly BoardRow[]): readonly Group[] {
  const groups = Map.groupBy(rows, ({ system }) => system);
  return [...groups]
    .map(([system, those]) => ({ system, rows: those.toSorted(byUrgency) }))
    .toSorted((one, other) => one.system.localeCompare(other.system));
}

function byUrgency(one: BoardRow, other: BoardRow): number {
  return urgency(one) - urgency(other) || one.plannedAt - other.plannedAt;
}

/** A status that this page does not know comes last. */
function urgency({ status }: BoardRow): number {
  const place = URGENCY.indexOf(status);
  return place < 0 ? URGENCY.length : place;
}

/** The environment of the phase in which a release stands; empty where it works in none. */
export function whereItIs({ phases, phase }: Pick<StatusReport, "phases" | "phase">): string {
  return phases.find(({ name }) => name === phase)?.environment ?? "";
}

/** How many of its phases are behind it. */
export function progressOf({ phases }: Pick<StatusReport, "phases">): {
  passed: number;
  all: number;
} {
  return { passed: phases.filter(({ state }) => state === "passed").length, all: phases.length };
}

/** Which rows of a long list are to be drawn, and how much room those above and below take. */
export function windowOf(
  count: number,
  { top, height, row, spare = 8 }: { top: number; height: number; row: number; spare?: number },
): { from: number; to: number; above: number; below: number } {
  const from = Math.max(0, Math.min(count, Math.floor(top / row) - spare));
  const to = Math.min(count, Math.ceil((top + height) / row) + spare);
  return { from, to: Math.max(from, to), above: from * row, below: Math.max(0, count - to) * row };
}
