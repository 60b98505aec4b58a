// What turning traffic costs: requests lost while weights shift, time and CPU that the router adds, and how long it takes
// from a decision until the old version answers everything again.
import { readFileSync } from "node:fs";
import { stateOf } from "#adapters/platform/local/kept.ts";
import { placesOf } from "#adapters/platform/local/places.ts";
import { type Load, type LoadResult, startLoad } from "../test/traffic/load.ts";
import { type LocalWorld, openLocal, runningIn, traffic } from "../test/traffic/local-world.ts";

export interface BenchRow {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
}

const REQUESTS = 60_000;
const DIRECT = 20_000;
const WEIGHTS = [100, 500, 2500, 5000, 10_000];
const CONNECTIONS = 16;
const TURNS = 25;

/** Measures the router on a world of its own; takes about half a minute. */
export async function routerBench(): Promise<BenchRow[]> {
  const world = openLocal();
  try {
    const one = world.target("1.0.0");
    await world.platform.deploy("1/deploy", one);
    await world.platform.weigh("1/weigh", one, 10_000);
    await world.platform.promote("1/promote", one);
    const two = world.target("2.0.0");
    await world.platform.deploy("2/deploy", two);
    const direct = await measureDirect(world);
    const shifted = await measureShift(world);
    return [...direct, ...shifted, ...(await measureReturn(world))];
  } finally {
    await world.close();
  }
}

async function measureDirect(world: LocalWorld): Promise<BenchRow[]> {
  const [service] = runningIn(world.folder);
  if (service === undefined) throw new Error("no service runs");
  const url = `http://127.0.0.1:${portOf(world)}/`;
  const before = cpuMicros(service.pid);
  const result = await load(url, DIRECT).result;
  const spent = cpuMicros(service.pid) - before;
  return [
    { what: "direct: p50", value: result.p50, unit: "ms" },
    { what: "direct: p99", value: result.p99, unit: "ms" },
    { what: "direct: requests per second", value: result.requests / result.seconds, unit: "/s" },
    { what: "direct: CPU of the service per request", value: spent / result.requests, unit: "µs" },
  ];
}

async function measureShift(world: LocalWorld): Promise<BenchRow[]> {
  const two = world.target("2.0.0");
  const router = stateOf(placesOf(world.folder, "production").router).child?.pid ?? 0;
  const before = cpuMicros(router);
  const running = load(world.url(), REQUESTS);
  for (const [index, weight] of WEIGHTS.entries()) {
    await reach(running, (REQUESTS / (WEIGHTS.length + 1)) * (index + 1));
    await world.platform.weigh(`2/weigh/${weight}`, two, weight);
  }
  const result: LoadResult = await running.result;
  const spent = cpuMicros(router) - before;
  return [
    { what: "router: requests over five weight steps", value: result.requests, unit: "" },
    { what: "router: failed requests", value: result.failed, unit: "" },
    { what: "router: p50", value: result.p50, unit: "ms" },
    { what: "router: p99", value: result.p99, unit: "ms" },
    { what: "router: requests per second", value: result.requests / result.seconds, unit: "/s" },
    { what: "router: CPU of the router per request", value: spent / result.requests, unit: "µs" },
    { what: "router: memory of the router", value: memoryMiB(router), unit: "MiB" },
  ];
}

/** From the decision to turn back until no request goes to the new version, under load. */
async function measureReturn(world: LocalWorld): Promise<BenchRow[]> {
  const two = world.target("2.0.0");
  const background = load(world.url(), 1e9);
  const times: number[] = [];
  let late = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    await world.platform.weigh(`3/${turn}/up`, two, 5000);
    await reach(background, background.count() + 200);
    const began = performance.now();
    await world.platform.weigh(`3/${turn}/back`, two, 0);
    times.push(performance.now() - began);
    late += (await traffic(world.url(), 50))["2.0.0"] ?? 0;
  }
  const { failed } = await background.stop();
  times.sort((a, b) => a - b);
  return [
    { what: "back to the old version: p50", value: times[Math.floor(TURNS / 2)] ?? 0, unit: "ms" },
    { what: "back to the old version: longest", value: times.at(-1) ?? 0, unit: "ms" },
    { what: "back to the old version: requests to the new one after it", value: late, unit: "" },
    { what: "back to the old version: failed requests", value: failed, unit: "" },
  ];
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

if (import.meta.main) {
  for (const { what, value, unit } of await routerBench()) {
    console.log(`${what.padEnd(60)} ${String(Math.round(value * 100) / 100).padStart(10)} ${unit}`);
  }
}
