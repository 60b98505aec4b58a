import pg from "pg";
import { StoreError } from "../errors.ts";
import { postgresError } from "./errors.ts";

export interface PostgresAddress {
  /** `postgres://user:password@host:port/database`; never shown, because of the password. */
  readonly url: string;
  /** The schema of this store, so that several can live in one database; `holdpoint` when left out. */
  readonly schema?: string;
}

/** Connections that look at one store. */
export interface Connections {
  readonly pool: pg.Pool;
  readonly schema: string;
  /** `host:port/database`, for people. */
  readonly place: string;
  /** A connection of its own, outside the pool, not yet connected. */
  lone(): pg.Client;
}

const SCHEMA_NAME = /^[a-z_][a-z0-9_]{0,49}$/;

/** A process that stopped in the middle loses its transaction before those who wait for it give up. */
const LIMITS = {
  connectionTimeoutMillis: 5_000,
  lock_timeout: 10_000,
  statement_timeout: 20_000,
  idle_in_transaction_session_timeout: 8_000,
  /** Counted here and not by the server, for a network that swallows answers. */
  query_timeout: 40_000,
};
const MOST_CONNECTIONS = 8;
const INT8 = 20;

/** @throws {StoreError} `bad-address` for a URL or a schema name that cannot be one. Connects to nothing yet. */
export function connections({ url, schema = "holdpoint" }: PostgresAddress): Connections {
  if (!SCHEMA_NAME.test(schema)) {
    const sentence = `"${schema}" cannot name a schema: lower-case letters, digits and _ are allowed, 50 at most.`;
    throw new StoreError("bad-address", sentence);
  }
  const config: pg.PoolConfig = {
    connectionString: url,
    application_name: "holdpoint",
    keepAlive: true,
    types: { getTypeParser: parserOf },
    ...LIMITS,
  };
  const { host, port, database } = lone(config);
  const pool = new pg.Pool({
    ...config,
    max: MOST_CONNECTIONS,
    onConnect: (client) => settle(client, schema),
  });
  // An idle connection that breaks leaves the pool; whoever asks next gets a new one or hears that there is none.
  pool.on("error", () => {});
  return { pool, schema, place: `${host}:${port}/${database}`, lone: () => lone(config) };
}

/** Lends a connection to `work`; one that saw an error is not used again, and with it goes any open transaction. */
export async function withClient<T>(
  to: Connections,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await connect(to);
  // A connection that breaks between two queries says so here; the next query then fails by itself.
  const onError = () => {};
  client.on("error", onError);
  try {
    const result = await work(client);
    client.off("error", onError);
    client.release();
    return result;
  } catch (cause) {
    client.release(true);
    throw cause;
  }
}

/** A connection of the pool; the caller releases it. */
export async function connect({ pool, place }: Connections): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    throw postgresError(cause, place);
  }
}

/** Rows of one statement. */
export async function ask<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } catch (cause) {
    throw postgresError(cause, placeOf(client));
  }
}

/** Runs `work` in a transaction. An error while committing means that nobody here knows whether it was done. */
export async function inTransaction<T>(
  to: Connections,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return withClient(to, async (client) => {
    await ask(client, "BEGIN ISOLATION LEVEL READ COMMITTED");
    const result = await work(client);
    await commit(client);
    return result;
  });
}

async function commit(client: pg.PoolClient): Promise<void> {
  try {
    await client.query("COMMIT");
  } catch (cause) {
    const sentence = `PostgreSQL at ${placeOf(client)} was lost while it committed; whether it did is not known.`;
    throw new StoreError("in-doubt", sentence, cause);
  }
}

/** A server that was told not to wait for its disk must wait for it here. */
async function settle(client: pg.ClientBase, schema: string): Promise<void> {
  const sql = `
    SELECT set_config('search_path', $1, false),
      CASE current_setting('synchronous_commit')
        WHEN 'off' THEN set_config('synchronous_commit', 'on', false)
      END`;
  await client.query(sql, [schema]);
}

function lone(config: pg.ClientConfig): pg.Client {
  try {
    return new pg.Client(config);
  } catch {
    // The error of the URL's parser shows the URL, and with it the password.
    throw new StoreError("bad-address", "The PostgreSQL URL cannot be read.");
  }
}

function placeOf(client: pg.ClientBase): string {
  const { host, port, database } = client as pg.Client;
  return `${host}:${port}/${database}`;
}

/** Whole numbers of 64 bits become numbers: places and moments stay below 2^53. */
const parserOf: typeof pg.types.getTypeParser = (oid: number, format?: "text" | "binary") =>
  oid === INT8 ? Number : pg.types.getTypeParser(oid, format as "text");
