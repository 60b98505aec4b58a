// Brings a fresh checkout to the point where it runs: npm packages exactly as locked, without their
// install scripts. Written for any Node >= 20 with no dependency, because it runs before there are any.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { builtProgram } from "./built.mjs";
import { pinnedNode } from "./pinned-node.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = join(root, "node_modules", ".holdpoint-lock");

/** Installs the locked packages and builds the program, where either is missing or older than what it is made from. */
export function setUp() {
  install();
  if (builtProgram() !== null) return;
  const built = spawnSync(pinnedNode(), ["tools/build.ts"], { cwd: root, stdio: ["ignore", 2, 2] });
  if (built.status !== 0)
    process.stderr.write("The program could not be built, so its sources run as they are.\n");
}

function install() {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  process.stderr.write("Installing the locked npm packages (once; about half a minute) ...\n");
  // Not `npm ci`: it refuses a lock file that lacks packages which only other platforms need, and a registry may lack those.
  // Without saving, npm takes the locked versions all the same and leaves both files as they are.
  const argv = [
    "install",
    "--no-save",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const npm = spawnSync("npm", argv, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    process.stderr.write(
      "The npm packages could not be installed. Check that npm reaches its registry, then try again.\n",
    );
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) setUp();
