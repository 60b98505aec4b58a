// What a store keeps when its processes are killed, and when several of them write.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Store } from "#app/ports/store.ts";
import type { Places } from "../../../test/places.ts";
import type { StorePlace } from "../open.ts";
import { verifyJournal } from "../verify-journal.ts";

const WRITER = fileURLToPath(new URL("../../../test/store-writer.ts", import.meta.url));
const KILLS = 15;

interface Acknowledged {
  readonly stream: string;
  readonly seq: number;
  readonly hash: string;
}

export function crashSuite(name: string, start: () => Promise<Places>): void {
  describe(name, () => {
    let places: Places;
    before(async () => {
      places = await start();
    });
    after(() => places.close());

    test(`${KILLS} writers killed with SIGKILL lose no acknowledged append and leave none half done`, async () => {
      const place = places.fresh();
      const store = await places.open(place);
      const acknowledged: Acknowledged[] = [];
      for (let round = 0; round < KILLS; round++) {
        // Some fall while they start, some in their first append, most while they are at full speed.
        const enough = [0, 1, 7, 60, 150][round % 5] ?? 0;
        const job = { place, name: `w${round}`, streams: streams(4), clients: 8 };
        const lines = await run(job, enough, round % 10 === 5 ? 60 : 0);
        acknowledged.push(...lines);
        await check(store, acknowledged);
      }
      assert.ok(acknowledged.length > 600, `${acknowledged.length} appends were acknowledged`);
    });

    test("two processes that write the same streams lose nothing of each other", async () => {
      const place = places.fresh();
      const store = await places.open(place);
      const job = { place, streams: streams(3), clients: 5, appends: 20 };
      const both = await Promise.all([run({ ...job, name: "w1" }), run({ ...job, name: "w2" })]);
      const acknowledged = both.flat();
      assert.equal(acknowledged.length, 200);
      await check(store, acknowledged);
      const events = (await store.readAll(0, 10_000)).length;
      const perClient = Array.from({ length: 20 }, (_, round) => 1 + (round % 3));
      assert.equal(events, 10 * perClient.reduce((sum, count) => sum + count, 0));
    });
  });
}

function streams(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `r${index}`);
}

/** Runs a writer to its end; or kills it after it has acknowledged `enough` appends, or `startMs` after its start. */
async function run(
  job: { place: StorePlace; name: string; streams: string[]; clients: number; appends?: number },
  enough?: number,
  startMs = 0,
): Promise<Acknowledged[]> {
  const writer = spawn(process.execPath, [WRITER, JSON.stringify(job)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(writer, "exit");
  const kill = () => writer.kill("SIGKILL");
  if (enough === 0) setTimeout(kill, startMs);
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    const [stream, seq, hash] = line.split(" ");
    // A line that was cut short was not heard as a whole.
    if (stream === undefined || hash?.length !== 64) continue;
    acknowledged.push({ stream, seq: Number(seq), hash });
    if (acknowledged.length === enough) kill();
  }
  const [code, signal] = await ended;
  assert.deepEqual([code, signal], enough === undefined ? [0, null] : [null, "SIGKILL"]);
  return acknowledged;
}

async function check(store: Store, acknowledged: readonly Acknowledged[]): Promise<void> {
  const verified = await verifyJournal(store);
  assert.equal(verified.ok, true, verified.ok ? "" : verified.error.problem);
  for (const [stream, own] of Map.groupBy(acknowledged, (line) => line.stream)) {
    const entries = await store.read(stream);
    for (const { seq, hash } of own) assert.equal(entries[seq - 1]?.hash, hash, `${stream}/${seq}`);
    const last = entries.length;
    const [row] = await store.rows({ release: stream, limit: 1 });
    assert.equal(row?.version, String(last));
    const intents = await store.intents(stream);
    assert.deepEqual(
      intents.map(({ id }) => id),
      [`${stream}/${last}`],
    );
  }
}
