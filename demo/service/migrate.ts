// Brings the database to the newest schema: `node migrate.ts [--dry-run | --status]`. Every migration runs once, in a transaction.
import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const database = new DatabaseSync(process.env["DATABASE_FILE"] ?? "mortgage.db", { timeout: 5000 });
const { user_version: done } = database.prepare("PRAGMA user_version").get() as {
  user_version: number;
};
const files = readdirSync(new URL("migrations/", import.meta.url)).sort();
const open = files.slice(done);

if (process.argv.includes("--status")) {
  console.log(`schema ${done} of ${files.length}`);
  process.exitCode = open.length === 0 ? 0 : 1;
} else if (process.argv.includes("--dry-run")) {
  console.log(open.length === 0 ? "nothing to do" : `would run ${open.join(", ")}`);
} else {
  database.exec("BEGIN IMMEDIATE");
  for (const file of open)
    database.exec(readFileSync(new URL(`migrations/${file}`, import.meta.url), "utf8"));
  database.exec(`PRAGMA user_version = ${files.length}`);
  database.exec("COMMIT");
  console.log(`ran ${open.length} migrations`);
}
