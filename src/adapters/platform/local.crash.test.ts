import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hasCode } from "#processes/files.ts";
import type { CrashAsk } from "../../../test/traffic/crash-worker.ts";
import {
  CODE,
  type LocalWorld,
  openLocal,
  SERVICE,
  WEB,
} from "../../../test/traffic/local-world.ts";
import { done, WITHIN } from "./platform.suite.ts";

const worker = join(import.meta.dirname, "../../../test/traffic/crash-worker.ts");

test("local: whoever operates can be killed before any of its effects; asked again, all is as it should be", async () => {
  const world = openLocal();
  try {
    const one = world.target("1.0.0", {}, { web: WEB, api: WEB });
    let kills = 0;
    kills += await killedThroughout(world, { operation: "deploy", target: one }, 3);
    kills += await killedThroughout(world, { operation: "weigh", target: one, weight: 10_000 }, 2);
    kills += await killedThroughout(world, { operation: "promote", target: one }, 2);
    assert.deepEqual(await alive(world), { "1.0.0": 2, keepers: 3, routers: 1 });
    const two = world.target("2.0.0", {}, { web: WEB, api: WEB });
    kills += await killedThroughout(world, { operation: "deploy", target: two }, 4);
    assert.deepEqual(await alive(world), { "1.0.0": 2, "2.0.0": 2, keepers: 5, routers: 1 });
    kills += await killedThroughout(world, { operation: "weigh", target: two, weight: 2500 }, 3);
    const { "2.0.0": share = 0 } = await world.traffic(200);
    assert.ok(Math.abs(share - 50) <= 2, String(share));
    kills += await killedThroughout(world, { operation: "weigh", target: two, weight: 0 }, 2);
    kills += await killedThroughout(world, { operation: "retire", target: two }, 2);
    assert.deepEqual(await alive(world), { "1.0.0": 2, keepers: 3, routers: 1 });
    // Whoever dies while it takes a version away may be told to bring it up again.
    for (const killAt of [9, 13, 17]) {
      done(await world.platform.deploy("again", two, WITHIN));
      const cut = { folder: world.folder, operation: "retire", key: "cut", target: two } as const;
      assert.equal(await runWorker({ ...cut, weight: 0, killAt }), null);
    }
    done(await world.platform.deploy("again", two, WITHIN));
    assert.deepEqual(await alive(world), { "1.0.0": 2, "2.0.0": 2, keepers: 5, routers: 1 });
    done(await world.platform.retire("at last", two));
    const three = world.target("3.0.0", {}, { web: WEB, api: WEB });
    kills += await killedThroughout(world, { operation: "deploy", target: three }, 9);
    kills += await killedThroughout(world, { operation: "promote", target: three }, 2);
    assert.deepEqual(await alive(world), { "3.0.0": 2, keepers: 3, routers: 1 });
    assert.deepEqual(await world.traffic(50), { "3.0.0": 50 });
    assert.ok(kills > 40, `only ${kills} kills`);
  } finally {
    await world.close();
  }
});

/** Asks for one operation again and again, each time killed a little later, until it is through. How often it was killed. */
async function killedThroughout(
  world: LocalWorld,
  ask: Pick<CrashAsk, "operation" | "target"> & { weight?: number },
  stride: number,
): Promise<number> {
  const key = `${ask.operation}/${ask.target.version}/${ask.weight}`;
  const serves = world.url() !== "" && (await world.traffic(1))["503"] === undefined;
  for (let kills = 0, killAt = 1; ; kills++, killAt += stride) {
    const full: CrashAsk = { weight: 0, ...ask, folder: world.folder, key, killAt };
    const ended = await runWorker(full);
    if (ended !== null) {
      assert.match(ended, /"outcome":"done"/);
      return kills;
    }
    // Nobody operates now, and people are served all the same.
    if (serves) assert.deepEqual(Object.keys(await world.traffic(3)).filter(isBad), []);
    assert.ok(kills < 300, "it never ends");
  }
}

/** What the worker said at the end; null where it was killed. */
async function runWorker(ask: CrashAsk): Promise<string | null> {
  const child = spawn(process.execPath, [worker, JSON.stringify(ask)], {
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: CODE },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (bytes) => {
    said += bytes;
  });
  const [code, signal] = await once(child, "close");
  if (signal === "SIGKILL") return null;
  assert.equal(code, 0);
  return said;
}

const isBad = (version: string) => !/^\d\.0\.0$/.test(version);

/** All processes of a world that this machine really has: services by version, keepers, routers. */
async function alive({ folder }: LocalWorld): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const { cwd, argv } = about(pid);
    const [, commit] = cwd.startsWith(join(folder, "trees")) ? cwd.split("/trees/") : [];
    if (commit !== undefined && argv.includes(SERVICE))
      count(Buffer.from(commit, "hex").toString());
    if (!argv.some((word) => word.startsWith(folder))) continue;
    if (argv[1]?.includes("keep-service")) count("keepers");
    if (argv[1]?.includes("router")) count("routers");
  }
  return counts;
}

function about(pid: string): { cwd: string; argv: string[] } {
  try {
    const argv = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return { cwd: readlinkSync(`/proc/${pid}/cwd`), argv };
  } catch (error) {
    if (hasCode(error, "ENOENT", "ESRCH", "EACCES")) return { cwd: "", argv: [] };
    throw error;
  }
}
