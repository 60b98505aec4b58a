// A control plane that dies: it does one operation on a local platform and kills itself before its n-th effect on the
// world outside (a file moved, made or removed, a process started or signalled, a request sent). It exits with 0 when
// the operation had fewer effects than that and is done.
import child from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import { syncBuiltinESMExports } from "node:module";
import type { Platform, Target } from "#app/ports/outside.ts";

export interface CrashAsk {
  readonly folder: string;
  readonly operation: "deploy" | "weigh" | "promote" | "retire";
  readonly key: string;
  readonly target: Target;
  readonly weight: number;
  /** Which effect it does not live to see; 0: none. */
  readonly killAt: number;
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? "") as CrashAsk);

async function main(ask: CrashAsk): Promise<void> {
  if (ask.killAt > 0) countDown(ask.killAt);
  const { openLocal } = await import("./local-world.ts");
  const { platform } = openLocal({}, { folder: ask.folder });
  const answer = await perform(platform, ask);
  process.stdout.write(JSON.stringify(answer));
  process.exit(0);
}

function perform(platform: Platform, { operation, key, target, weight }: CrashAsk) {
  if (operation === "weigh") return platform.weigh(key, target, weight);
  if (operation === "deploy") return platform.deploy(key, target, 8000);
  return platform[operation](key, target);
}

/** Puts a count before every function of Node's that has an effect outside. */
function countDown(killAt: number): void {
  const kill = process.kill.bind(process);
  let effects = 0;
  const before = () => {
    effects++;
    if (effects === killAt) kill(process.pid, "SIGKILL");
  };
  const patch = <Key extends string>(module: Record<Key, unknown>, name: Key) => {
    const real = module[name] as (...args: unknown[]) => unknown;
    module[name] = (...args: unknown[]) => {
      before();
      return real.apply(module, args);
    };
  };
  for (const name of ["renameSync", "mkdirSync", "writeFileSync", "writeSync", "rmSync"] as const) {
    patch(fs as unknown as Record<typeof name, unknown>, name);
  }
  patch(child as unknown as Record<"spawn", unknown>, "spawn");
  patch(http as unknown as Record<"request", unknown>, "request");
  patch(process as unknown as Record<"kill", unknown>, "kill");
  syncBuiltinESMExports();
}
