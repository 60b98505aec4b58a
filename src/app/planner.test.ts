// The planner on real repositories, with the policy of MortgageMatch Pro.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openRepository } from "#adapters/git.ts";
import { readSound } from "#policy-file/check.ts";
import { repositoryPlanner } from "./planner.ts";
import type { PlanAsk } from "./ports/planner.ts";
import type { Problem } from "./problem.ts";

const top = realpathSync(mkdtempSync(join(tmpdir(), "holdpoint-planner-")));
after(() => rmSync(top, { recursive: true }));

const policyText = readFileSync(
  fileURLToPath(import.meta.resolve("../../policies/mortgagematch-pro/holdpoint.yaml")),
  "utf8",
);
const NOW = 1_795_000_000_000;
const BY = "release@example.test";

const git = (cwd: string, ...argv: string[]) =>
  execFileSync("git", argv, {
    cwd,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: top,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "Dev",
      GIT_AUTHOR_EMAIL: "Dev@Example.test",
      GIT_COMMITTER_NAME: "Merger",
      GIT_COMMITTER_EMAIL: "merger@example.test",
    },
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  }).trim();

let count = 0;
const fresh = () => {
  count += 1;
  return join(top, `repository-${count}`);
};

function commit(root: string, message: string, files: Record<string, string> = {}): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  git(root, "add", "-A");
  git(root, "commit", "-q", "--allow-empty", "-m", message);
  return git(root, "rev-parse", "HEAD");
}

const released = fresh();
mkdirSync(released);
git(released, "init", "-q", "-b", "main");
commit(released, "feat: begin", {
  "holdpoint.yaml": policyText,
  "package.json": "{}\n",
  "prisma/schema.prisma": "model Loan {}\n",
});
git(released, "tag", "-a", "v1.4.0", "-m", "MortgageMatch Pro 1.4.0");

/** A repository of its own in which 1.4.0 is released, with further commits. */
function repository(...messages: readonly string[]): string {
  const root = fresh();
  cpSync(released, root, { recursive: true });
  for (const message of messages) commit(root, message);
  return root;
}

async function plan(root: string, ask: Partial<PlanAsk> = {}, file = join(root, "holdpoint.yaml")) {
  const opened = await openRepository(root, { path: process.env["PATH"], home: top });
  assert.ok(opened.ok, opened.ok ? "" : opened.error.sentence);
  const readPolicy = () => readSound(file);
  const planner = repositoryPlanner({ repository: opened.value, readPolicy, clock: () => NOW });
  return await planner.plan({ by: BY, ...ask });
}

async function refused(...[root, ask, file]: Parameters<typeof plan>): Promise<readonly Problem[]> {
  const result = await plan(root, ask, file);
  assert.ok(!result.ok, "it was planned");
  return result.error;
}

test("a good plan says version, type, bundle and people, all found out from the repository and the policy", async () => {
  const root = repository(
    "feat(rates): compare lenders",
    "fix: round to cents\n\nCo-authored-by: Ann <Ann@example.test>",
  );
  const result = await plan(root, { at: NOW + 1000 });
  assert.ok(result.ok, JSON.stringify(result));
  const { plan: found, bump, reasons, warnings } = result.value;
  const head = git(root, "rev-parse", "HEAD");
  const { release, system, type, version, tag, requester, plannedAt, at } = found;
  assert.deepEqual(
    { release, system, type, version, tag, requester, plannedAt, at },
    {
      release: "mortgagematch-pro-1.5.0",
      system: "MortgageMatch Pro",
      type: "minor",
      version: "1.5.0",
      tag: "v1.5.0",
      requester: BY,
      plannedAt: NOW,
      at: NOW + 1000,
    },
  );
  assert.equal(found.commit, head);
  assert.equal(found.bundle.commit, head);
  assert.deepEqual(found.previous, {
    version: "1.4.0",
    commit: git(root, "rev-parse", "v1.4.0^{}"),
  });
  assert.deepEqual(found.authors, ["ann@example.test", "dev@example.test"]);
  assert.match(found.notes, /compare lenders[\s\S]*round to cents/);
  assert.equal(found.phases[0]?.name, "checks");
  assert.equal(bump, "minor");
  assert.match(reasons[0] ?? "", /^[0-9a-f]{12} .*compare lenders/);
  assert.equal(reasons.at(-1), "2 commits since v1.4.0");
  assert.equal(warnings.length, 2);
  assert.match(warnings[0] ?? "", /^the point of no return is finish\/1-promote/);
  assert.match(warnings[1] ?? "", /^a minor release needs notes under "Known issues"/);
});

