import type { DatabaseSync } from "node:sqlite";
import type { Append } from "#app/ports/store.ts";
import type { Head } from "#core/audit/entry.ts";
import { canonical } from "#core/base/canonical.ts";
import { type Before, type Changes, dueOf, type KnownStream } from "../decide-append.ts";
import { StoreError } from "../errors.ts";

/** Everything that is said to the database, each statement whole. */
const SQL = {
  head: `SELECT position, hash FROM head`,
  setHead: `UPDATE head SET position = :position, hash = :hash`,

  enter: `
    INSERT INTO entries (position, stream, seq, type, version, "at", "by", data, prev, hash)
    VALUES (:position, :stream, :seq, :type, :version, :at, :by, :data, :prev, :hash)`,
  read: `
    SELECT position, stream, seq, type, version, "at", "by", data, prev, hash
    FROM entries WHERE stream = ? AND seq > ? ORDER BY seq`,
  readAll: `
    SELECT position, stream, seq, type, version, "at", "by", data, prev, hash
    FROM entries WHERE position > ? ORDER BY position LIMIT ?`,

  stream: `SELECT seq, token, owner, wake_at FROM streams WHERE stream = ?`,
  streams: `SELECT stream, seq, token, wake_at FROM streams ORDER BY stream`,
  setStream: `
    INSERT INTO streams (stream, seq, token, wake_at, due)
    VALUES (:stream, :seq, :token, :wakeAt, :due)
    ON CONFLICT (stream) DO UPDATE
    SET seq = excluded.seq, wake_at = excluded.wake_at, due = excluded.due`,

  intents: `
    SELECT id, due, body, attempts FROM intents WHERE stream = ? ORDER BY due, id`,
  setIntent: `
    INSERT INTO intents (stream, id, due, body, attempts)
    VALUES (:stream, :id, :due, :body, :attempts)
    ON CONFLICT (stream, id) DO UPDATE SET due = excluded.due, body = excluded.body
    WHERE due <> excluded.due OR body <> excluded.body`,
  dropIntents: `
    DELETE FROM intents WHERE stream = ? AND id NOT IN (SELECT value FROM json_each(?))`,
  postpone: `UPDATE intents SET due = :due, attempts = attempts + 1 WHERE id = :id`,
  dueAgain: `
    UPDATE streams SET due = (
      SELECT min("at") FROM (
        SELECT wake_at AS "at" UNION ALL
        SELECT due FROM intents WHERE intents.stream = streams.stream
      )
    )
    WHERE stream IN (SELECT stream FROM intents WHERE id = :id)`,

  claim: `
    UPDATE streams SET owner = :owner, token = token + 1, until = :until
    WHERE stream IN (
      SELECT stream FROM streams
      WHERE due <= :now AND (owner IS NULL OR until <= :now)
        AND (:stream IS NULL OR stream = :stream)
      ORDER BY due, stream LIMIT :limit
    )
    RETURNING stream, owner, token, until, due`,
  renew: `
    UPDATE streams SET until = :until
    WHERE stream = :stream AND token = :token AND owner = :owner
    RETURNING stream, owner, token, until`,
  yield: `
    UPDATE streams SET owner = NULL, until = 0
    WHERE stream = :stream AND token = :token AND owner = :owner`,
  nextDue: `
    SELECT min(CASE WHEN owner IS NULL THEN due ELSE max(due, until) END) AS due
    FROM streams WHERE due IS NOT NULL`,

  rows: `
    SELECT release, system, type, version, status, phase, planned_at, updated_at, ended
    FROM releases
    WHERE (:ended IS NULL OR ended = :ended) AND (:release IS NULL OR release = :release)
      AND (planned_at, release) < (:before, :beforeRelease)
    ORDER BY planned_at DESC, release DESC LIMIT :limit`,
  everyRow: `
    SELECT release, system, type, version, status, phase, planned_at, updated_at, ended
    FROM releases ORDER BY release`,
  setRow: `
    INSERT INTO releases
      (release, system, type, version, status, phase, planned_at, updated_at, ended)
    VALUES
      (:release, :system, :type, :version, :status, :phase, :plannedAt, :updatedAt, :ended)
    ON CONFLICT (release) DO UPDATE SET
      system = excluded.system, type = excluded.type, version = excluded.version,
      status = excluded.status, phase = excluded.phase, planned_at = excluded.planned_at,
      updated_at = excluded.updated_at, ended = excluded.ended`,

  request: `SELECT 1 FROM requests WHERE request = ?`,
  requests: `SELECT request FROM requests ORDER BY request`,
  setRequest: `INSERT INTO requests (request) VALUES (?)`,

  holds: `SELECT name, holder FROM holds ORDER BY name`,
  hold: `
    INSERT INTO holds (name, holder) VALUES (:name, :holder)
    ON CONFLICT (name) DO UPDATE SET name = excluded.name
    RETURNING holder`,
  holder: `SELECT holder FROM holds WHERE name = :name`,
  letGo: `DELETE FROM holds WHERE name = :name AND holder = :holder`,
} as const;

export type Statements = Record<keyof typeof SQL, ReturnType<DatabaseSync["prepare"]>>;

export function prepare(db: DatabaseSync): Statements {
  const prepared = Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)]);
  return Object.fromEntries(prepared) as Statements;
}

/** All that deciding these appends looks at. */
export function load(on: Statements, appends: readonly Append[]): Before {
  const streams = new Map<string, KnownStream>();
  const requests = new Set<string>();
  for (const { stream, request } of appends) {
    const state = streams.has(stream) ? undefined : loadStream(on, stream);
    if (state !== undefined) streams.set(stream, state);
    if (request !== undefined && on.request.get(request) !== undefined) requests.add(request);
  }
  return { head: loadHead(on), streams, requests };
}

export function loadHead(on: Statements): Head {
  const head = on.head.get() as unknown as Head | undefined;
  if (head !== undefined) return { position: head.position, hash: head.hash };
  throw new StoreError("journal-corrupt", "The journal's record of its last entry is missing.");
}

/** Writes what a batch has changed; the caller holds the transaction. */
export function save(on: Statements, changes: Changes): void {
  for (const { data, ...entry } of changes.entries) {
    on.enter.run({ ...entry, data: canonical(data) });
  }
  on.setHead.run({ ...changes.head });
  for (const [stream, state] of changes.streams) {
    const { seq, token, wakeAt, intents } = state;
    on.setStream.run({ stream, seq, token, wakeAt, due: dueOf(state) });
    on.dropIntents.run(stream, JSON.stringify(intents.map(({ id }) => id)));
    for (const { body, ...intent } of intents) {
      on.setIntent.run({ stream, ...intent, body: canonical(body) });
    }
  }
  for (const row of changes.rows.values()) {
    const { release, system, type, version, status, phase, plannedAt, updatedAt } = row;
    const ended = row.ended ? 1 : 0;
    on.setRow.run({ release, system, type, version, status, phase, plannedAt, updatedAt, ended });
  }
  for (const request of changes.requests) on.setRequest.run(request);
}

interface StreamRow {
  readonly seq: number;
  readonly token: number;
  readonly owner: string | null;
  readonly wake_at: number | null;
}

function loadStream(on: Statements, stream: string): KnownStream | undefined {
  const row = on.stream.get(stream) as unknown as StreamRow | undefined;
  if (row === undefined) return undefined;
  const { seq, token, owner, wake_at: wakeAt } = row;
  const intents = on.intents.all(stream) as unknown as KnownStream["intents"];
  return { seq, token, owner, wakeAt, intents };
}
