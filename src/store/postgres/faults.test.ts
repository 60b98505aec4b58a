import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { after, test } from "node:test";
import { inspect } from "node:util";
import pg from "pg";
import { append } from "../../../test/appends.ts";
import { startPostgres } from "../../../test/postgres.ts";
import { StoreError } from "../errors.ts";
import { verifyJournal } from "../verify-journal.ts";
import type { PostgresAddress } from "./connection.ts";
import { openPostgres } from "./open.ts";
import { SCHEMA } from "./schema.ts";
import type { PostgresStore } from "./store.ts";

const server = await startPostgres();
const owner = new pg.Pool({ connectionString: server.url, max: 1 });
owner.on("error", () => {});
const opened: PostgresStore[] = [];
after(async () => {
  await Promise.all(opened.map((store) => store.close()));
  await owner.end();
  await server.stop();
});

async function open(address: PostgresAddress): Promise<PostgresStore> {
  const store = await openPostgres(address);
  if (!store.ok) throw store.error;
  opened.push(store.value);
  return store.value;
}

async function refusal(address: PostgresAddress): Promise<StoreError> {
  const store = await openPostgres(address);
  if (store.ok) throw new Error("it was opened");
  assert.ok(store.error.problem.remedy.length > 20);
  assert.match(store.error.message, /^[^\n]+\.$/);
  return store.error;
}

function changed(change: (url: URL) => void): string {
  const url = new URL(server.url);
  change(url);
  return url.href;
}

test("a database that cannot be used is refused with what is wrong, and no error shows the password", async () => {
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port } = free.address() as AddressInfo;
  free.close();
  await owner.query("CREATE DATABASE bytes TEMPLATE template0 ENCODING 'SQL_ASCII'");
  const secret = new URL(server.url).password;
  const cases: [string, PostgresAddress][] = [
    ["unreachable", { url: changed((url) => (url.port = String(port))) }],
    ["access-denied", { url: changed((url) => (url.password = `${secret}x`)) }],
    ["bad-address", { url: changed((url) => (url.pathname = "/nothing")) }],
    ["bad-address", { url: `postgres://postgres:${secret}@127.0.0.1:port/postgres` }],
    ["bad-address", { url: server.url, schema: 'a"; DROP SCHEMA public; --' }],
    ["postgres-unfit", { url: changed((url) => (url.pathname = "/bytes")) }],
  ];
  for (const [code, address] of cases) {
    const error = await refusal(address);
    assert.equal(error.code, code, error.message);
    assert.ok(!inspect(error, { depth: 9 }).includes(secret), code);
  }
});

test("a server that does not wait for its disk is refused", async () => {
  await owner.query("ALTER SYSTEM SET fsync = off");
  await owner.query("SELECT pg_reload_conf()");
  try {
    // The setting reaches a session when the server gets round to it.
    let error: StoreError | null = null;
    for (let look = 0; error === null && look < 200; look++) {
      const store = await openPostgres({ url: server.url, schema: "unsafe" });
      if (store.ok) await store.value.close();
      else error = store.error;
    }
    assert.equal(error?.code, "not-durable");
  } finally {
    await owner.query("ALTER SYSTEM RESET fsync");
    await owner.query("SELECT pg_reload_conf()");
  }
  for (let look = 0; look < 200; look++) {
    const { rows } = await owner.query("SELECT current_setting('fsync') AS fsync");
    if (rows[0].fsync === "on") return;
  }
  assert.fail("fsync stayed off");
});

test("appends wait for the disk even where the account was told not to", async () => {
  await owner.query("ALTER ROLE postgres SET synchronous_commit = off");
  const store = await open({ url: server.url, schema: "waiting" });
  await owner.query(`
    CREATE FUNCTION waiting.note() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NEW.type = current_setting('synchronous_commit'); RETURN NEW; END $$`);
  await owner.query(`
    CREATE TRIGGER note BEFORE INSERT ON waiting.entries
    FOR EACH ROW EXECUTE FUNCTION waiting.note()`);
  await store.append(append("r1"));
  assert.equal((await store.readAll(0, 1))[0]?.type, "on");
  await store.close();
  await owner.query("ALTER ROLE postgres RESET synchronous_commit");
});

test("a store with a newer schema is refused, and said to be so", async () => {
  await (await open({ url: server.url, schema: "newer" })).close();
  await owner.query("UPDATE newer.schema_version SET version = $1", [SCHEMA.length + 1]);
  const error = await refusal({ url: server.url, schema: "newer" });
  assert.equal(error.code, "schema-too-new");
  assert.match(
    error.message,
    new RegExp(`version ${SCHEMA.length + 1}; .* up to ${SCHEMA.length}\\.$`),
  );
});

