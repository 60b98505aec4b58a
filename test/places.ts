// Fresh places for stores of each kind, as the suites of src/store need them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type StorePlace } from "#store/open.ts";
import type { PortableStore } from "#store/transfer.ts";
import type { TestPostgres } from "./postgres.ts";

export interface Places {
  fresh(): StorePlace;
  open(place: StorePlace): Promise<PortableStore>;
  closeStores(): Promise<void>;
  close(): Promise<void>;
}

/** A folder of its own for each store. */
export function sqlitePlaces(): Places {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-sqlite-"));
  let count = 0;
  return places(
    () => ({ dataDir: join(folder, String(count++)) }),
    async () => rmSync(folder, { recursive: true }),
  );
}

let schemas = 0;

/** A schema of its own for each store, in one server, which the caller ends. */
export function postgresPlaces(server: TestPostgres): Places {
  return places(
    () => ({ postgresUrl: server.url, schema: `store_${schemas++}` }),
    async () => {},
  );
}

function places(fresh: () => StorePlace, end: () => Promise<void>): Places {
  let opened: PortableStore[] = [];
  const closeStores = async () => {
    const stores = opened;
    opened = [];
    await Promise.all(stores.map((store) => store.close()));
  };
  return {
    fresh,
    closeStores,
    async open(place) {
      const store = await openStore(place);
      if (!store.ok) throw store.error;
      opened.push(store.value);
      return store.value;
    },
    async close() {
      await closeStores();
      await end();
    },
  };
}
