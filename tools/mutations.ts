// Plants one bug after the other into a copy of the core, and has the swarm look for it. A bug that it does not find is
// a hole in the invariants (src/core/simulation/invariants) or in the world that they are judged in: mend those.
//
//   npm run mutations                all of them
//   npm run mutations -- NAME        those whose name contains NAME
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MUTATIONS } from "./mutations/list.ts";
import type { Mutation } from "./mutations/mutation.ts";

const ROOT = join(import.meta.dirname, "..");
const SEARCH = join(import.meta.dirname, "mutations", "search.ts");
/** Lives that may pass until a bug must be found. */
const LIVES = 6000;

interface Found {
  readonly seed: number;
  readonly invariant: string;
  readonly says: string;
}

/** Plants a bug in a copy of the core; what the swarm has found in it, null: nothing. */
async function hunt({ file, from, to }: Mutation): Promise<Found | null> {
  const folder = mkdtempSync(join(tmpdir(), "mutation-"));
  try {
    const core = join(folder, "core");
    cpSync(join(ROOT, "src", "core"), core, { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const path = join(core, file);
    const text = readFileSync(path, "utf8");
    if (text.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
    return JSON.parse(await search(join(core, "simulation", "swarm", "life.ts")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function search(life: string): Promise<string> {
  const child = spawn(process.execPath, [SEARCH, life, String(LIVES)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(text) : reject(new Error(`the search ended with exit code ${code}`)),
    );
  });
}

const [part = ""] = process.argv.slice(2);
const chosen = MUTATIONS.filter(({ name }) => name.includes(part));
const missed: string[] = [];
for (const mutation of chosen) {
  const found = await hunt(mutation);
  if (found === null) missed.push(mutation.name);
  const how =
    found === null ? "NOT FOUND" : `${found.invariant}, seed ${found.seed}: ${found.says}`;
  console.log(`${mutation.name}\n    ${how}`);
}
console.log(`\n${chosen.length - missed.length} of ${chosen.length} planted bugs were found.`);
if (missed.length > 0) {
  console.log(`Not found: ${missed.join("; ")}`);
  process.exitCode = 1;
}
