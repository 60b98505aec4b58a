import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Bench, Figures, Prepared } from "./harness.ts";
import { importHistory, type MadeHistory } from "./versions/made-history.ts";
import { ensurePeers, type Peers } from "./versions/peers.ts";

const HOLDPOINT = fileURLToPath(new URL("../bin/holdpoint.mjs", import.meta.url));
const FLOOR = ["log", "--format=%H%x1f%an%x1f%ae%x1f%aI%x1f%D%x1f%B%x1e"];
/** Ten commits to a tag: thousands of tags on the longer one. */
const SMALL = { name: "10,000 commits, 1,000 tags", commits: 10_000, tags: 1_000 };
const LARGE = { name: "30,000 commits, 3,000 tags", commits: 30_000, tags: 3_000 };
const MANY_TAGS = { name: "24,000 commits, 12,000 tags", commits: 24_000, tags: 12_000 };

const PEERS = ["conventional-changelog", "git-cliff"] as const;
/** Whatever takes longer is stopped, in seconds: something is wrong with it then. */
const LIMIT = 600;
const ours = (...words: string[]) => [process.execPath, HOLDPOINT, ...words];
const top = mkdtempSync(join(tmpdir(), "holdpoint-versions-"));
let peers: Peers | undefined;
let open = 0;

/**
 * Real histories are taken from the folder that HOLDPOINT_BENCH_HISTORIES names (`NAME.fi.gz` for `git fast-import`); the
 * two that are measured are `vite` and `electron`. Without it, histories of the same sizes are made.
 */
const folder = process.env["HOLDPOINT_BENCH_HISTORIES"];
const measured = folder === undefined ? [SMALL, LARGE] : ["vite", "electron"];

export const versionsBench: Bench = {
  name: "versions",
  title: "Versions and changelogs of long histories",
  about: `The changelog of a whole history, and the next version on twelve thousand tags, each as a command of its own. CPU is that of
the command and of every git that it starts; memory is that of the largest of them. The floor is \`git log\` of the same
commits with their names, dates, tags and messages. The peers come from npm for this bench only; they pay for each tag, so
they are measured on the shorter history. The program is the built one, and has run before: Node has kept its modules
compiled, and nothing else is kept between runs.`,
  cases: [
    ...measured.flatMap((history) => changelogCases(history)),
    {
      what: `next version, ${MANY_TAGS.name}`,
      targets: [{ figure: "wall s", atMost: 0.5 }],
      setUp: () => prepared(MANY_TAGS, ({ root }) => once(root, ours("version"))),
    },
    {
      what: "next version with a tenth of the tags",
      setUp: () =>
        prepared({ name: "few", commits: 24_000, tags: 1_200 }, ({ root }) =>
          once(root, ours("version")),
        ),
    },
  ],
};

type Wanted = MadeHistory | string;
function nameOf(history: Wanted): string {
  return typeof history === "string" ? history : history.name;
}

function changelogCases(history: Wanted): Bench["cases"] {
  const name = nameOf(history);
  const floors: number[] = [];
  return [
    {
      what: `floor: git log, ${name}`,
      setUp: () =>
        prepared(history, async ({ root, head }) => {
          const figures = await once(root, ["git", ...FLOOR, head]);
          floors.push(figures["CPU s"] ?? 0);
          return { ...figures, "CPU / floor": 1 };
        }),
    },
    {
      what: `holdpoint changelog --all, ${name}`,
      targets: [
        { figure: "CPU / floor", atMost: 4 },
        { figure: "MiB", atMost: 160 },
      ],
      setUp: () =>
        prepared(history, async ({ root, head }) =>
          beside(floors, await once(root, ours("changelog", "--all", "--ref", head))),
        ),
    },
    ...(history === measured[0] ? PEERS : []).map((peer) => ({
      what: `${peer}, ${name}`,
      setUp: () =>
        prepared(history, async ({ root }) => {
          peers ??= ensurePeers(top);
          return beside(floors, await once(root, peers[peer]));
        }),
    })),
  ];
}

/** The floor of the same round stands last in its list. */
function beside(floors: readonly number[], figures: Figures): Figures {
  return { ...figures, "CPU / floor": (figures["CPU s"] ?? 0) / (floors.at(-1) ?? Number.NaN) };
}

interface Repository {
  readonly root: string;
  readonly head: string;
}

async function prepared(
  history: Wanted,
  work: (repository: Repository) => Promise<Figures>,
): Promise<Prepared> {
  const repository = repositoryOf(history);
  open += 1;
  return {
    run: () => work(repository),
    tearDown: async () => {
      open -= 1;
      if (open === 0) rmSync(top, { recursive: true });
    },
  };
}

function repositoryOf(history: Wanted): Repository {
  const root = join(top, nameOf(history).replaceAll(/[^a-z0-9]+/g, "-"));
  if (!existsSync(root)) {
    mkdirSync(root);
    const git = (...argv: string[]) => execFileSync("git", argv, { cwd: root });
    git("init", "--quiet", "--bare", "--initial-branch=main");
    if (typeof history === "string")
      execFileSync("git", ["fast-import", "--quiet"], { cwd: root, input: streamOf(history) });
    else importHistory(root, history);
    git("gc", "--quiet");
  }
  return { root, head: "main" };
}

function streamOf(name: string): Buffer {
  const file = readdirSync(folder ?? ".").find((one) => one === `${name}.fi.gz`);
  if (file === undefined) throw new Error(`there is no history ${name} in ${folder}`);
  return gunzipSync(readFileSync(join(folder ?? ".", file)));
}

/**
 * One run of a command to its end: its time, and what it and its children used of processor and memory. Two clocks are
 * around it: the shell's counts milliseconds, where `time` would round a quick git to hundredths; `time` knows the memory.
 */
function once(cwd: string, argv: readonly string[]): Promise<Figures> {
  const memory = ["/usr/bin/time", "-q", "-f", "%M", "timeout", String(LIMIT), ...argv];
  const clock = ["-c", 'TIMEFORMAT="%3R %3U %3S"; time "$@"', "bash", ...memory];
  return new Promise((resolve, reject) => {
    const child = spawn("bash", clock, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-2000);
    });
    child.once("error", reject);
    child.once("close", (code) => {
      const [memory, wall, user, system] = said.trim().split(/\s+/).slice(-4).map(Number);
      const figures = {
        "wall s": wall ?? Number.NaN,
        "CPU s": (user ?? Number.NaN) + (system ?? Number.NaN),
        MiB: (memory ?? Number.NaN) / 1024,
      };
      if (code !== 0 || Object.values(figures).some(Number.isNaN)) reject(new Error(said));
      else resolve(figures);
    });
  });
}
