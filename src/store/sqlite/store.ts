import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import type { Measures } from "#app/ports/measures.ts";
import type {
  Append,
  Appended,
  BoardRow,
  Lease,
  RowFilter,
  Store,
  StoredIntent,
} from "#app/ports/store.ts";
import type { Entry, Head } from "#core/audit/entry.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import { type Bell, bell } from "../bell.ts";
import { checkAppend, checkCount, checkMoment, checkName } from "../check-append.ts";
import { decideAppends } from "../decide-append.ts";
import { StoreError } from "../errors.ts";
import * as row from "../rows.ts";
import { type Shared, share } from "../share.ts";
import type { Piece, PortableStore } from "../transfer.ts";
import { inTransaction, openDatabase } from "./database.ts";
import { isBusy, sqliteError } from "./errors.ts";
import { sqliteMeasures } from "./measures.ts";
import { fillDatabase, piecesOf } from "./pieces.ts";
import { load, loadHead, prepare, type Statements, save } from "./statements.ts";

type Claim = Parameters<Store["claim"]>[0];

/** Appends that share a transaction at most; the event loop stands still for as long as it takes. */
const MOST_AT_ONCE = 200;
/** How long a store waits in all for a lock that other processes hold. */
const PATIENCE_MS = 15_000;
const RETRY_MS = 4;
/** How often it looks for appends of other processes, while someone listens. */
const LOOK_MS = 200;

/** Opens the embedded store in `file`, which is created when it is missing; its folder must be there. */
export function openSqlite(file: string): Result<SqliteStore, StoreError> {
  const opened = openDatabase(file);
  if (!opened.ok) return opened;
  try {
    return ok(new SqliteStore(opened.value, file));
  } catch (cause) {
    opened.value.close();
    const error = sqliteError(cause, file);
    if (error instanceof StoreError) return err(error);
    throw error;
  }
}

/** The journal in one file, for one machine: `node:sqlite`, whose calls block for the microseconds that they take. */
export class SqliteStore implements PortableStore {
  readonly #db: DatabaseSync;
  readonly #file: string;
  readonly #on: Statements;
  readonly #append: Shared<Append, Appended>;
  readonly #bell: Bell = bell();
  readonly measures: Measures;
  #seen: number;
  #watch: NodeJS.Timeout | undefined;

  constructor(db: DatabaseSync, file: string) {
    this.#db = db;
    this.#file = file;
    this.#on = prepare(db);
    this.measures = sqliteMeasures({
      db,
      run: (work) => this.#run(work),
      write: (work) => this.#write(work),
    });
    this.#append = share((appends) => this.#appendAll(appends), MOST_AT_ONCE);
    this.#seen = loadHead(this.#on).position;
  }

  async append(append: Append): Promise<Appended> {
    checkAppend(append);
    return this.#append(append);
  }

  async read(stream: string, after = 0): Promise<readonly Entry[]> {
    const rows = await this.#run(() => this.#on.read.all(stream, after));
    return row.unbroken((rows as unknown as row.EntryRow[]).map(row.entryOf), after);
  }

  async readAll(after: number, limit: number): Promise<readonly Entry[]> {
    checkCount(limit, "limit");
    const rows = await this.#run(() => this.#on.readAll.all(after, limit));
    return (rows as unknown as row.EntryRow[]).map(row.entryOf);
  }

  async head(): Promise<Head> {
    return this.#run(() => loadHead(this.#on));
  }

  async rows({
    ended,
    release,
    before = row.BEFORE_ALL,
    limit,
  }: RowFilter): Promise<readonly BoardRow[]> {
    checkCount(limit, "limit");
    const want = ended === undefined ? null : Number(ended);
    const place = { before: before.plannedAt, beforeRelease: before.release };
    const filter = { release: release ?? null, limit, ended: want, ...place };
    const rows = await this.#run(() => this.#on.rows.all(filter));
    return (rows as unknown as row.ReleaseRow[]).map(row.boardRowOf);
  }

  async intents(stream: string): Promise<readonly StoredIntent[]> {
    const rows = await this.#run(() => this.#on.intents.all(stream));
    return (rows as unknown as row.IntentRow[]).map(row.intentOf);
  }

