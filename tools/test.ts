// `npm test`: every test, on Node's own runner. PostgreSQL comes from the machine or from Debian's packages.
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { ensurePostgres } from "./postgres.ts";

const wanted = process.argv.slice(2);
const files = wanted.length > 0 ? wanted : globSync(["src/**/*.test.ts", "test/**/*.test.ts"]);
ensurePostgres();
const run = spawnSync(
  process.execPath,
  [
    "--test",
    `--test-concurrency=${availableParallelism()}`,
    "--test-timeout=300000",
    ...files.sort(),
  ],
  { stdio: "inherit" },
);
process.exitCode = run.status ?? 1;
