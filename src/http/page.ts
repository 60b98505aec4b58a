interface Placed {
  readonly release: string;
  readonly plannedAt: number;
}

/** A page of releases, the latest planned first. The cursor names the last release shown, so nothing is shown twice. */
export function pageOf<Row extends Placed>(
  rows: readonly Row[],
  { limit, cursor }: { limit: number; cursor: string | undefined },
): { releases: Row[]; next: string | null } {
  const last = cursor === undefined ? null : readCursor(cursor);
  const rest = rows.toSorted(order).filter((row) => last === null || order(last, row) < 0);
  const releases = rest.slice(0, limit);
  const end = releases.at(-1);
  return {
    releases,
    next: end === undefined || rest.length <= limit ? null : writeCursor(end),
  };
}

function order(one: Placed, other: Placed): number {
  if (one.plannedAt !== other.plannedAt) return other.plannedAt - one.plannedAt;
  return one.release < other.release ? -1 : one.release > other.release ? 1 : 0;
}

function writeCursor({ plannedAt, release }: Placed): string {
  return Buffer.from(`${plannedAt} ${release}`).toString("base64url");
}

/** A cursor that nobody has given stands before everything. */
function readCursor(cursor: string): Placed | null {
  const match = /^(\d{1,16}) (.+)$/.exec(Buffer.from(cursor, "base64url").toString("utf8"));
  if (match?.[1] === undefined || match[2] === undefined) return null;
  return { plannedAt: Number(match[1]), release: match[2] };
}
