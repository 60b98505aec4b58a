import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRepository } from "#adapters/git.ts";
import { planVersion } from "#core/versioning/plan.ts";
import { previousRelease } from "#core/versioning/version.ts";
import type { Bench, Figures, Prepared } from "./harness.ts";

const COMMITS = 10_000;
const TAGS = 500;

export const planBench: Bench = {
  name: "plan",
  title: "A plan on a long history",
  about: `The next version and its notes from ${COMMITS.toLocaleString("en")} commits since the last of ${TAGS} tags, through the git program and the planner.
The commits are of every kind: features, fixes, breaking changes, reverts, merges, plain words. The floor is \`git log\`
of the same commits, read and thrown away. The CPU time is this process's; git's own is not in it.`,
  cases: [
    {
      what: "next version and notes",
      targets: [{ figure: "wall ms", atMost: 2000 }],
      setUp: () => inHistory(planOnce),
    },
    { what: "floor: git log alone", setUp: () => inHistory(logOnce) },
  ],
};

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

async function inHistory(work: (root: string) => Promise<Figures>): Promise<Prepared> {
  const root = await mkdtemp(join(tmpdir(), "holdpoint-bench-"));
  makeHistory(root);
  return { run: () => work(root), tearDown: () => rm(root, { recursive: true }) };
}

async function logOnce(root: string): Promise<Figures> {
  const argv = ["log", "--format=%H%n%an%n%ae%n%B", `v1.${TAGS - 1}.0..HEAD`];
  execFileSync("git", argv, { cwd: root, maxBuffer: 64_000_000 });
  return {};
}

async function planOnce(root: string): Promise<Figures> {
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
  return { "git ms": read - began, "planner ms": ended - read };
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
