import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "../errors.ts";
import * as row from "../rows.ts";
import { changesOf, inLots, type Piece } from "../transfer.ts";
import { minutesIn, putMinutes } from "./measures.ts";
import { loadHead, prepare, save } from "./statements.ts";

const LOT = 500;
const ALL = Number.MAX_SAFE_INTEGER;

/** Everything in the database at the moment of the first look. */
export function* piecesOf(db: DatabaseSync): Generator<Piece> {
  db.exec("BEGIN");
  const on = prepare(db);
  for (const entry of on.readAll.iterate(0, ALL)) {
    yield { kind: "entry", entry: row.entryOf(entry as unknown as row.EntryRow) };
  }
  for (const next of on.streams.iterate())
    yield streamOf(next, on.intents.all(String(next["stream"])));
  for (const next of on.everyRow.iterate()) {
    yield { kind: "row", row: row.boardRowOf(next as unknown as row.ReleaseRow) };
  }
  for (const next of on.requests.iterate()) {
    yield { kind: "request", request: String(next["request"]) };
  }
  for (const next of on.holds.iterate()) {
    yield { kind: "hold", name: String(next["name"]), holder: String(next["holder"]) };
  }
  for (const minute of minutesIn(db)) yield { kind: "minute", minute };
  yield { kind: "head", head: loadHead(on) };
}

/** Fills an empty database in one transaction, which keeps other writers out until it ends. */
export async function fillDatabase(db: DatabaseSync, pieces: AsyncIterable<Piece>): Promise<void> {
  const on = prepare(db);
  db.exec("PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
  if (loadHead(on).position > 0) throw new StoreError("not-empty", "The store has entries.");
  for await (const lot of inLots(pieces, LOT)) {
    const changes = changesOf(lot, loadHead(on));
    save(on, changes);
    for (const [name, holder] of changes.holds) on.hold.get({ name, holder });
    putMinutes(db, changes.minutes);
  }
  db.exec("COMMIT");
}

type Raw = ReturnType<ReturnType<DatabaseSync["prepare"]>["all"]>[number];

function streamOf(stream: Raw, intents: readonly Raw[]): Piece {
  const {
    stream: name,
    seq,
    token,
    wake_at,
  } = stream as unknown as {
    readonly stream: string;
    readonly seq: number;
    readonly token: number;
    readonly wake_at: number | null;
  };
  return {
    kind: "stream",
    stream: name,
    seq,
    token,
    wakeAt: wake_at,
    intents: intents.map((intent) => row.intentOf(intent as unknown as row.IntentRow)),
  };
}