test("of a plan's bundle changes exactly what a commit has touched", async () => {
  const root = repository("fix: one");
  const first = await plan(root);
  commit(root, "fix: two", {
    "prisma/migrations/1/migration.sql": "alter table Loan add note text;\n",
  });
  const second = await plan(root);
  assert.ok(first.ok && second.ok);
  const [before, now] = [first.value.plan.bundle, second.value.plan.bundle];
  const parts = Object.keys(before) as (keyof typeof before)[];
  assert.deepEqual(
    parts.filter((part) => before[part] !== now[part]),
    ["commit", "migrations"],
  );
  const again = await plan(root);
  assert.deepEqual(again, second, "the same repository gives the same plan");
});

test("fixes alone are a patch; a hotfix with its incident named carries it", async () => {
  const root = repository("fix: one");
  const patch = await plan(root);
  assert.ok(patch.ok && patch.value.plan.type === "patch" && patch.value.plan.version === "1.4.1");
  const hotfix = await plan(root, { type: "hotfix", incident: "INC-7" });
  assert.ok(hotfix.ok);
  assert.deepEqual([hotfix.value.plan.type, hotfix.value.plan.incident], ["hotfix", "INC-7"]);
});

test("the number of a version that was rolled back is never planned again", async () => {
  const opened = await openRepository(repository("fix: one"), {
    path: process.env["PATH"],
    home: top,
  });
  assert.ok(opened.ok);
  const readPolicy = () => readSound(join(opened.value.root, "holdpoint.yaml"));
  const withdrawn = async (system: string) => (system === "MortgageMatch Pro" ? ["1.4.1"] : []);
  const planner = repositoryPlanner({
    repository: opened.value,
    readPolicy,
    clock: () => NOW,
    withdrawn,
  });
  const planned = await planner.plan({ by: BY });
  assert.ok(planned.ok);
  assert.deepEqual([planned.value.plan.version, planned.value.plan.tag], ["1.4.2", "v1.4.2"]);
});

test("a clone without the journal takes what the changelog marks as [YANKED] for withdrawn", async () => {
  const root = repository("fix: hold");
  const heads = ["## [Unreleased]", "## [1.4.1] - 2026-11-20 [YANKED]", "## [1.4.0] - 2026-11-01"];
  commit(root, "docs: changelog", { "CHANGELOG.md": `# Changelog\n\n${heads.join("\n\n")}\n` });
  const planned = await plan(root);
  assert.ok(planned.ok, JSON.stringify(planned));
  assert.equal(planned.value.plan.version, "1.4.2");
});

test("a change that breaks is a major", async () => {
  const result = await plan(repository("feat!: new accounts"));
  assert.ok(result.ok);
  assert.deepEqual([result.value.plan.type, result.value.plan.version], ["major", "2.0.0"]);
});

test("refused: there is no policy file", async () => {
  const root = repository("fix: one");
  const file = join(root, "other.yaml");
  assert.deepEqual(await refused(root, {}, file), [
    {
      code: "no-policy",
      sentence: `There is no policy file ${file}.`,
      remedy: "Write one with `holdpoint init`, or name it with `--policy`.",
    },
  ]);
});

test("refused: the policy is unsound, with the place of every error", async () => {
  const root = repository("fix: one");
  const wrong = policyText.replace(/documents-ready(?=, artifacts-there\])/, "documents-reddy");
  commit(root, "chore: policy", { "holdpoint.yaml": wrong });
  const problems = await refused(root);
  const lines = wrong.split("\n");
  const line = lines.findIndex((text) => text.includes("documents-reddy")) + 1;
  const column = (lines[line - 1] ?? "").indexOf("documents-reddy") + 1;
  const file = join(root, "holdpoint.yaml");
  const [first] = problems;
  assert.equal(first?.code, "policy-unsound");
  assert.equal(first?.where, `${file}:${line}:${column}`);
  assert.match(first?.sentence ?? "", /documents-reddy.*\.$/);
  assert.ok((first?.remedy ?? "").length > 0);
});

