import type { Place } from "#app/holdpoint.ts";
import type { Problem } from "#app/problem.ts";
import type { Head } from "#core/audit/entry.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { StoreError } from "./errors.ts";
import { checkJournal, loadJournal, saveJournal } from "./journal-file.ts";
import { openStore, storePlace } from "./open.ts";
import type { PortableStore } from "./transfer.ts";

type Where = Pick<Place, "dataDir" | "databaseUrl">;
type Carried = Result<Head, readonly Problem[]>;

/** Writes the whole store into a file, reads that file again to prove it, and answers the head that it ends with. */
export async function exportJournal(where: Where, file: string): Promise<Carried> {
  return await withStore(where, async (store) => {
    if ((await store.head()).position === 0) {
      const sentence = "The store has no entry, so there is nothing to export.";
      const remedy = "Name the store with --data-dir or HOLDPOINT_DATABASE_URL_FILE.";
      return err([{ code: "nothing-to-export", sentence, remedy }]);
    }
    const saved = await saveJournal(store, file);
    return told(saved.ok ? await checkJournal(file) : saved);
  });
}

/** Fills an empty store from a file, all or nothing; `noted` is a head that the file's journal must contain. */
export async function importJournal(where: Where, file: string, noted?: Head): Promise<Carried> {
  // What is wrong with the file is found before there is a store.
  const checked = await checkJournal(file, noted);
  if (!checked.ok) return told(checked);
  return await withStore(where, async (store) => told(await loadJournal(store, file, noted)));
}

async function withStore(
  where: Where,
  use: (store: PortableStore) => Promise<Carried>,
): Promise<Carried> {
  const opened = await openStore(storePlace(where));
  if (!opened.ok) return told(opened);
  try {
    return await use(opened.value);
  } finally {
    await opened.value.close();
  }
}

function told(result: Result<Head, StoreError>): Carried {
  return result.ok ? ok(result.value) : err([result.error.problem]);
}
