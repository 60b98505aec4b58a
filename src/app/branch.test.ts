// Branches, tags and numbers by hand: the planner on real repositories with git-flow's rules.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openRepository } from "#adapters/git.ts";
import { ok } from "#core/base/result.ts";
import { versioningShape } from "#core/versioning/shape.ts";
import { readSound } from "#policy-file/check.ts";
import { type Parts, repositoryPlanner } from "./planner.ts";
import type { PlanAsk } from "./ports/planner.ts";

const top = realpathSync(mkdtempSync(join(tmpdir(), "holdpoint-branches-")));
after(() => rmSync(top, { recursive: true }));
const POLICY = fileURLToPath(
  import.meta.resolve("../../policies/mortgagematch-pro/holdpoint.yaml"),
);
const ENV = {
  PATH: process.env["PATH"] ?? "",
  HOME: top,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Dev",
  GIT_AUTHOR_EMAIL: "dev@example.test",
  GIT_COMMITTER_NAME: "Dev",
  GIT_COMMITTER_EMAIL: "dev@example.test",
};
const git = (cwd: string, ...argv: string[]) =>
  execFileSync("git", argv, { cwd, env: ENV, encoding: "utf8", stdio: "pipe" }).trim();

let count = 0;
/** A repository with 1.0.0 on main, and develop beside it. */
function gitFlow(): string {
  count += 1;
  const root = join(top, `flow-${count}`);
  mkdirSync(root);
  git(root, "init", "-q", "-b", "main");
  commit(root, "feat: begin");
  git(root, "tag", "v1.0.0");
  git(root, "branch", "develop");
  return root;
}
function commit(root: string, message: string): string {
  git(root, "commit", "-q", "--allow-empty", "-m", message);
  return git(root, "rev-parse", "HEAD");
}

const FLOW = {
  branches: {
    main: {},
    develop: {},
    "release/{version}": { leaves: "develop", only: ["fix"] },
    "hotfix/*": { leaves: "main", from: "release" },
  },
  back: "refuse",
};

async function plan(
  root: string,
  {
    ask = {},
    rules = FLOW,
    suffix,
    candidate,
    recorded,
  }: {
    ask?: Partial<PlanAsk>;
    rules?: object;
    suffix?: string;
    candidate?: string;
    recorded?: NonNullable<Parts["recorded"]>;
  } = {},
) {
  const opened = await openRepository(root, { path: ENV.PATH, home: top });
  assert.ok(opened.ok);
  const read = await readSound(POLICY);
  assert.ok(read.ok);
  const { types, versioning } = read.value;
  const hotfix = { ...types["hotfix"], suffix } as (typeof types)[string];
  const beta = { ...types["minor"], candidate } as (typeof types)[string];
  const policy = {
    ...read.value,
    versioning: { ...versioning, ...versioningShape.parse(rules), components: {} },
    types: Object.fromEntries(
      Object.entries({ ...types, ...(suffix && { hotfix }), ...(candidate && { beta }) }).filter(
        ([name]) => ["patch", "minor", "major", "hotfix", "beta"].includes(name),
      ),
    ),
  };
  const planner = repositoryPlanner({
    repository: opened.value,
    readPolicy: async () => ok(policy),
    clock: () => 1_795_000_000_000,
    ...(recorded && { recorded }),
  });
  return await planner.plan({ by: "release@example.test", ...ask });
}
const version = async (...of: Parameters<typeof plan>) => {
  const planned = await plan(...of);
  return planned.ok ? planned.value.plan.version : planned.error[0]?.code;
};

test("git-flow: a release branch freezes its version and takes only fixes after it has left develop", async () => {
  const root = gitFlow();
  git(root, "switch", "-q", "develop");
  commit(root, "feat: a");
  git(root, "switch", "-q", "-c", "release/1.4");
  commit(root, "fix: b");
  const planned = await plan(root);
  assert.ok(planned.ok);
  assert.equal(planned.value.plan.version, "1.4.0");
  assert.match(planned.value.reasons.join("\n"), /release\/1\.4 freezes 1\.4\.0/);
  commit(root, "feat: too late");
  assert.equal(await version(root), "after-freeze");
});

