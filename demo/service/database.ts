import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The database of the environment that this process works in. */
export function openDatabase(): DatabaseSync {
  const folder = process.env.DATABASE_FOLDER ?? ".";
  const environment = process.env.HOLDPOINT_ENVIRONMENT ?? "development";
  return new DatabaseSync(join(folder, `${environment}.db`), { timeout: 5000 });
}
