// Brings the database to the newest schema; every migration runs once, in a transaction.
//   node migrate.ts [--dry-run]   run what is still to be run, or say it
//   node migrate.ts --status      exit code 0 when nothing is left to be run
//   node migrate.ts --check       try all migrations on an empty database
//   node migrate.ts --drift       exit code 1 when the schema is not what its migrations made
import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { openDatabase } from "./database.ts";

const files = readdirSync(new URL("migrations/", import.meta.url)).sort();
const [wish] = process.argv.slice(2);

/** Runs the first so many migrations of those that the database has not seen. */
function migrate(database: DatabaseSync, upTo = files.length): number {
  const done = versionOf(database);
  database.exec("BEGIN IMMEDIATE");
  for (const file of files.slice(done, upTo)) {
    database.exec(readFileSync(new URL(`migrations/${file}`, import.meta.url), "utf8"));
  }
  database.exec(`PRAGMA user_version = ${Math.max(done, upTo)}`);
  database.exec("COMMIT");
  return Math.max(0, upTo - done);
}

function versionOf(database: DatabaseSync): number {
  return (database.prepare("PRAGMA user_version").get() as { user_version: number }).user_version;
}

function schemaOf(database: DatabaseSync): string {
  return JSON.stringify(
    database.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").all(),
  );
}

if (wish === "--check") {
  console.log(`${migrate(new DatabaseSync(":memory:"))} migrations run on an empty database`);
} else {
  const database = openDatabase();
  const done = versionOf(database);
  if (wish === "--status") {
    console.log(`schema ${done} of ${files.length}`);
    process.exitCode = done === files.length ? 0 : 1;
  } else if (wish === "--drift") {
    const known = new DatabaseSync(":memory:");
    migrate(known, Math.min(done, files.length));
    const same = schemaOf(known) === schemaOf(database);
    console.log(same ? `schema ${done} is as its migrations made it` : "the schema has drifted");
    process.exitCode = same ? 0 : 1;
  } else if (wish === "--dry-run") {
    console.log(files.slice(done).join("\n") || "nothing to do");
  } else {
    console.log(`${migrate(database)} migrations run`);
  }
}
