// How long a plan takes on a long history: 10,000 commits since the last of 500 tags, through the git binary and through
// the planner. The commits are of every kind (features, fixes, breaking changes, reverts, merges, plain words).
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openRepository } from "#adapters/git.ts";
import { planVersion } from "#core/versioning/plan.ts";
import { previousRelease } from "#core/versioning/version.ts";
import type { BenchRow } from "./engine.bench.ts";

const COMMITS = 10_000;
const TAGS = 500;
const ROUNDS = 5;

const VERSIONING = {
  tag: "v{version}",
  bumps: { feat: "minor", fix: "patch", perf: "patch", revert: "patch" },
  first: "0.1.0",
} as const;
const TYPES = {
  patch: { bumps: ["patch"] },
  minor: { bumps: ["minor"] },
  major: { bumps: ["major"] },
} as const;

/** Medians of five rounds, the first of which may be slow: the whole plan, and its two parts. */
export async function planBench(): Promise<readonly BenchRow[]> {
  const root = await mkdtemp(join(tmpdir(), "holdpoint-plan-bench-"));
  try {
    makeHistory(root);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await planOnce(root));
    const row = (name: string, times: readonly number[]): BenchRow => ({
      name,
      value: Math.round(median(times) * 10) / 10,
      unit: "ms",
    });
    return [
      row(
        "plan: next version and notes of 10,000 commits",
        rounds.map(({ all }) => all),
      ),
      row(
        "plan: of that, git",
        rounds.map(({ git }) => git),
      ),
      row(
        "plan: of that, the planner",
        rounds.map(({ planner }) => planner),
      ),
    ];
  } finally {
    await rm(root, { recursive: true });
  }
}

async function planOnce(root: string): Promise<{ all: number; git: number; planner: number }> {
  const began = performance.now();
  const opened = await openRepository(root);
  if (!opened.ok) throw new Error(opened.error.sentence);
  const repository = opened.value;
  const tags = await repository.tags("HEAD");
  const previous = previousRelease(tags, VERSIONING.tag);
  const commits = await repository.commits(previous?.commit ?? null, "HEAD");
  const read = performance.now();
  const planned = planVersion({ tags, commits, versioning: VERSIONING, types: TYPES });
  const ended = performance.now();
  if (!planned.ok || planned.value.version !== "2.0.0" || commits.length !== COMMITS)
    throw new Error("the planner did not plan what the history asks for");
  return { all: ended - began, git: read - began, planner: ended - read };
}

const MESSAGES = [
  "feat(cart): let vouchers be combined",
  "fix(prices): round half up\n\nThe tax office wants it so.\n\nRefs: #1234",
  "chore(deps): renew the packages",
  "Say more in the handbook",
  "perf: ask once instead of ten times\n\nCo-authored-by: Pair <pair@example.test>",
  "feat(api)!: drop the first version\n\nBREAKING CHANGE: answers have other names",
  'Revert "feat(cart): let vouchers be combined"',
  "docs: describe windows and freezes",
];

/** 500 tagged commits, then 10,000 since, every fiftieth of them a merge. */
function makeHistory(root: string): void {
  const git = (argv: string[], input = "") =>
    execFileSync("git", argv, { cwd: root, input, stdio: ["pipe", "ignore", "ignore"] });
  git(["init", "--quiet", "--initial-branch=main"]);
  const records = Array.from({ length: TAGS + COMMITS }, (_, at) => {
    const isMerge = at > TAGS && at % 50 === 0;
    const message = isMerge ? `Merge branch 'side-${at}'` : (MESSAGES[at % MESSAGES.length] ?? "");
    const size = Buffer.byteLength(message);
    return [
      `commit refs/heads/main\nmark :${at + 1}`,
      `committer Dev <dev-${at % 20}@example.test> ${1_700_000_000 + at * 60} +0000`,
      `data ${size}\n${message}`,
      ...(at === 0 ? [] : [`from :${at}`]),
      ...(isMerge ? [`merge :${at - 1}`] : []),
      ...(at < TAGS ? [`reset refs/tags/v1.${at}.0\nfrom :${at + 1}`] : []),
    ].join("\n");
  });
  git(["fast-import", "--quiet"], `${records.join("\n")}\n`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  for (const { name, value, unit } of await planBench()) console.log(`${name}: ${value} ${unit}`);
