import { readFileSync } from "node:fs";
import { stateOf } from "#adapters/platform/local/kept.ts";
import { placesOf } from "#adapters/platform/local/places.ts";
import { MINUTE } from "#core/base/time.ts";
import { type Load, startLoad } from "../test/traffic/load.ts";
import { type LocalWorld, openLocal, runningIn, traffic } from "../test/traffic/local-world.ts";
import { type Bench, type Figures, type Prepared, percentile } from "./harness.ts";

const DIRECT = 10_000;
const REQUESTS = 30_000;
const WEIGHTS = [100, 500, 2500, 5000, 10_000];
const CONNECTIONS = 16;
const TURNS = 15;

export const routerBench: Bench = {
  name: "router",
  title: "What turning traffic costs",
  about: `${CONNECTIONS} connections send requests, every tenth a POST, to a service of two versions. The floor goes straight to the
service. The second line goes through the router while ${WEIGHTS.length} weights are set. The third turns back ${TURNS} times from half of the
traffic, under load: from the decision until the old version gets everything. "CPU" is the service's or the router's.`,
  cases: [
    { what: "floor: straight to the service", setUp: () => inWorld(direct) },
    {
      what: "through the router, over five weights",
      targets: [{ figure: "failed", atMost: 0 }],
      setUp: () => inWorld(shift),
    },
    {
      what: "back to the old version",
      targets: [
        { figure: "failed", atMost: 0 },
        { figure: "to the new one after it", atMost: 0 },
        { figure: "p50 ms", atMost: 1000 },
      ],
      setUp: () => inWorld(turnBack),
    },
  ],
};

let shared: Promise<LocalWorld> | undefined;
let users = 0;
/** Weights are set once per key, so each gets a key of its own. */
let keys = 0;

/** All cases look at one world, which is made once and goes with the last of them. */
async function inWorld(run: (world: LocalWorld) => Promise<Figures>): Promise<Prepared> {
  users += 1;
  shared ??= twoVersions();
  const world = await shared;
  return {
    run: () => run(world),
    async tearDown() {
      users -= 1;
      if (users === 0) await world.close();
    },
  };
}

async function twoVersions(): Promise<LocalWorld> {
  const world = openLocal();
  const one = world.target("1.0.0");
  await world.platform.deploy("1/deploy", one, MINUTE);
  await world.platform.weigh("1/weigh", one, 10_000);
  await world.platform.promote("1/promote", one);
  await world.platform.deploy("2/deploy", world.target("2.0.0"), MINUTE);
  return world;
}

async function weigh(world: LocalWorld, weight: number): Promise<void> {
  keys += 1;
  await world.platform.weigh(`2/weigh/${keys}`, world.target("2.0.0"), weight);
}

async function direct(world: LocalWorld): Promise<Figures> {
  const [service] = runningIn(world.folder);
  if (service === undefined) throw new Error("no service runs");
  const before = cpuMicros(service.pid);
  const running = load(`http://127.0.0.1:${portOf(world)}/`, DIRECT);
  const result = await running.result;
  const spent = cpuMicros(service.pid) - before;
  return {
    ...{ "requests/s": result.requests / result.seconds, "p50 ms": result.p50 },
    ...{ "p99 ms": result.p99, "CPU µs/request": spent / result.requests, failed: result.failed },
  };
}

async function shift(world: LocalWorld): Promise<Figures> {
  const router = stateOf(placesOf(world.folder, "production").router).child?.pid ?? 0;
  const before = cpuMicros(router);
  const running = load(world.url(), REQUESTS);
  for (const [index, weight] of WEIGHTS.entries()) {
    await reach(running, (REQUESTS / (WEIGHTS.length + 1)) * (index + 1));
    await weigh(world, weight);
  }
  const result = await running.result;
  const spent = cpuMicros(router) - before;
  return {
    ...{ "requests/s": result.requests / result.seconds, "p50 ms": result.p50 },
    ...{ "p99 ms": result.p99, "CPU µs/request": spent / result.requests, failed: result.failed },
    "RSS MB": memoryMiB(router),
  };
}

async function turnBack(world: LocalWorld): Promise<Figures> {
  const background = load(world.url(), 1e9);
  const times: number[] = [];
  let late = 0;
  for (let turn = 0; turn < TURNS; turn += 1) {
    await weigh(world, 5000);
    await reach(background, background.count() + 200);
    const began = performance.now();
    await weigh(world, 0);
    times.push(performance.now() - began);
    late += (await traffic(world.url(), 50))["2.0.0"] ?? 0;
  }
  const { failed } = await background.stop();
  return {
    ...{ "p50 ms": percentile(times, 0.5), "p99 ms": percentile(times, 0.99), failed },
    "to the new one after it": late,
  };
}

function load(url: string, most: number): Load {
  return startLoad({ urls: [url], connections: CONNECTIONS, post: 10, most });
}

async function reach(running: Load, count: number): Promise<void> {
  while (running.count() < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

function portOf(world: LocalWorld): number {
  const listening = readFileSync(`/proc/${runningIn(world.folder)[0]?.pid}/environ`, "utf8");
  return Number(/(?:^|\0)PORT=(\d+)/.exec(listening)?.[1]);
}

/** User and system time of a process so far, in microseconds (the kernel counts in hundredths of a second). */
function cpuMicros(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function memoryMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
