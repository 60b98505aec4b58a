import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { Store } from "#app/ports/store.ts";
import { MemoryStore } from "#store/memory.ts";
import { openStore, type StorePlace } from "#store/open.ts";
import { append, event, NOON } from "../test/appends.ts";
import { startPostgres } from "../test/postgres.ts";
import { type Bench, type Figures, type Prepared, percentile } from "./harness.ts";

const CLIENTS = 50;
/** By each client in one run. */
const COMMANDS = { memory: 200, sqlite: 60, postgres: 30, naive: 20 };
const DATA = { gate: "approve", verdict: "pass", by: ["lead", "qa"], text: "x".repeat(200) };

export const storeBench: Bench = {
  name: "store",
  title: "Commands kept by the store",
  about: `${CLIENTS} clients at once, each with a stream of its own and waiting for each answer. A command appends two events
of about 300 bytes with two intents, the release's row and a request key; it is answered when all of that is on disk.
The floors are what the database does by itself when every row is a transaction of its own. The CPU time is this
process's; PostgreSQL's own is not in it.`,
  cases: [
    {
      what: "in memory (nothing is kept)",
      setUp: async () => commands(new MemoryStore(), COMMANDS.memory, async () => {}),
    },
    {
      what: "embedded (node:sqlite)",
      targets: [
        { figure: "commands/s", atLeast: 1000 },
        { figure: "p99 ms", atMost: 50 },
      ],
      setUp: async () => {
        const dataDir = mkdtempSync(join(tmpdir(), "holdpoint-bench-"));
        return opened({ dataDir }, COMMANDS.sqlite, async () =>
          rmSync(dataDir, { recursive: true }),
        );
      },
    },
    { what: "floor: node:sqlite, one insert a transaction", setUp: rawSqlite },
    {
      what: "PostgreSQL",
      targets: [{ figure: "commands/s", atLeast: 300 }],
      setUp: async () => {
        const server = await startPostgres();
        return opened({ postgresUrl: server.url }, COMMANDS.postgres, () => server.stop());
      },
    },
    { what: "floor: PostgreSQL, one client, one insert a transaction", setUp: rawPostgres },
  ],
};

async function opened(place: StorePlace, rounds: number, end: () => Promise<void>) {
  const store = await openStore(place);
  if (!store.ok) throw store.error;
  return commands(store.value, rounds, end);
}

function commands(store: Store, rounds: number, end: () => Promise<void>): Prepared {
  const seqs = new Array<number>(CLIENTS).fill(0);
  return {
    run: () =>
      clients(CLIENTS, rounds, async (client) => {
        const seq = seqs[client] ?? 0;
        seqs[client] = seq + 2;
        const answer = await store.append(command(`release-${client}`, seq));
        if (!answer.ok) throw new Error(answer.error);
      }),
    async tearDown() {
      await store.close();
      await end();
    },
  };
}

function command(stream: string, seq: number) {
  return append(stream, seq, {
    events: [event({ data: DATA }), event({ type: "held", data: DATA })],
    intents: [
      { id: `${stream}/watch`, due: NOON, body: { step: "watch" } },
      { id: `${stream}/${seq}`, due: NOON + seq, body: { step: "announce", channel: "team" } },
    ],
    wakeAt: NOON + seq,
    request: `${stream}/${seq}`,
  });
}

/** Runs clients that each do one thing after the other, and times every single one. */
async function clients(
  count: number,
  rounds: number,
  work: (client: number) => Promise<void>,
): Promise<Figures> {
  const took: number[] = [];
  const start = performance.now();
  const one = async (_: unknown, client: number) => {
    for (let round = 0; round < rounds; round++) {
      const from = performance.now();
      await work(client);
      took.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: count }, one));
  const seconds = (performance.now() - start) / 1000;
  return {
    "commands/s": took.length / seconds,
    "p50 ms": percentile(took, 0.5),
    "p99 ms": percentile(took, 0.99),
  };
}

const TEXT = JSON.stringify(DATA);

async function rawSqlite(): Promise<Prepared> {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-bench-"));
  const db = new DatabaseSync(join(folder, "raw.sqlite"));
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  db.exec("CREATE TABLE entries (position INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT");
  const insert = db.prepare("INSERT INTO entries (data) VALUES (?)");
  return {
    run: () =>
      clients(1, CLIENTS * COMMANDS.naive, async () => {
        insert.run(TEXT);
      }),
    async tearDown() {
      db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function rawPostgres(): Promise<Prepared> {
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query("CREATE TABLE entries (position bigserial PRIMARY KEY, data text NOT NULL)");
  return {
    run: () =>
      clients(1, CLIENTS * COMMANDS.naive, async () => {
        await client.query("INSERT INTO entries (data) VALUES ($1)", [TEXT]);
      }),
    async tearDown() {
      await client.end();
      await server.stop();
    },
  };
}
