// A client with many connections that are kept open, as a process of its own: what it counts is what people would see.
import { type ChildProcess, spawn } from "node:child_process";
import { Agent, request } from "node:http";

export interface LoadAsk {
  readonly urls: readonly string[];
  readonly connections: number;
  /** Every how many requests one is a POST with a body; 0 for never. */
  readonly post: number;
  /** Requests after which it stops by itself; it stops at the latest when it is told to. */
  readonly most: number;
}

interface LoadResult {
  readonly requests: number;
  /** Answers other than 2xx, broken or missing ones. */
  readonly failed: number;
  readonly reasons: Readonly<Record<string, number>>;
  /** Requests by what the header `x-version` said. */
  readonly versions: Readonly<Record<string, number>>;
  /** Milliseconds until the whole answer. */
  readonly p50: number;
  readonly p99: number;
  readonly seconds: number;
}

export interface Load {
  /** Requests answered so far. */
  count(): number;
  /** Lets the requests under way end and tells what happened. */
  stop(): Promise<LoadResult>;
  /** What happened, once it has stopped by itself. */
  result: Promise<LoadResult>;
}

/** Starts a load as a process of its own. */
export function startLoad(ask: LoadAsk): Load {
  const child: ChildProcess = spawn(process.execPath, [import.meta.filename, JSON.stringify(ask)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let count = 0;
  let rest = "";
  const result = new Promise<LoadResult>((resolve, reject) => {
    child.stdout?.on("data", (bytes) => {
      const lines = (rest + bytes).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line.startsWith("{")) resolve(JSON.parse(line) as LoadResult);
        else count = Number(line);
      }
    });
    child.once("close", () => reject(new Error("the load ended without a result")));
  });
  result.catch(() => undefined);
  const stop = () => {
    child.stdin?.end();
    return result;
  };
  return { count: () => count, stop, result };
}

const state = { requests: 0, failed: 0, stopped: false };
const reasons: Record<string, number> = {};
const versions: Record<string, number> = {};
const times: number[] = [];

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? "") as LoadAsk);

async function main(ask: LoadAsk): Promise<void> {
  process.stdin.resume().on("end", () => {
    state.stopped = true;
  });
  const told = setInterval(() => process.stdout.write(`${state.requests}\n`), 20);
  const began = performance.now();
  await Promise.all(Array.from({ length: ask.connections }, () => keepAsking(ask)));
  clearInterval(told);
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const at = (q: number) => times[Math.min(times.length - 1, Math.floor(q * times.length))] ?? 0;
  const { requests, failed } = state;
  const result: LoadResult = {
    requests,
    failed,
    reasons,
    versions,
    p50: at(0.5),
    p99: at(0.99),
    seconds,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
}

async function keepAsking({ urls, post, most }: LoadAsk): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  while (!state.stopped && state.requests < most) {
    const number = state.requests++;
    const began = performance.now();
    const url = urls[number % urls.length] ?? "";
    const reason = await once(url, post > 0 && number % post === 0, agent);
    times.push(performance.now() - began);
    if (reason === null) continue;
    state.failed++;
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  agent.destroy();
}

/** One request; answers what is wrong with the answer, or null. */
function once(url: string, post: boolean, agent: Agent): Promise<string | null> {
  return new Promise((resolve) => {
    const body = "b".repeat(2000);
    const asked = request(url, { agent, method: post ? "POST" : "GET" }, (answer) => {
      let size = 0;
      answer.on("data", (bytes: Buffer) => {
        size += bytes.length;
      });
      answer.on("error", () => resolve("broken off"));
      answer.on("end", () => {
        const version = String(answer.headers["x-version"]);
        versions[version] = (versions[version] ?? 0) + 1;
        const status = answer.statusCode ?? 0;
        if (status < 200 || status > 299) resolve(String(status));
        else resolve(post && size < body.length ? "short" : null);
      });
    });
    asked.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.end(post ? body : undefined);
  });
}
