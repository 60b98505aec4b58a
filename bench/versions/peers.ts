// The peers of the bench, from npm, in a folder of their own: nothing of the product depends on them.
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PINNED = {
  "conventional-changelog": "8.1.3",
  "conventional-changelog-conventionalcommits": "10.4.1",
  "git-cliff": "2.14.2",
};

/** The command line of each peer that writes the changelog of a whole history. */
export interface Peers {
  readonly "conventional-changelog": readonly string[];
  readonly "git-cliff": readonly string[];
}

export function ensurePeers(top: string): Peers {
  const folder = join(top, "peers");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const wanted = Object.entries(PINNED).map(([name, version]) => `${name}@${version}`);
  const argv = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", ...wanted];
  execFileSync("npm", argv, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const bin = (name: string) => join(folder, "node_modules", ".bin", name);
  execFileSync(bin("git-cliff"), ["--init"], { cwd: folder, stdio: "ignore" });
  return {
    "conventional-changelog": [
      bin("conventional-changelog"),
      "-p",
      "conventionalcommits",
      "-r",
      "0",
      "-o",
      join(folder, "CONVENTIONAL.md"),
    ],
    // The program itself, without the script of npm that starts it.
    "git-cliff": [
      globSync("node_modules/git-cliff-*/bin/git-cliff", { cwd: folder }).map((file) =>
        join(folder, file),
      )[0] ?? bin("git-cliff"),
      "--offline",
      "-c",
      join(folder, "cliff.toml"),
      "-o",
      join(folder, "CLIFF.md"),
    ],
  };
}
