// `npm test [-- file ...] [-- --only PATTERN]`: every test on Node's own runner, two files at a time, each in a process of
// its own. PostgreSQL and Chromium come from the machine or from Debian's packages.
import { globSync } from "node:fs";
import { run } from "node:test";
import { parseArgs } from "node:util";
import { ensureChromium } from "./chromium.ts";
import { ensureConsole } from "./console.ts";
import { ensurePostgres } from "./postgres.ts";
import { report } from "./test-report.ts";

const { values, positionals } = parseArgs({
  options: { only: { type: "string" } },
  allowPositionals: true,
});
const wanted = positionals.length > 0 ? positionals : ["{src,test,web}/**/*.test.ts"];
const files = globSync(wanted).sort();
if (files.length === 0) {
  process.stderr.write(`There is no test file ${wanted.join(", ")}.\n`);
  process.exit(2);
}
ensurePostgres();
ensureChromium();
await ensureConsole();
const events = run({
  files,
  concurrency: 2,
  execArgv: ["--import", new URL("seeded.mjs", import.meta.url).href],
  timeout: 900_000,
  ...(values.only !== undefined && { testNamePatterns: [new RegExp(values.only)] }),
});
const passed = await report(events, (text) => process.stdout.write(text));
process.exitCode = passed ? 0 : 1;
