#!/usr/bin/env node
// The one executable. On Node 26 it runs in this very process; on an older Node it hands over to the pinned one.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

if (Number(process.versions.node.split(".")[0]) >= 26) {
  const { main } = await import("../src/cli/main.ts");
  process.exitCode = await main(process.argv.slice(2));
} else {
  const { pinnedNode } = await import("../tools/pinned-node.mjs");
  const self = fileURLToPath(import.meta.url);
  const child = spawnSync(pinnedNode(), [self, ...process.argv.slice(2)], { stdio: "inherit" });
  process.exitCode = child.status ?? 1;
}
