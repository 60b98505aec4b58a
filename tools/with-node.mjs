// Runs a script with the Node version that the project pins, whatever Node the machine has:
//   node tools/with-node.mjs <script.ts> [arguments]
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pinnedNode } from "./pinned-node.mjs";
import { setUp } from "./setup.mjs";

setUp();
const child = spawn(pinnedNode(), process.argv.slice(2), {
  stdio: "inherit",
  cwd: fileURLToPath(new URL("..", import.meta.url)),
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
