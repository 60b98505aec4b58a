import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * Installs a package of Debian with apt-get, saying so first; does nothing on another system, or for a user who may not.
 * Whether it helped, the caller sees by looking again for what it needs.
 */
export function installOnDebian(name: string, need: string): void {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return;
  process.stderr.write(
    `The tests need ${need} and this machine has none: installing Debian's package ${name} with apt-get ...\n`,
  );
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "--yes", "--no-install-recommends", name];
  for (const argv of [["update"], install]) {
    spawnSync("apt-get", ["--quiet=2", ...argv], { stdio: ["ignore", 2, 2], env });
  }
}
