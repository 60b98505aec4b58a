import type pg from "pg";
import type { Append, BoardRow } from "#app/ports/store.ts";
import type { Head } from "#core/audit/entry.ts";
import { canonical } from "#core/base/canonical.ts";
import {
  type Before,
  type Changes,
  dueOf,
  type KnownStream,
  type StreamState,
} from "../decide-append.ts";
import { StoreError } from "../errors.ts";
import { ask } from "./connection.ts";

/** Everything that is said to the database besides opening it, each statement whole. */
export const SQL = {
  head: `SELECT position, hash FROM head`,
  /** The one point of appending: whoever has this row appends, the others wait. */
  lockHead: `SELECT position, hash FROM head FOR UPDATE`,
  setHead: `UPDATE head SET position = $1, hash = $2`,

  enter: `
    INSERT INTO entries (position, stream, seq, type, version, "at", "by", data, prev, hash)
    SELECT * FROM unnest(
      $1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[],
      $7::text[], $8::text[], $9::text[], $10::text[]
    )`,
  read: `
    SELECT position, stream, seq, type, version, "at", "by", data, prev, hash
    FROM entries WHERE stream = $1 AND seq > $2 ORDER BY seq`,
  readAll: `
    SELECT position, stream, seq, type, version, "at", "by", data, prev, hash
    FROM entries WHERE position > $1 ORDER BY position LIMIT $2`,
  readEvery: `
    SELECT position, stream, seq, type, version, "at", "by", data, prev, hash
    FROM entries ORDER BY position`,

  /** Locked, so that no lease changes hands between the decision and its commit. */
  lockStreams: `
    SELECT stream, seq, token, owner, wake_at FROM streams
    WHERE stream = ANY ($1) ORDER BY stream FOR UPDATE`,
  streams: `SELECT stream, seq, token, wake_at FROM streams ORDER BY stream`,
  setStreams: `
    INSERT INTO streams (stream, seq, token, wake_at, due)
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
    ON CONFLICT (stream) DO UPDATE
    SET seq = excluded.seq, wake_at = excluded.wake_at, due = excluded.due`,

  intents: `
    SELECT stream, id, due, body, attempts FROM intents
    WHERE stream = ANY ($1) ORDER BY due, id`,
  knownIntents: `SELECT stream, id, due, attempts FROM intents WHERE stream = ANY ($1)`,
  setIntents: `
    INSERT INTO intents (stream, id, due, body, attempts)
    SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[])
    ON CONFLICT (stream, id) DO UPDATE SET due = excluded.due, body = excluded.body
    WHERE intents.due <> excluded.due OR intents.body <> excluded.body`,
  dropIntents: `
    DELETE FROM intents WHERE stream = ANY ($1) AND NOT EXISTS (
      SELECT FROM unnest($2::text[], $3::text[]) AS kept (stream, id)
      WHERE kept.stream = intents.stream AND kept.id = intents.id
    )`,
  /** Streams are locked before their intents, here as in an append. */
  lockStreamsOf: `
    SELECT FROM streams WHERE stream IN (SELECT stream FROM intents WHERE id = $1)
    ORDER BY stream FOR UPDATE`,
  postpone: `UPDATE intents SET due = $2, attempts = attempts + 1 WHERE id = $1`,
  dueAgain: `
    UPDATE streams SET due = least(
      wake_at, (SELECT min(due) FROM intents WHERE intents.stream = streams.stream)
    )
    WHERE stream IN (SELECT stream FROM intents WHERE id = $1)`,

  claim: `
    WITH free AS (
      SELECT stream FROM streams
      WHERE due <= $2::bigint AND (owner IS NULL OR until <= $2::bigint)
        AND ($5::text IS NULL OR stream = $5)
      ORDER BY due, stream LIMIT $4 FOR UPDATE SKIP LOCKED
    )
    UPDATE streams SET owner = $1, token = token + 1, until = $3::bigint
    FROM free WHERE streams.stream = free.stream
    RETURNING streams.stream, owner, token, until, due`,
  renew: `
    UPDATE streams SET until = $4 WHERE stream = $1 AND token = $2 AND owner = $3
    RETURNING stream, owner, token, until`,
  yield: `
    UPDATE streams SET owner = NULL, until = 0 WHERE stream = $1 AND token = $2 AND owner = $3`,
  nextDue: `
    SELECT min(CASE WHEN owner IS NULL THEN due ELSE greatest(due, until) END) AS due
    FROM streams WHERE due IS NOT NULL`,

  rows: `
    SELECT release, system, type, version, status, phase, planned_at, updated_at, ended
    FROM releases
    WHERE ($1::boolean IS NULL OR ended = $1) AND ($2::text IS NULL OR release = $2)
      AND (planned_at, release) < ($3::bigint, $4::text)
    ORDER BY planned_at DESC, release DESC LIMIT $5`,
  everyRow: `
    SELECT release, system, type, version, status, phase, planned_at, updated_at, ended
    FROM releases ORDER BY release`,
  setRows: `
    INSERT INTO releases
      (release, system, type, version, status, phase, planned_at, updated_at, ended)
    SELECT * FROM unnest(
      $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
      $7::bigint[], $8::bigint[], $9::boolean[]
    )
    ON CONFLICT (release) DO UPDATE SET
      system = excluded.system, type = excluded.type, version = excluded.version,
      status = excluded.status, phase = excluded.phase, planned_at = excluded.planned_at,
      updated_at = excluded.updated_at, ended = excluded.ended`,

  knownRequests: `SELECT request FROM requests WHERE request = ANY ($1)`,
  requests: `SELECT request FROM requests ORDER BY request`,
  setRequests: `INSERT INTO requests (request) SELECT * FROM unnest($1::text[])`,

  holds: `SELECT name, holder FROM holds ORDER BY name`,
  hold: `
    INSERT INTO holds (name, holder) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET name = excluded.name
    RETURNING holder`,
  holder: `SELECT holder FROM holds WHERE name = $1`,
  letGo: `DELETE FROM holds WHERE name = $1 AND holder = $2`,

  notify: `SELECT pg_notify($1, $2)`,
} as const;