test("git-flow: a hotfix begins at the production tag, and nothing follows it until it is merged back", async () => {
  const root = gitFlow();
  git(root, "switch", "-q", "-c", "hotfix/incident-7", "v1.0.0");
  commit(root, "fix: stop the leak");
  assert.equal(await version(root, { ask: { type: "hotfix", incident: "INC-7" } }), "1.0.1");
  git(root, "tag", "v1.0.1");
  git(root, "switch", "-q", "develop");
  commit(root, "feat: a");
  const refused = await plan(root);
  assert.ok(!refused.ok);
  assert.equal(refused.error[0]?.code, "not-merged-back");
  assert.match(refused.error[0]?.remedy ?? "", /git merge v1\.0\.1/);
  const warned = await plan(root, { rules: { ...FLOW, back: "warn" } });
  assert.ok(warned.ok);
  assert.match(warned.value.warnings.join("\n"), /v1\.0\.1 was released on another branch/);
  git(root, "merge", "-q", "--no-ff", "-m", "Merge tag 'v1.0.1' into develop", "v1.0.1");
  const merged = await plan(root);
  assert.ok(merged.ok);
  assert.equal(merged.value.plan.version, "1.1.0");
});

test("git-flow: a hotfix below the last release is missed where production has it, and not where an older line is kept up", async () => {
  const root = gitFlow();
  git(root, "switch", "-q", "develop");
  commit(root, "feat: a");
  git(root, "tag", "v1.1.0");
  git(root, "switch", "-q", "main");
  commit(root, "fix: stop the leak");
  git(root, "tag", "v1.0.1");
  git(root, "switch", "-q", "develop");
  commit(root, "feat: b");
  const refused = await plan(root);
  assert.ok(!refused.ok);
  assert.equal(refused.error[0]?.code, "not-merged-back");
  assert.match(refused.error[0]?.remedy ?? "", /git merge v1\.0\.1/);
  git(root, "branch", "1.0.x", "main");
  git(root, "branch", "-f", "main", "v1.0.0");
  assert.equal(await version(root), "1.2.0", "main has not got the fix, an older line has");
  git(root, "branch", "-f", "main", "v1.0.1");
  git(root, "merge", "-q", "--no-ff", "-m", "Merge tag 'v1.0.1' into develop", "v1.0.1");
  assert.equal(await version(root), "1.2.0");
});

test("a candidate gets a number that no branch has used, upon the highest release that its own branch contains", async () => {
  const root = gitFlow();
  const given = { ask: { type: "beta" }, rules: {}, candidate: "beta" };
  commit(root, "feat: a");
  git(root, "tag", "v1.1.0-beta.1");
  git(root, "switch", "-q", "-c", "other", "v1.0.0");
  commit(root, "feat: b");
  assert.equal(await version(root, given), "1.1.0-beta.2");
  git(root, "tag", "v1.1.0-beta.2", "main");
  const next = await plan(root, given);
  assert.ok(next.ok);
  assert.equal(next.value.plan.version, "1.1.0-beta.3");
  assert.equal(next.value.plan.previous?.version, "1.0.0");
});

test("a fix upon a release gets a number that no branch has used", async () => {
  const root = gitFlow();
  const given = { ask: { type: "hotfix", incident: "INC-7" }, suffix: "hotfix", rules: {} };
  commit(root, "fix: a");
  git(root, "tag", "v1.0.0-hotfix.1");
  git(root, "switch", "-q", "-c", "other", "v1.0.0");
  commit(root, "fix: b");
  assert.equal(await version(root, given), "1.0.0-hotfix.2");
});

test("git-flow: a hotfix that began after the last release is refused with the tag to begin at", async () => {
  const root = gitFlow();
  commit(root, "feat: not released");
  git(root, "switch", "-q", "-c", "hotfix/late");
  commit(root, "fix: x");
  const refused = await plan(root, { ask: { type: "hotfix", incident: "INC-7" } });
  assert.ok(!refused.ok);
  assert.equal(refused.error[0]?.code, "not-from-release");
  assert.match(refused.error[0]?.remedy ?? "", /v1\.0\.0/);
});