test("a schema with tables of another program is refused and left as it is", async () => {
  await owner.query("CREATE SCHEMA theirs");
  await owner.query("CREATE TABLE theirs.entries (x integer)");
  assert.equal((await refusal({ url: server.url, schema: "theirs" })).code, "not-ours");
  const { rows } = await owner.query("SELECT tablename FROM pg_tables WHERE schemaname = 'theirs'");
  assert.deepEqual(rows, [{ tablename: "entries" }]);
});

test("many who open a new store at once make its schema once", async () => {
  const address = { url: server.url, schema: "crowd" };
  const stores = await Promise.all(Array.from({ length: 8 }, () => open(address)));
  const answers = await Promise.all(
    stores.map((store, index) => store.append(append(`r${index}`))),
  );
  assert.ok(answers.every(({ ok }) => ok));
  const [store] = stores;
  assert.equal((await store?.head())?.position, 8);
  await Promise.all(stores.map((each) => each.close()));
});

test("a server that crashes loses no acknowledged append; the store goes on by itself and listens again", async () => {
  const address = { url: server.url, schema: "crash" };
  const [store, other] = [await open(address), await open(address)];
  let rings = 0;
  other.onAppend(() => rings++);
  const acknowledged: string[] = [];
  const failures: unknown[] = [];
  let stopped = false;
  const client = async (index: number) => {
    for (let round = 0; !stopped; round++) {
      const stream = `r${index}/${round}`;
      try {
        if ((await store.append(append(stream))).ok) acknowledged.push(stream);
      } catch (error) {
        failures.push(error);
        await new Promise((resume) => setTimeout(resume, 5));
      }
    }
  };
  const clients = Array.from({ length: 8 }, (_, index) => client(index));
  const reach = async (enough: number) => {
    while (acknowledged.length < enough) await new Promise((resume) => setTimeout(resume, 5));
  };
  await reach(100);
  await server.crash();
  await reach(acknowledged.length + 100);
  stopped = true;
  await Promise.all(clients);
  assert.ok(failures.length > 0);
  for (const error of failures) {
    assert.ok(error instanceof StoreError);
    assert.ok(["unreachable", "in-doubt"].includes(error.code), error.code);
  }
  const kept = new Set((await store.readAll(0, 100_000)).map(({ stream }) => stream));
  assert.deepEqual(
    acknowledged.filter((stream) => !kept.has(stream)),
    [],
  );
  assert.equal((await verifyJournal(store)).ok, true);
  // Its listening connection broke too; what is appended from now on must ring again.
  const before = rings;
  for (let round = 0; rings === before; round++) {
    await store.append(append(`again/${round}`));
    await new Promise((resume) => setTimeout(resume, 20));
  }
  await Promise.all([store.close(), other.close()]);
});

test("an append whose commit got no answer is in doubt, and asking again tells whether it was done", async () => {
  const proxy = await deafProxy();
  const store = await open({
    url: changed((url) => (url.port = String(proxy.port))),
    schema: "doubt",
  });
  await store.append(append("r1"));
  proxy.deafen();
  const asked = append("r1", 1, { request: "key" });
  await assert.rejects(store.append(asked), { name: "StoreError", code: "in-doubt" });
  assert.deepEqual(await store.append(asked), { ok: false, error: "repeated" });
  assert.deepEqual(await store.append(append("r1", 1)), { ok: false, error: "conflict" });
  assert.equal((await store.read("r1")).length, 2);
  await store.close();
  proxy.close();
});

/** Stands between the store and the server; once deafened it lets the next COMMIT through and the answer not. */
async function deafProxy() {
  const target = Number(new URL(server.url).port);
  let armed = false;
  const proxy = createServer((client: Socket) => {
    const upstream = connect(target, "127.0.0.1");
    let deaf = false;
    client.on("data", (chunk) => {
      if (armed && chunk.includes("COMMIT\0")) {
        armed = false;
        deaf = true;
      }
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      if (deaf) client.destroy();
      else client.write(chunk);
    });
    for (const [socket, peer] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      socket.on("error", () => {});
      socket.on("close", () => peer.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = proxy.address() as AddressInfo;
  return {
    port,
    deafen: () => {
      armed = true;
    },
    close: () => proxy.close(),
  };
}