  async postpone(intent: string, due: Instant): Promise<void> {
    checkMoment(due, "due");
    await this.#write(() => {
      this.#on.postpone.run({ id: intent, due });
      this.#on.dueAgain.run({ id: intent });
    });
  }

  async claim({ owner, now, lease, limit, stream }: Claim): Promise<readonly Lease[]> {
    checkName(owner, "owner");
    checkCount(limit, "limit");
    const until = now + lease;
    checkMoment(until, "until");
    const ask = { owner, now, until, limit, stream: stream ?? null };
    const rows = await this.#run(() => this.#on.claim.all(ask));
    return row.leasesOf(rows as unknown as row.LeaseRow[]);
  }

  async renew({ stream, owner, token }: Lease, until: Instant): Promise<Lease | null> {
    checkMoment(until, "until");
    const renewed = await this.#run(() => this.#on.renew.get({ stream, owner, token, until }));
    return renewed === undefined ? null : { stream, owner, token, until };
  }

  async yield({ stream, owner, token }: Lease): Promise<void> {
    await this.#run(() => this.#on.yield.run({ stream, owner, token }));
  }

  async nextDue(): Promise<Instant | null> {
    const next = await this.#run(() => this.#on.nextDue.get());
    return (next as { due: Instant | null } | undefined)?.due ?? null;
  }

  async hold(name: string, holder: string): Promise<string> {
    checkName(name, "name");
    checkName(holder, "holder");
    const held = await this.#run(() => this.#on.hold.get({ name, holder }));
    return (held as unknown as { holder: string }).holder;
  }

  async holder(name: string): Promise<string | null> {
    const held = await this.#run(() => this.#on.holder.get({ name }));
    return (held as { holder: string } | undefined)?.holder ?? null;
  }

  async letGo(name: string, holder: string): Promise<void> {
    await this.#run(() => this.#on.letGo.run({ name, holder }));
  }

  onAppend(listener: () => void): () => void {
    const stop = this.#bell.listen(listener);
    this.#watch ??= setInterval(() => this.#look(), LOOK_MS).unref();
    return () => {
      stop();
      if (!this.#bell.heard) this.#stopWatch();
    };
  }

  async close(): Promise<void> {
    await this.#append.idle();
    this.#stopWatch();
    if (this.#db.isOpen) this.#db.close();
  }

  async *pieces(): AsyncGenerator<Piece> {
    let db: DatabaseSync | undefined;
    try {
      // A connection of its own sees one moment for as long as it reads, and appends go on beside it.
      db = new DatabaseSync(this.#file, { readOnly: true, timeout: PATIENCE_MS });
      yield* piecesOf(db);
    } catch (cause) {
      throw sqliteError(cause, this.#file);
    } finally {
      db?.close();
    }
  }

  async fill(pieces: AsyncIterable<Piece>): Promise<void> {
    let db: DatabaseSync | undefined;
    try {
      db = new DatabaseSync(this.#file, { timeout: PATIENCE_MS });
      await fillDatabase(db, pieces);
    } catch (cause) {
      throw sqliteError(cause, this.#file);
    } finally {
      db?.close();
    }
  }

  async #appendAll(appends: readonly Append[]): Promise<readonly Appended[]> {
    const { answers, changes } = await this.#write(() => {
      const decided = decideAppends(load(this.#on, appends), appends);
      if (decided.changes.streams.size > 0) save(this.#on, decided.changes);
      return decided;
    });
    if (changes.streams.size > 0) {
      this.#seen = changes.head.position;
      this.#bell.ring();
    }
    return answers;
  }

  async #write<T>(work: () => T): Promise<T> {
    return this.#run(() => inTransaction(this.#db, work));
  }

  /** Does `work`, again and again while another process has the lock, without standing in the event loop's way. */
  async #run<T>(work: () => T): Promise<T> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        return work();
      } catch (cause) {
        if (!isBusy(cause) || performance.now() > end) throw sqliteError(cause, this.#file);
      }
      await sleep(RETRY_MS);
    }
  }

  /** Rings when another process has appended. What goes wrong here goes wrong for whoever reads next, and is said there. */
  #look(): void {
    try {
      const { position } = loadHead(this.#on);
      if (position === this.#seen) return;
      this.#seen = position;
    } catch {
      return;
    }
    this.#bell.ring();
  }

  #stopWatch(): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
  }
}