test("a detached HEAD is refused where branches are named, unless the branch is named; others do not matter", async () => {
  const root = gitFlow();
  commit(root, "fix: x");
  git(root, "switch", "-q", "--detach");
  assert.equal(await version(root), "detached-head");
  assert.equal(await version(root, { ask: { ref: "main" } }), "1.0.1");
  assert.equal(await version(root, { rules: {} }), "1.0.1");
  git(root, "switch", "-q", "-c", "feature/x");
  assert.equal(await version(root), "wrong-branch");
});

test("AA-04: a hotfix type with a suffix counts fixes upon the released version, and the next version passes them", async () => {
  const root = gitFlow();
  commit(root, "fix: x");
  const given = { ask: { type: "hotfix", incident: "INC-7" }, suffix: "hotfix", rules: {} };
  assert.equal(await version(root, given), "1.0.0-hotfix.1");
  git(root, "tag", "v1.0.0-hotfix.1");
  commit(root, "fix: y");
  assert.equal(await version(root, given), "1.0.0-hotfix.2");
  const next = await plan(root, { rules: {} });
  assert.ok(next.ok);
  assert.equal(next.value.plan.version, "1.0.1");
  assert.match(next.value.warnings.join("\n"), /SemVer itself would sort it before/);
});

test("AM-04: a bump by hand is taken, never below what the commits ask for", async () => {
  const root = gitFlow();
  commit(root, "docs: x");
  assert.equal(await version(root), "nothing-to-release");
  assert.equal(await version(root, { ask: { bump: "patch" } }), "1.0.1");
  assert.equal(await version(root, { ask: { bump: "major" } }), "2.0.0");
  commit(root, "feat: y");
  const refused = await plan(root, { ask: { bump: "patch" } });
  assert.ok(!refused.ok);
  assert.equal(refused.error[0]?.code, "bump-too-low");
  assert.match(refused.error[0]?.sentence ?? "", /"feat: y"/);
});

test("an exact version by hand needs a reason, which the plan keeps, and comes after the one before", async () => {
  const root = gitFlow();
  commit(root, "fix: x");
  assert.equal(await version(root, { ask: { version: "2.0.0" } }), "reason-missing");
  assert.equal(await version(root, { ask: { version: "0.9.0", reason: "r" } }), "version-not-next");
  assert.equal(await version(root, { ask: { version: "two", reason: "r" } }), "version-not-next");
  const planned = await plan(root, { ask: { version: "2.0.0", reason: "new price list" } });
  assert.ok(planned.ok);
  assert.equal(planned.value.plan.version, "2.0.0");
  assert.match(planned.value.plan.why?.join() ?? "", /2\.0\.0 was set by hand: new price list/);
});

test("a claimed version without any tag is refused; so is a tag that no longer stands where its release set it", async () => {
  const root = gitFlow();
  const moved = git(root, "rev-parse", "HEAD");
  writeFileSync(join(root, "package.json"), '{ "version": "1.4.2" }');
  git(root, "add", "-A");
  commit(root, "fix: x");
  const recorded = async () => ({ release: "shop-1.0.0", tag: "v1.0.0", commit: "f".repeat(40) });
  const refused = await plan(root, { recorded });
  assert.ok(!refused.ok);
  assert.equal(refused.error[0]?.code, "tag-moved");
  assert.match(refused.error[0]?.remedy ?? "", /git tag --force v1\.0\.0 ffffffffffff/);
  const same = async () => ({ release: "shop-1.0.0", tag: "v1.0.0", commit: moved });
  assert.equal(await version(root, { recorded: same }), "1.0.1");
  git(root, "tag", "-d", "v1.0.0");
  assert.equal(await version(root), "tags-missing");
  assert.equal(await version(root, { rules: { first: "1.4.2" } }), "1.4.2");
});
