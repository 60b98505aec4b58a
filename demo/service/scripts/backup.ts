// Copies the database while it serves; `--check` opens the copy and proves it whole.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openDatabase } from "../database.ts";

const copy = join(process.env.DATABASE_FOLDER ?? ".", `backup-${process.env.HOLDPOINT_RELEASE}.db`);
if (process.argv.includes("--check")) {
  const { integrity_check } = new DatabaseSync(copy, { readOnly: true })
    .prepare("PRAGMA integrity_check")
    .get() as { integrity_check: string };
  console.log(integrity_check);
  process.exitCode = integrity_check === "ok" ? 0 : 1;
} else {
  rmSync(copy, { force: true });
  openDatabase().prepare("VACUUM INTO ?").run(copy);
}
