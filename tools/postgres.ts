// Where PostgreSQL's own programs lie. The tests start throw-away servers of it; nothing here touches a running one.
import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { delimiter, join } from "node:path";
import { installOnDebian } from "./debian.ts";

const OLDEST = 15;
const REMEDY =
  "Install PostgreSQL 15 or newer (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@18), then try again.";

/**
 * The folder of PostgreSQL's programs, version 15 or newer. On Debian as root it installs them when they are missing;
 * elsewhere it ends the process with a sentence that says what to do.
 */
export function ensurePostgres(): string {
  const found = postgresPrograms();
  if (found !== null) return found;
  installOnDebian("postgresql", "PostgreSQL");
  const installed = postgresPrograms();
  if (installed !== null) return installed;
  process.stderr.write(`The tests need PostgreSQL, and this machine has none. ${REMEDY}\n`);
  process.exit(1);
}

/** The folder of the newest PostgreSQL that is new enough; null when there is none. */
function postgresPrograms(): string | null {
  let best: { folder: string; version: number } | null = null;
  for (const folder of candidates()) {
    const version = versionIn(folder);
    if (version >= OLDEST && version > (best?.version ?? 0)) best = { folder, version };
  }
  return best?.folder ?? null;
}

function candidates(): readonly string[] {
  const configured = spawnSync("pg_config", ["--bindir"], { encoding: "utf8" }).stdout?.trim();
  return [
    ...globSync("/usr/lib/postgresql/*/bin"),
    ...globSync("/usr/pgsql-*/bin"),
    ...globSync("/{opt/homebrew,usr/local}/opt/postgresql@*/bin"),
    ...(configured ? [configured] : []),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ].filter((folder) => existsSync(join(folder, "initdb")));
}

/** The major version of the server in a folder; 0 when there is no server that runs. */
function versionIn(folder: string): number {
  const { stdout } = spawnSync(join(folder, "postgres"), ["--version"], { encoding: "utf8" });
  return Number(/\(PostgreSQL\) (\d+)/.exec(stdout ?? "")?.[1] ?? 0);
}
