#!/usr/bin/env node
// The one executable. On Node 26 it runs in this very process; on an older Node it hands over to the pinned one.
import { builtProgram } from "../tools/built.mjs";

const { fileURLToPath } = process.getBuiltinModule("node:url");

if (Number(process.versions.node.split(".")[0]) >= 26) {
  // Types are stripped once per file and kept: that is half of the start. A folder that cannot be written is no harm.
  const cache = fileURLToPath(new URL("../node_modules/.cache/holdpoint", import.meta.url));
  process.getBuiltinModule("node:module").enableCompileCache(cache);
  const { main } = await import(builtProgram() ?? "../src/cli/main.ts");
  process.exitCode = await main(process.argv.slice(2));
} else {
  const { spawnSync } = await import("node:child_process");
  const { pinnedNode } = await import("../tools/pinned-node.mjs");
  const self = fileURLToPath(import.meta.url);
  const child = spawnSync(pinnedNode(), [self, ...process.argv.slice(2)], { stdio: "inherit" });
  process.exitCode = child.status ?? 1;
}
