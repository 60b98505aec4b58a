import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyChain } from "#core/audit/chain.ts";
import type { Entry } from "#core/audit/entry.ts";
import { checkJournal, loadJournal, saveJournal } from "#store/journal-file.ts";
import { MemoryStore } from "#store/memory.ts";
import { openStore } from "#store/open.ts";
import { verifyJournal } from "#store/verify-journal.ts";
import { append, event, NOON } from "../test/appends.ts";
import type { Bench, Figures, Prepared } from "./harness.ts";

const ENTRIES = 100_000;
const PER_STREAM = 100;

export const journalBench: Bench = {
  name: "journal",
  title: "A journal of 100,000 entries",
  about: `${ENTRIES.toLocaleString("en")} entries of about 400 bytes in ${ENTRIES / PER_STREAM} releases, in the embedded store. Verifying
recomputes every hash. Restoring reads the exported file, verifies it on the way, and fills a new embedded store on disk.`,
  cases: [
    {
      what: "verify the chain, entries in memory",
      targets: [{ figure: "CPU ms", atMost: 1000 }],
      setUp: () => withSample(async ({ entries }) => verify(entries)),
    },
    {
      what: "verify the store, page by page",
      setUp: () => withSample(async ({ store }) => must(await verifyJournal(store))),
    },
    {
      what: "export to a file",
      setUp: () =>
        withSample(async ({ store, file }) => {
          must(await saveJournal(store, file));
          return { MB: statSync(file).size / 1e6 };
        }),
    },
    {
      what: "verify the file",
      setUp: () => withSample(async ({ file }) => must(await checkJournal(file))),
    },
    {
      what: "restore from the file",
      targets: [{ figure: "wall ms", atMost: 60_000 }],
      setUp: () => withSample(restore),
    },
  ],
};

interface Sample {
  readonly folder: string;
  readonly file: string;
  readonly entries: readonly Entry[];
  readonly store: Awaited<ReturnType<typeof embedded>>;
}

let shared: Promise<Sample> | undefined;
let users = 0;

/** All cases look at one sample, which is made once and goes with the last of them. */
async function withSample(run: (sample: Sample) => Promise<Figures>): Promise<Prepared> {
  users += 1;
  shared ??= makeSample();
  const sample = await shared;
  return {
    run: () => run(sample),
    async tearDown() {
      users -= 1;
      if (users > 0) return;
      await sample.store.close();
      rmSync(sample.folder, { recursive: true });
    },
  };
}

async function makeSample(): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-bench-"));
  const model = new MemoryStore();
  const data = { gate: "approve", verdict: "pass", text: "x".repeat(60) };
  for (let index = 0; index < ENTRIES / PER_STREAM; index++) {
    const events = Array.from({ length: PER_STREAM }, (_, at) => event({ data: { ...data, at } }));
    const intents = [{ id: `i${index}`, due: NOON, body: data }];
    await model.append(append(`release-${index}`, 0, { events, intents, request: `k${index}` }));
  }
  const store = await embedded(join(folder, "sample"));
  await store.fill(model.pieces());
  const file = join(folder, "sample.journal");
  must(await saveJournal(store, file));
  return { folder, file, store, entries: await model.readAll(0, ENTRIES) };
}

async function embedded(dataDir: string) {
  const store = await openStore({ dataDir });
  if (!store.ok) throw store.error;
  return store.value;
}

async function verify(entries: readonly Entry[]): Promise<Figures> {
  const check = verifyChain();
  for (const entry of entries) check.add(entry);
  const { position, hash } = entries.at(-1) ?? { position: 0, hash: "" };
  return must(check.end({ position, hash }));
}

async function restore({ folder, file }: Sample): Promise<Figures> {
  const dataDir = mkdtempSync(join(folder, "restored-"));
  const store = await embedded(dataDir);
  must(await loadJournal(store, file));
  await store.close();
  rmSync(dataDir, { recursive: true });
  return {};
}

/** A bench of something that failed would measure nothing. */
function must(result: { readonly ok: boolean }): Figures {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return {};
}