/** Takes the point of appending, and reads all that deciding these appends looks at. */
export async function load(client: pg.ClientBase, appends: readonly Append[]): Promise<Before> {
  const head = headOf(await ask<Head>(client, SQL.lockHead));
  const names = [...new Set(appends.map(({ stream }) => stream))];
  const rows = await ask<StreamRow>(client, SQL.lockStreams, [names]);
  const intents = await ask<KnownIntentRow>(client, SQL.knownIntents, [names]);
  const keys = appends.flatMap(({ request }) => request ?? []);
  const requests =
    keys.length === 0 ? [] : await ask<{ request: string }>(client, SQL.knownRequests, [keys]);
  return {
    head,
    streams: streamsOf(rows, intents),
    requests: new Set(requests.map(({ request }) => request)),
  };
}

export function headOf([row]: readonly Head[]): Head {
  if (row !== undefined) return { position: row.position, hash: row.hash };
  throw new StoreError("journal-corrupt", "The journal's record of its last entry is missing.");
}

/** Writes what a batch has changed, in the caller's transaction. */
export async function save(client: pg.ClientBase, changes: Changes): Promise<void> {
  const { entries, head } = changes;
  if (entries.length > 0) {
    const texts = entries.map((entry) => ({ ...entry, data: canonical(entry.data) }));
    await ask(client, SQL.enter, columns(texts, ENTRY));
    await ask(client, SQL.setHead, [head.position, head.hash]);
  }
  if (changes.streams.size > 0) await saveStreams(client, changes.streams);
  const rows: BoardRow[] = [...changes.rows.values()];
  if (rows.length > 0) await ask(client, SQL.setRows, columns(rows, ROW));
  if (changes.requests.size > 0) await ask(client, SQL.setRequests, [[...changes.requests]]);
}

const ENTRY = [
  "position",
  "stream",
  "seq",
  "type",
  "version",
  "at",
  "by",
  "data",
  "prev",
  "hash",
] as const;
const STREAM = ["stream", "seq", "token", "wakeAt", "due"] as const;
const INTENT = ["stream", "id", "due", "body", "attempts"] as const;
const ROW = [
  "release",
  "system",
  "type",
  "version",
  "status",
  "phase",
  "plannedAt",
  "updatedAt",
  "ended",
] as const;

interface StreamRow {
  readonly stream: string;
  readonly seq: number;
  readonly token: number;
  readonly owner: string | null;
  readonly wake_at: number | null;
}

interface KnownIntentRow {
  readonly stream: string;
  readonly id: string;
  readonly due: number;
  readonly attempts: number;
}

function streamsOf(
  rows: readonly StreamRow[],
  intents: readonly KnownIntentRow[],
): Map<string, KnownStream> {
  const of = Map.groupBy(intents, ({ stream }) => stream);
  return new Map(
    rows.map(({ stream, seq, token, owner, wake_at: wakeAt }) => {
      return [stream, { seq, token, owner, wakeAt, intents: of.get(stream) ?? [] }];
    }),
  );
}

async function saveStreams(
  client: pg.ClientBase,
  streams: ReadonlyMap<string, StreamState>,
): Promise<void> {
  const states = [...streams].map(([stream, state]) => ({ stream, ...state, due: dueOf(state) }));
  const intents = [...streams].flatMap(([stream, state]) =>
    state.intents.map((intent) => ({ stream, ...intent, body: canonical(intent.body) })),
  );
  const kept = columns(intents, ["stream", "id"]);
  await ask(client, SQL.setStreams, columns(states, STREAM));
  await ask(client, SQL.dropIntents, [[...streams.keys()], ...kept]);
  if (intents.length > 0) await ask(client, SQL.setIntents, columns(intents, INTENT));
}

/** Many records as one array for each field, which is how one statement takes them all. */
function columns<T, K extends keyof T>(records: readonly T[], keys: readonly K[]): T[K][][] {
  return keys.map((key) => records.map((record) => record[key]));
}
