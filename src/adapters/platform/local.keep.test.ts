import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { claimant } from "#processes/claim.ts";
import { type Identity, isAlive } from "#processes/identity.ts";
import { type LocalWorld, openLocal, runningIn } from "../../../test/traffic/local-world.ts";
import { isKept, stateOf } from "./local/kept.ts";
import { placesOf } from "./local/places.ts";
import { stopEnvironment } from "./local.ts";
import { done, stable, WITHIN } from "./platform.suite.ts";

describe("local: everything keeps serving by itself", { concurrency: 2 }, () => {
  const rule = (name: string, prove: (world: LocalWorld) => Promise<void>) =>
    test(name, async () => {
      const world = openLocal();
      try {
        await prove(world);
      } finally {
        await world.close();
      }
    });

  rule("a service that dies is started again on its port", async (world) => {
    await stable(world, "1.0.0");
    const folder = webOf(world);
    const { child, port, starts } = stateOf(folder);
    kill(child);
    await until(() => stateOf(folder).starts > starts && isAlive(stateOf(folder).child ?? never));
    assert.equal(stateOf(folder).port, port);
    assert.equal(stateOf(folder).last, "signal SIGKILL");
    await until(async () => (await world.traffic(1))["1.0.0"] === 1);
  });

  rule(
    "a service whose keeper dies goes on, and the next look gives it a keeper again",
    async (world) => {
      await stable(world, "1.0.0");
      const folder = webOf(world);
      const before = stateOf(folder);
      const keeper = claimant(join(folder, "claims"));
      kill(keeper);
      await until(() => !isAlive(keeper ?? never));
      assert.deepEqual(await world.traffic(5), { "1.0.0": 5 });
      const { baseline } = await world.platform.measure(world.target("1.0.0"));
      assert.equal(baseline?.healthy, true);
      assert.ok(isKept(folder));
      assert.deepEqual(stateOf(folder), before);
      // The new keeper looks after it as the old one did.
      kill(before.child);
      await until(() => stateOf(folder).starts > before.starts);
      assert.equal(stateOf(folder).last, "an end that nobody saw");
      await until(async () => (await world.traffic(1))["1.0.0"] === 1);
    },
  );

  rule("a router that dies is started again with its routes and ports", async (world) => {
    await stable(world, "1.0.0");
    const two = world.target("2.0.0");
    done(await world.platform.deploy("a", two, WITHIN));
    done(await world.platform.weigh("b", two, 10_000));
    const url = world.url();
    const { router } = placesOf(world.folder, "production");
    const { child } = stateOf(router);
    kill(child);
    await until(() => stateOf(router).starts === 2);
    await until(async () => (await world.traffic(1).catch(() => ({})))["2.0.0" as never] === 1);
    assert.equal(world.url(), url);
    done(await world.platform.weigh("c", two, 0));
    assert.deepEqual(await world.traffic(20), { "1.0.0": 20 });
  });

  rule(
    "after everything was killed, as by a reboot, a look brings everything back",
    async (world) => {
      await stable(world, "1.0.0");
      const [url, folder] = [world.url(), webOf(world)];
      const { router } = placesOf(world.folder, "production");
      for (const kept of [router, folder]) {
        const { child } = stateOf(kept);
        kill(claimant(join(kept, "claims")));
        kill(child);
      }
      await assert.rejects(world.traffic(1));
      for (const kept of [router, folder]) await until(() => !isKept(kept));
      await world.platform.measure(world.target("1.0.0"));
      await until(async () => (await world.traffic(1))["1.0.0"] === 1);
      assert.equal(world.url(), url);
    },
  );

  rule(
    "a service that finds its port taken gets another one, and the next look tells the router",
    async (world) => {
      await stable(world, "1.0.0");
      const folder = webOf(world);
      const { port, child } = stateOf(folder);
      const keeper = claimant(join(folder, "claims"));
      kill(keeper);
      kill(child);
      await until(() => !isAlive(child ?? never) && !isAlive(keeper ?? never));
      const { createServer } = await import("node:http");
      const thief = createServer((_, answer) => answer.writeHead(418).end()).listen(
        port,
        "127.0.0.1",
      );
      await world.platform.measure(world.target("1.0.0"));
      await until(async () => (await world.traffic(1))["1.0.0"] === 1);
      assert.notEqual(stateOf(folder).port, port);
      thief.close().closeAllConnections();
    },
  );

  rule(
    "to stop an environment ends every process of it, and what it was to be is kept",
    async (world) => {
      await stable(world, "1.0.0");
      const [service] = runningIn(world.folder);
      const { router } = placesOf(world.folder, "production");
      const all = [router, webOf(world)].flatMap((kept) => [
        claimant(join(kept, "claims")) ?? never,
        stateOf(kept).child ?? never,
      ]);
      assert.ok(service !== undefined && all.every(isAlive));
      // Someone else's process that has got the pid of one of ours is left alone.
      const state = JSON.parse(readFileSync(join(router, "state.json"), "utf8"));
      await stopEnvironment(world.folder);
      assert.ok(!all.some(isAlive));
      writeFileSync(
        join(router, "state.json"),
        JSON.stringify({ ...state, child: { pid: process.pid, start: "other" } }),
      );
      await stopEnvironment(world.folder);
      done(await world.platform.deploy("again", world.target("1.0.0"), WITHIN));
      await until(async () => (await world.traffic(1))["1.0.0"] === 1);
    },
  );
});

const never: Identity = { pid: -1, start: "never" };

function webOf({ folder }: LocalWorld): string {
  const { versions } = placesOf(folder, "production");
  const [name = ""] = readdirSync(versions).filter((one) => one.startsWith("1.0.0"));
  return join(versions, name, "web");
}

function kill(process_: Identity | null): void {
  assert.ok(process_ !== null && process_.pid > 1);
  process.kill(process_.pid, "SIGKILL");
}

async function until(truth: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await truth())) {
    assert.ok(performance.now() < deadline, "waited in vain");
    await pause(20);
  }
}
