// Plants one bug after the other into the core, and has the swarm look for it. A bug that it does not find is a hole in
// the invariants (src/core/simulation/invariants) or in the world that they are judged in: mend those.
//
//   npm run mutations                all of them, two at a time
//   npm run mutations -- NAME        those whose name contains NAME
import { spawn } from "node:child_process";
import { join } from "node:path";
import { MUTATIONS } from "./mutations/list.ts";

const SEARCH = join(import.meta.dirname, "mutations", "search.ts");
/** Lives that may pass until a bug must be found. */
const LIVES = 10_000;
const AT_A_TIME = 2;

interface Found {
  readonly seed: number;
  readonly invariant: string;
  readonly says: string;
}

/** Has a process of its own look for a bug; what the swarm has found, null: nothing. */
function hunt(name: string): Promise<Found | null> {
  const child = spawn(process.execPath, [SEARCH, name, String(LIVES)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0
        ? resolve(JSON.parse(text))
        : reject(new Error(`the search for "${name}" ended with exit code ${code}`)),
    );
  });
}

const [part = ""] = process.argv.slice(2);
const chosen = MUTATIONS.filter(({ name }) => name.includes(part));
const missed: string[] = [];
const waiting = chosen.values();

/** Takes one bug after the other, as long as there are any. */
async function work(): Promise<void> {
  for (const { name } of waiting) {
    const found = await hunt(name);
    if (found === null) missed.push(name);
    const how =
      found === null ? "NOT FOUND" : `${found.invariant}, seed ${found.seed}: ${found.says}`;
    console.log(`${name}\n    ${how}`);
  }
}

await Promise.all(Array.from({ length: AT_A_TIME }, work));
console.log(`\n${chosen.length - missed.length} of ${chosen.length} planted bugs were found.`);
if (missed.length > 0) {
  console.log(`Not found: ${missed.join("; ")}`);
  process.exitCode = 1;
}
