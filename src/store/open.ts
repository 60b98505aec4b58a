import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "#app/holdpoint.ts";
import { err, type Result } from "#core/base/result.ts";
import { StoreError } from "./errors.ts";
import { openSqlite } from "./sqlite/store.ts";
import type { PortableStore } from "./transfer.ts";

export type StorePlace =
  /** The embedded store, in a folder of this machine that is made when it is missing. */
  | { readonly dataDir: string }
  /** A PostgreSQL database, 15 or newer; `schema` names the place in it, `holdpoint` when left out. */
  | { readonly postgresUrl: string; readonly schema?: string };

export function storePlace({
  dataDir,
  databaseUrl,
}: Pick<Place, "dataDir" | "databaseUrl">): StorePlace {
  return databaseUrl === null ? { dataDir } : { postgresUrl: databaseUrl };
}

/** Opens the store that the settings name, made new when there is none. The one fork between the two kinds. */
export async function openStore(place: StorePlace): Promise<Result<PortableStore, StoreError>> {
  if ("postgresUrl" in place) {
    // Loaded only here: its driver is large, and the embedded store does without it.
    const { openPostgres } = await import("./postgres/open.ts");
    const { postgresUrl: url, schema } = place;
    return openPostgres(schema === undefined ? { url } : { url, schema });
  }
  const { dataDir } = place;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const sentence = `The data directory ${dataDir} cannot be made.`;
    return err(new StoreError("file-unusable", sentence, cause));
  }
  return openSqlite(join(dataDir, "holdpoint.sqlite"));
}
