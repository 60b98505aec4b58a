// `npm run check`: what must be green before anything lands. Types, lint and format, dead code,
// generated files up to date, tests; stops at the first that is not. `--no-tests` leaves the tests to `npm test`.
import { spawnSync } from "node:child_process";

const parts: [string, string[]][] = [
  ["types", ["node_modules/typescript/bin/tsc", "--noEmit"]],
  ["types of the console", ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "web"]],
  ["lint and format", ["node_modules/@biomejs/biome/bin/biome", "ci", "."]],
  ["dead code", ["node_modules/knip/bin/knip.js"]],
  ["generated files", ["tools/generate.ts", "--check"]],
  ["tests", ["tools/test.ts"]],
];
for (const [name, argv] of parts) {
  if (name === "tests" && process.argv.includes("--no-tests")) continue;
  process.stdout.write(`check: ${name}\n`);
  const run = spawnSync(process.execPath, argv, { stdio: "inherit" });
  if (run.status !== 0) {
    process.stdout.write(`check: ${name} failed\n`);
    process.exit(run.status ?? 1);
  }
}
process.stdout.write("check: all green\n");
