import { randomUUID } from "node:crypto";
import type pg from "pg";
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
import type { Instant } from "#core/base/time.ts";
import { type Bell, bell } from "../bell.ts";
import { checkAppend, checkCount, checkMoment, checkName } from "../check-append.ts";
import { decideAppends } from "../decide-append.ts";
import * as row from "../rows.ts";
import { type Shared, share } from "../share.ts";
import type { Piece, PortableStore } from "../transfer.ts";
import { ask, type Connections, inTransaction, withClient } from "./connection.ts";
import { Listener } from "./listener.ts";
import { postgresMeasures } from "./measures.ts";
import { fillDatabase, readPieces } from "./pieces.ts";
import { headOf, load, SQL, save } from "./statements.ts";

type Claim = Parameters<Store["claim"]>[0];

/** Appends that share a transaction at most. */
const MOST_AT_ONCE = 200;

/** The journal in PostgreSQL, for any number of processes; see open.ts. */
export class PostgresStore implements PortableStore {
  readonly #to: Connections;
  readonly #append: Shared<Append, Appended>;
  readonly #bell: Bell = bell();
  readonly measures: Measures;
  readonly #channel: string;
  /** Tells this store's own notifications from those of others. */
  readonly #self = randomUUID();
  #listener: Listener | undefined;

  constructor(to: Connections) {
    this.#to = to;
    this.measures = postgresMeasures(to);
    this.#channel = `holdpoint:${to.schema}`;
    this.#append = share((appends) => this.#appendAll(appends), MOST_AT_ONCE);
  }

  async append(append: Append): Promise<Appended> {
    checkAppend(append);
    return this.#append(append);
  }

  async read(stream: string, after = 0): Promise<readonly Entry[]> {
    const rows = await this.#ask<row.EntryRow>(SQL.read, [stream, after]);
    return row.unbroken(rows.map(row.entryOf), after);
  }

  async readAll(after: number, limit: number): Promise<readonly Entry[]> {
    checkCount(limit, "limit");
    const rows = await this.#ask<row.EntryRow>(SQL.readAll, [after, limit]);
    return rows.map(row.entryOf);
  }

  async head(): Promise<Head> {
    return headOf(await this.#ask<Head>(SQL.head));
  }

  async rows({
    ended,
    release,
    before = row.BEFORE_ALL,
    limit,
  }: RowFilter): Promise<readonly BoardRow[]> {
    checkCount(limit, "limit");
    const filter = [ended ?? null, release ?? null, before.plannedAt, before.release, limit];
    const rows = await this.#ask<row.ReleaseRow>(SQL.rows, filter);
    return rows.map(row.boardRowOf);
  }

  async intents(stream: string): Promise<readonly StoredIntent[]> {
    const rows = await this.#ask<row.IntentRow>(SQL.intents, [[stream]]);
    return rows.map(row.intentOf);
  }

  async postpone(intent: string, due: Instant): Promise<void> {
    checkMoment(due, "due");
    await inTransaction(this.#to, async (client) => {
      await ask(client, SQL.lockStreamsOf, [intent]);
      await ask(client, SQL.postpone, [intent, due]);
      await ask(client, SQL.dueAgain, [intent]);
    });
  }

  async claim({ owner, now, lease, limit, stream }: Claim): Promise<readonly Lease[]> {
    checkName(owner, "owner");
    checkCount(limit, "limit");
    const until = now + lease;
    checkMoment(until, "until");
    const asked = [owner, now, until, limit, stream ?? null];
    return row.leasesOf(await this.#ask<row.LeaseRow>(SQL.claim, asked));
  }

  async renew({ stream, owner, token }: Lease, until: Instant): Promise<Lease | null> {
    checkMoment(until, "until");
    const [renewed] = await this.#ask(SQL.renew, [stream, token, owner, until]);
    return renewed === undefined ? null : { stream, owner, token, until };
  }

  async yield({ stream, owner, token }: Lease): Promise<void> {
    await this.#ask(SQL.yield, [stream, token, owner]);
  }

  async nextDue(): Promise<Instant | null> {
    const [next] = await this.#ask<{ due: Instant | null }>(SQL.nextDue);
    return next?.due ?? null;
  }

  async hold(name: string, holder: string): Promise<string> {
    checkName(name, "name");
    checkName(holder, "holder");
    const [held] = await this.#ask<{ holder: string }>(SQL.hold, [name, holder]);
    if (held === undefined) throw new Error("an upsert returns its row");
    return held.holder;
  }

  async holder(name: string): Promise<string | null> {
    const [held] = await this.#ask<{ holder: string }>(SQL.holder, [name]);
    return held?.holder ?? null;
  }

  async letGo(name: string, holder: string): Promise<void> {
    await this.#ask(SQL.letGo, [name, holder]);
  }

  onAppend(listener: () => void): () => void {
    const stop = this.#bell.listen(listener);
    this.#listener ??= new Listener(this.#to, this.#channel, (payload) => {
      if (payload !== this.#self) this.#bell.ring();
    });
    return stop;
  }

  async close(): Promise<void> {
    await this.#append.idle();
    await this.#listener?.stop();
    if (!this.#to.pool.ending) await this.#to.pool.end();
  }

  pieces(): AsyncGenerator<Piece> {
    return readPieces(this.#to);
  }

  async fill(pieces: AsyncIterable<Piece>): Promise<void> {
    await fillDatabase(this.#to, pieces);
  }

  async #appendAll(appends: readonly Append[]): Promise<readonly Appended[]> {
    const { answers, changes } = await inTransaction(this.#to, async (client) => {
      const decided = decideAppends(await load(client, appends), appends);
      if (decided.changes.streams.size > 0) {
        await save(client, decided.changes);
        await ask(client, SQL.notify, [this.#channel, this.#self]);
      }
      return decided;
    });
    if (changes.streams.size > 0) this.#bell.ring();
    return answers;
  }

  #ask<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) {
    return withClient(this.#to, (client) => ask<Row>(client, text, values));
  }
}
