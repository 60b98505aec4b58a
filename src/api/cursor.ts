import type { RowPlace } from "#app/ports/store.ts";

/** A place in the list of releases, as an address can carry it: clients give back what they got, and read nothing in it. */
export function writeCursor({ plannedAt, release }: RowPlace): string {
  return Buffer.from(`${plannedAt} ${release}`).toString("base64url");
}

/** A cursor that nobody has given stands before everything: null. */
export function readCursor(cursor: string): RowPlace | null {
  const match = /^(\d{1,16}) (.+)$/.exec(Buffer.from(cursor, "base64url").toString("utf8"));
  if (match?.[1] === undefined || match[2] === undefined) return null;
  return { plannedAt: Number(match[1]), release: match[2] };
}