test("refused: the policy file is no YAML", async () => {
  const root = repository("fix: one");
  commit(root, "chore: policy", { "holdpoint.yaml": "holdpoint: 1\nroles: [\n" });
  const [first] = await refused(root);
  assert.equal(first?.code, "policy-unsound");
  assert.match(first?.where ?? "", /holdpoint\.yaml:\d+:\d+$/);
});

test("refused: the clone is shallow", async () => {
  const root = fresh();
  git(top, "clone", "-q", "--depth", "1", `file://${repository("fix: one")}`, root);
  assert.deepEqual(await refused(root), [
    {
      code: "shallow-clone",
      sentence: "The clone is shallow, so commits and tags are missing from its history.",
      remedy: "Fetch all of it with `git fetch --unshallow --tags`, then try again.",
    },
  ]);
});

test("refused: the work tree is dirty, unless the commit is named", async () => {
  const root = repository("fix: one");
  writeFileSync(join(root, "package.json"), '{ "changed": true }\n');
  assert.deepEqual(await refused(root), [
    {
      code: "dirty-tree",
      sentence:
        "The work tree has changes that are in no commit, and a release is made of commits.",
      remedy: "Commit or stash them, or name the commit to release with `--ref`.",
    },
  ]);
  assert.ok((await plan(root, { ref: "main" })).ok);
});

test("refused: the ref is unknown, whatever it looks like", async () => {
  const root = repository("fix: one");
  for (const ref of ["release-9", "--output=x", "main..v1.4.0"])
    assert.deepEqual(await refused(root, { ref }), [
      {
        code: "no-commit",
        sentence: `The repository has no commit ${ref}.`,
        remedy: "Name a branch, a tag or a commit that it has.",
      },
    ]);
});

test("refused: the tag exists on a commit that the release does not contain", async () => {
  const root = repository("fix: one");
  git(root, "checkout", "-q", "-b", "side", "v1.4.0");
  const elsewhere = commit(root, "fix: another");
  git(root, "tag", "v1.4.1");
  git(root, "checkout", "-q", "main");
  assert.deepEqual(await refused(root), [
    {
      code: "tag-exists",
      sentence: `Tag v1.4.1 exists on commit ${elsewhere.slice(0, 12)}, which this release does not contain.`,
      remedy: "Release from a commit that contains it, or take a wrongly set tag away.",
    },
  ]);
});

test("refused: a hotfix without its incident", async () => {
  assert.deepEqual(await refused(repository("fix: one"), { type: "hotfix" }), [
    {
      code: "missing-need",
      sentence: "A release of type hotfix needs its incident named.",
      remedy: "Add `--incident`.",
    },
  ]);
});

test("refused: nothing to release, with no commit or none that counts", async () => {
  const [none] = await refused(repository());
  assert.equal(none?.code, "nothing-to-release");
  assert.equal(none?.sentence, "There is no change to release since v1.4.0.");
  assert.equal(none?.remedy, "Commit a change, then plan again.");
  const [idle] = await refused(repository("docs: say more", "chore: tidy"));
  assert.equal(idle?.code, "nothing-to-release");
  assert.equal(idle?.sentence, "None of the 2 changes since v1.4.0 asks for a bump (chore, docs).");
  assert.match(idle?.remedy ?? "", /versioning\.bumps/);
});

test("refused: a patch with a feature in it, which is named", async () => {
  const root = repository("feat: compare lenders", "fix: one");
  const feature = git(root, "rev-parse", "HEAD~1");
  const [contested] = await refused(root, { type: "patch" });
  assert.equal(contested?.code, "type-contested");
  const { sentence = "", remedy } = contested ?? {};
  assert.ok(sentence.startsWith("Type patch may not carry a minor bump, which is asked for by "));
  assert.ok(
    sentence.includes(feature.slice(0, 7)) && sentence.includes("compare lenders"),
    sentence,
  );
  assert.equal(remedy, "Release as a type that carries minor bumps, or take these commits out.");
});

test("refused: a type that the policy does not have", async () => {
  const [unknown] = await refused(repository("fix: one"), { type: "weekly" });
  assert.equal(unknown?.code, "unknown-type");
  assert.equal(unknown?.sentence, 'The policy has no release type "weekly".');
  assert.equal(unknown?.remedy, "Name one of patch, minor, major, maintenance, hotfix.");
});
