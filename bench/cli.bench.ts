import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeEvent } from "#core/release/upcast.ts";
import { MemoryStore } from "#store/memory.ts";
import { openStore } from "#store/open.ts";
import { append, boardRow, event, NOON } from "../test/appends.ts";
import { type Bench, type Figures, type Prepared, percentile } from "./harness.ts";
import { benchPlan, takeThrough } from "./release.ts";

const BIN = fileURLToPath(new URL("../bin/holdpoint.mjs", import.meta.url));
const NOTE_CPU = fileURLToPath(new URL("note-cpu.mjs", import.meta.url));
const FINISHED = 10_000;
/** Processes in one run, of which the median counts. */
const STARTS = 7;

/** The release documents of this repository. */
const TOP = fileURLToPath(new URL("../policies", import.meta.url));
const POLICIES = readdirSync(TOP).toSorted();
const policyOf = (policy: string) => join(TOP, policy, "holdpoint.yaml");

const HELP = [BIN, "--help"];
const EMPTY = ["--eval", ""];

export const cliBench: Bench = {
  name: "cli",
  title: "The command line and an idle server",
  about: `Each figure is of whole processes, from their start to their end, ${STARTS} in a run. The floor is a Node process
that does nothing. \`status\` looks at an embedded store with ${FINISHED.toLocaleString("en")} finished releases and one whole release of
30 steps, \`check\` at each policy of this repository. The server has just answered its first request. "child CPU" is the
processes' own.`,
  cases: [
    {
      what: "floor: an empty Node process",
      setUp: () => inTeam(({ root }) => starts(EMPTY, root)),
    },
    {
      what: "`holdpoint --help`",
      targets: [{ figure: "ms over empty", atMost: 120 }],
      setUp: () => inTeam(({ root }) => overEmpty(HELP, root)),
    },
    {
      what: "`holdpoint status`",
      targets: [{ figure: "ms", atMost: 300 }],
      setUp: () => inTeam(({ root }) => overEmpty([BIN, "status", "--all"], root)),
    },
    {
      what: "`holdpoint status RELEASE`",
      targets: [{ figure: "ms", atMost: 300 }],
      setUp: () => inTeam(({ root, release }) => overEmpty([BIN, "status", release], root)),
    },
    ...POLICIES.map((policy) => ({
      what: `\`holdpoint check\`, ${policy}`,
      targets: [{ figure: "ms", atMost: 300 }],
      setUp: () => inTeam(({ root }) => overEmpty([BIN, "check", policyOf(policy)], root)),
    })),
    {
      what: "idle `holdpoint serve`",
      targets: [{ figure: "RSS MB", atMost: 150 }],
      setUp: () => inTeam(({ root }) => idleServer(root)),
    },
  ],
};

interface Team {
  readonly root: string;
  readonly release: string;
}

let shared: Promise<Team> | undefined;
let users = 0;

/** All cases look at one team's folder, which is made once and goes with the last of them. */
async function inTeam(run: (team: Team) => Promise<Figures>): Promise<Prepared> {
  users += 1;
  shared ??= makeTeam();
  const team = await shared;
  return {
    run: () => run(team),
    async tearDown() {
      users -= 1;
      if (users === 0) rmSync(team.root, { recursive: true });
    },
  };
}

async function makeTeam(): Promise<Team> {
  const root = mkdtempSync(join(tmpdir(), "holdpoint-bench-"));
  writeFileSync(join(root, "holdpoint.yaml"), "holdpoint: 1\n");
  const me = ["-c", "user.name=Bench", "-c", "user.email=bench@example.test"];
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  execFileSync("git", ["add", "holdpoint.yaml"], { cwd: root });
  execFileSync("git", [...me, "commit", "--quiet", "--message=Begin"], { cwd: root });
  const model = new MemoryStore();
  for (let at = 0; at < FINISHED; at += 1) {
    const release = `shop-1.${at}.0`;
    const row = boardRow(release, { status: "stable", ended: true, plannedAt: NOON + at });
    const events = Array.from({ length: 5 }, () => event({ data: { step: "production/1" } }));
    await model.append(append(release, 0, { events, row }));
  }
  const release = "bench-1.1.0";
  const events = takeThrough(benchPlan()).map(({ at, by, event: happened }) => ({
    ...{ at, by },
    ...writeEvent(happened),
  }));
  await model.append(append(release, 0, { events, row: boardRow(release) }));
  const store = await openStore({ dataDir: join(root, ".holdpoint") });
  if (!store.ok) throw store.error;
  await store.value.fill(model.pieces());
  await store.value.close();
  return { root, release };
}

/** The empty process is measured right before and after, so that a noisy neighbour disturbs both alike. */
async function overEmpty(argv: readonly string[], cwd: string): Promise<Figures> {
  const empty: number[] = [];
  const full: Figures[] = [];
  for (let at = 0; at < STARTS; at += 1) {
    empty.push(start(EMPTY, cwd)["ms"] ?? Number.NaN);
    full.push(start(argv, cwd));
  }
  const figures = middle(full);
  return { ...figures, "ms over empty": (figures["ms"] ?? 0) - percentile(empty, 0.5) };
}

async function starts(argv: readonly string[], cwd: string): Promise<Figures> {
  return middle(Array.from({ length: STARTS }, () => start(argv, cwd)));
}

function middle(runs: readonly Figures[]): Figures {
  const median = (name: string) =>
    percentile(
      runs.map((run) => run[name] ?? Number.NaN),
      0.5,
    );
  return Object.fromEntries(Object.keys(runs[0] ?? {}).map((name) => [name, median(name)]));
}

/** One process, which notes its processor time in fd 3 when it ends. */
function start(argv: readonly string[], cwd: string): Figures {
  const from = performance.now();
  const { status, output } = spawnSync(process.execPath, ["--import", NOTE_CPU, ...argv], {
    cwd,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    encoding: "utf8",
  });
  const took = performance.now() - from;
  if (status !== 0) throw new Error(`${argv.join(" ")} ended with ${status}: ${output[2]}`);
  return { ms: took, "child CPU ms": Number(output[3]) };
}

async function idleServer(cwd: string): Promise<Figures> {
  const child = spawn(process.execPath, [BIN, "serve", "--listen", "127.0.0.1:0", "--json"], {
    cwd,
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const url = await addressOf(child);
    const { ok } = await fetch(`${url}/api/openapi.json`);
    if (!ok) throw new Error("the server does not answer");
    return { "RSS MB": memoryOf(child.pid ?? 0) };
  } finally {
    const ended = new Promise((done) => child.once("exit", done));
    child.kill();
    await ended;
  }
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of stdout ?? []) {
    text += chunk;
    const [, url] = /"url": "([^"]+)"/.exec(text) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`the server ended without an address: ${text}`);
}

/** Resident memory as the kernel counts it. */
function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
