import type pg from "pg";
import { err, ok, type Result } from "#core/base/result.ts";
import { StoreError } from "../errors.ts";
import type { PostgresAddress } from "./connection.ts";
import { ask, type Connections, connections, inTransaction, withClient } from "./connection.ts";
import { SCHEMA } from "./schema.ts";
import { PostgresStore } from "./store.ts";

/** Opens the store in a PostgreSQL database; creates its schema there when it is missing. */
export async function openPostgres(
  address: PostgresAddress,
): Promise<Result<PostgresStore, StoreError>> {
  let to: Connections | undefined;
  try {
    to = connections(address);
    await checkServer(to);
    await migrate(to);
    return ok(new PostgresStore(to));
  } catch (cause) {
    await to?.pool.end();
    if (cause instanceof StoreError) return err(cause);
    throw cause;
  }
}

interface Server {
  readonly version: number;
  readonly fsync: string;
  readonly encoding: string;
}

async function checkServer(to: Connections): Promise<void> {
  const sql = `
    SELECT current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync,
      current_setting('server_encoding') AS encoding`;
  const [server] = await withClient(to, (client) => ask<Server>(client, sql));
  if (server === undefined) throw new Error("SELECT without FROM has one row");
  const { version, fsync, encoding } = server;
  if (version < 150_000 || encoding !== "UTF8") {
    const sentence = `PostgreSQL at ${to.place} has version ${Math.floor(version / 10_000)} and a database in ${encoding}.`;
    throw new StoreError("postgres-unfit", sentence);
  }
  if (fsync !== "on") {
    const sentence = `PostgreSQL at ${to.place} has fsync switched off: a power cut would lose what was acknowledged.`;
    throw new StoreError("not-durable", sentence);
  }
}

/** Brings the schema up to date; of several processes that try at once, one does it and the others wait. */
async function migrate(to: Connections): Promise<void> {
  const { schema } = to;
  if ((await withClient(to, (client) => versionOf(client, to))) === SCHEMA.length) return;
  await inTransaction(to, async (client) => {
    await ask(client, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [schema]);
    const version = await versionOf(client, to);
    const known = await ask(client, `SELECT FROM pg_namespace WHERE nspname = $1`, [schema]);
    if (known.length === 0) await ask(client, `CREATE SCHEMA "${schema}"`);
    if (version === 0) await ask(client, `CREATE TABLE schema_version (version integer NOT NULL)`);
    for (const script of SCHEMA.slice(version)) await ask(client, script);
    await ask(client, `DELETE FROM schema_version`);
    await ask(client, `INSERT INTO schema_version VALUES ($1)`, [SCHEMA.length]);
  });
}

/** The version of the schema that is there; 0 when there is none. */
async function versionOf(client: pg.ClientBase, to: Connections): Promise<number> {
  // Asked of the catalogue: names are looked up in a cache that may not know what another process has just made.
  const sql = `
    SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = $1 AND relname = 'schema_version'`;
  if ((await ask(client, sql, [to.schema])).length === 0) return 0;
  const [row] = await ask<{ version: number }>(client, `SELECT version FROM schema_version`);
  const version = row?.version ?? 0;
  if (version > SCHEMA.length) {
    const sentence = `The store in schema ${to.schema} at ${to.place} has schema version ${version}; this Holdpoint knows versions up to ${SCHEMA.length}.`;
    throw new StoreError("schema-too-new", sentence);
  }
  return version;
}
