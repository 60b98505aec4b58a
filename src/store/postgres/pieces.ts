import type pg from "pg";
import type { MinuteTally } from "#app/ports/measures.ts";
import type { Head } from "#core/audit/entry.ts";
import { StoreError } from "../errors.ts";
import * as row from "../rows.ts";
import { changesOf, inLots, type Piece } from "../transfer.ts";
import { ask, type Connections, connect, inTransaction } from "./connection.ts";
import { EVERY_MINUTE, putMinutes } from "./measures.ts";
import { headOf, SQL, save } from "./statements.ts";

const LOT = 1000;
/** Whoever takes or brings the pieces may be slower than a transaction may otherwise say nothing. */
const PATIENT = "SET LOCAL idle_in_transaction_session_timeout = 0";

/** Everything in the database at the moment of the first look, over a connection that it keeps to itself. */
export async function* readPieces(to: Connections): AsyncGenerator<Piece> {
  const client = await connect(to);
  client.on("error", () => {});
  try {
    yield* piecesOf(client);
  } finally {
    client.release(true);
  }
}

/** Fills an empty database in one transaction, which keeps other writers out until it ends. */
export async function fillDatabase(to: Connections, pieces: AsyncIterable<Piece>): Promise<void> {
  await inTransaction(to, async (client) => {
    await ask(client, PATIENT);
    let head = headOf(await ask<Head>(client, SQL.lockHead));
    if (head.position > 0) throw new StoreError("not-empty", "The store has entries.");
    for await (const lot of inLots(pieces, LOT)) {
      const changes = changesOf(lot, head);
      head = changes.head;
      await save(client, changes);
      for (const [name, holder] of changes.holds) await ask(client, SQL.hold, [name, holder]);
      await putMinutes(client, changes.minutes);
    }
  });
}

async function* piecesOf(client: pg.ClientBase): AsyncGenerator<Piece> {
  await ask(client, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  await ask(client, PATIENT);
  for await (const entry of every<row.EntryRow>(client, SQL.readEvery)) {
    yield { kind: "entry", entry: row.entryOf(entry) };
  }
  for await (const lot of inLots(every<StreamRow>(client, SQL.streams), LOT)) {
    yield* await streamsOf(client, lot);
  }
  for await (const release of every<row.ReleaseRow>(client, SQL.everyRow)) {
    yield { kind: "row", row: row.boardRowOf(release) };
  }
  for await (const { request } of every<{ request: string }>(client, SQL.requests)) {
    yield { kind: "request", request };
  }
  for (const { name, holder } of await ask<Hold>(client, SQL.holds)) {
    yield { kind: "hold", name, holder };
  }
  for await (const minute of every<MinuteTally & pg.QueryResultRow>(client, EVERY_MINUTE)) {
    yield { kind: "minute", minute };
  }
  yield { kind: "head", head: headOf(await ask<Head>(client, SQL.head)) };
  await ask(client, "COMMIT");
}

interface StreamRow {
  readonly stream: string;
  readonly seq: number;
  readonly token: number;
  readonly wake_at: number | null;
}

interface Hold {
  readonly name: string;
  readonly holder: string;
}

/** All rows of a statement through a cursor: no more than a lot is in memory. */
async function* every<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  sql: string,
): AsyncGenerator<Row> {
  await ask(client, `DECLARE lot NO SCROLL CURSOR FOR ${sql}`);
  for (;;) {
    const rows = await ask<Row>(client, `FETCH ${LOT} FROM lot`);
    yield* rows;
    if (rows.length < LOT) break;
  }
  await ask(client, "CLOSE lot");
}

async function streamsOf(client: pg.ClientBase, lot: readonly StreamRow[]): Promise<Piece[]> {
  const names = lot.map(({ stream }) => stream);
  const intents = await ask<row.IntentRow & { stream: string }>(client, SQL.intents, [names]);
  const of = Map.groupBy(intents, ({ stream }) => stream);
  return lot.map(({ stream, seq, token, wake_at: wakeAt }) => {
    const own = (of.get(stream) ?? []).map(row.intentOf);
    return { kind: "stream", stream, seq, token, wakeAt, intents: own };
  });
}
