// Appends to a store until it is killed, or a given number of times, and says each append only after the store did:
//   node store-writer.ts '{"place":{...},"streams":["a"],"clients":4,"appends":100,"name":"w"}'
// Each line is `stream seq hash` of the last entry. Row and intent of a stream name the same seq, so that whoever looks
// after a crash can tell whether a transaction was kept by halves.
import { openStore, type StorePlace } from "#store/open.ts";
import { append, boardRow, event, NOON } from "./appends.ts";

interface Job {
  readonly place: StorePlace;
  readonly name: string;
  readonly streams: readonly string[];
  readonly clients: number;
  /** By each client; without it, for ever. */
  readonly appends?: number;
}

const job = JSON.parse(process.argv[2] ?? "") as Job;
const opened = await openStore(job.place);
if (!opened.ok) throw opened.error;
const store = opened.value;

/** How many entries of each stream this process knows of. */
const known = new Map<string, number>();

async function seqOf(stream: string): Promise<number> {
  const before = known.get(stream) ?? 0;
  const seq = before + (await store.read(stream, before)).length;
  known.set(stream, Math.max(seq, known.get(stream) ?? 0));
  return seq;
}

async function write(client: number, round: number): Promise<void> {
  const stream = job.streams[(client + round) % job.streams.length] ?? job.name;
  const request = `${job.name}/${process.pid}/${client}/${round}`;
  for (;;) {
    const expected = await seqOf(stream);
    const seq = expected + 1 + (round % 3);
    const events = Array.from({ length: seq - expected }, () => event({ data: { request } }));
    const intents = [{ id: `${stream}/${seq}`, due: NOON, body: { seq } }];
    const row = boardRow(stream, { version: String(seq) });
    const answer = await store.append(append(stream, expected, { events, intents, row, request }));
    if (!answer.ok && answer.error === "conflict") continue;
    if (!answer.ok) throw new Error(answer.error);
    process.stdout.write(`${stream} ${seq} ${answer.entries.at(-1)?.hash}\n`);
    return;
  }
}

async function client(index: number): Promise<void> {
  for (let round = 0; round < (job.appends ?? Number.POSITIVE_INFINITY); round++) {
    await write(index, round);
  }
}

await Promise.all(Array.from({ length: job.clients }, (_, index) => client(index)));
await store.close();
