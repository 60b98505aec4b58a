// Version files and changelog, written on real repositories, broken off at every effect and begun again.
import assert from "node:assert/strict";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { scratch } from "#adapters/git/repository.fixture.ts";
import { openRepository } from "#adapters/git.ts";
import { fakePolicy } from "#core/policy/policy.fake.ts";
import { planOf } from "#core/release/plan.ts";
import type { Release } from "#core/release/state.ts";
import type { Repository } from "../ports/outside.ts";
import { setTag } from "./tag.ts";
import { writeFiles } from "./write.ts";

const path = process.env["PATH"] ?? "";
const work = scratch(path);
after(() => work.remove());
const { git } = work;

const CHANGELOG = "# Changelog\r\n\r\n## [Unreleased]\r\n\r\n### Fixed\r\n\r\n- by hand\r\n";
const FILES = {
  "package.json": '{\n\t"name": "shop",\n\t"version": "1.0.0"\n}\n',
  "CHANGELOG.md": CHANGELOG,
  "bin/run.sh": "#!/bin/sh\n# shop 1.0.0\n",
};
const policy = fakePolicy((text) => {
  text.versioning = {
    files: [{ path: "package.json" }, { path: "bin/run.sh", line: "# shop {version}" }],
  };
});

async function begun() {
  const root = work.repository();
  const remote = `${root}.git`;
  git(work.top, "init", "-q", "--bare", remote);
  work.commit(root, "feat: begin", FILES);
  chmodSync(join(root, "bin/run.sh"), 0o755);
  const commit = work.commit(root, "chore: run");
  git(root, "remote", "add", "origin", remote);
  git(root, "push", "-q", "origin", "main");
  const opened = await openRepository(root, { path, home: work.top });
  assert.ok(opened.ok);
  return { root, remote, commit, repository: opened.value, release: releaseOf(commit) };
}

function releaseOf(commit: string): Release {
  const digest = "0".repeat(64) as never;
  const plan = planOf(policy, {
    ...{ release: "shop-1.1.0", type: "patch", version: "1.1.0", tag: "v1.1.0", commit },
    bundle: {
      commit: digest,
      artifacts: digest,
      configuration: digest,
      migrations: digest,
      policy: digest,
    },
    previous: { version: "1.0.0", commit },
    ...{
      plannedAt: Date.UTC(2026, 10, 20),
      at: Date.UTC(2026, 10, 21),
      requester: "lead@example.test",
    },
    ...{ authors: [], notes: "", changelog: "### Added\n\n- vouchers (12345678)" },
  });
  return { plan } as Release;
}

const ask = {
  ask: "write",
  branch: "main",
  message: "chore(release): 1.1.0",
  withdrawn: false,
} as const;

test("AA-21 SS-10: version files and changelog become one commit on the branch, in the work tree too, and nothing else changes", async () => {
  const { root, repository, release, commit } = await begun();
  const answer = await writeFiles(repository, ask, release);
  const head = git(root, "rev-parse", "HEAD");
  assert.deepEqual(answer, { outcome: "done", facts: { branch: "main", commit: head } });
  assert.equal(git(root, "rev-parse", "HEAD^"), commit);
  assert.equal(
    git(root, "diff", "--name-only", "HEAD^", "HEAD"),
    "CHANGELOG.md\nbin/run.sh\npackage.json",
  );
  assert.equal(git(root, "status", "--porcelain"), "");
  assert.equal(
    git(root, "log", "-1", "--format=%B"),
    "chore(release): 1.1.0\n\nHoldpoint-Release: shop-1.1.0",
  );
  assert.match(git(root, "ls-tree", "HEAD", "bin/run.sh"), /^100755/);
  assert.equal(
    readFileSync(join(root, "package.json"), "utf8"),
    FILES["package.json"].replace("1.0.0", "1.1.0"),
  );
  const written = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  assert.equal(
    written,
    "# Changelog\r\n\r\n## [Unreleased]\r\n\r\n## [1.1.0] - 2026-11-21\r\n\r\n### Fixed\r\n\r\n- by hand\r\n\r\n### Added\r\n\r\n- vouchers (12345678)\r\n",
  );
});

test("a branch that others moved on keeps what they did; one that left the released commit is refused", async () => {
  const { root, repository, release } = await begun();
  const other = work.commit(root, "fix: meanwhile", { "b.txt": "b\n" });
  assert.equal((await writeFiles(repository, ask, release)).outcome, "done");
  assert.equal(git(root, "rev-parse", "HEAD^"), other);
  git(root, "checkout", "-q", "--orphan", "elsewhere");
  work.commit(root, "feat: other");
  const refused = await writeFiles(repository, { ...ask, branch: "elsewhere" }, release);
  assert.ok(
    refused.outcome === "failed" && /does not contain the released commit/.test(refused.reason),
  );
  const missing = await writeFiles(repository, { ...ask, branch: "gone" }, release);
  assert.deepEqual(missing, { outcome: "failed", reason: "The repository has no branch gone." });
});

test("a branch that is checked out nowhere is moved on; local changes that are in the way are kept", async () => {
  const { root, repository, release } = await begun();
  git(root, "branch", "line");
  assert.equal((await writeFiles(repository, { ...ask, branch: "line" }, release)).outcome, "done");
  assert.equal(git(root, "show", "line:package.json").includes("1.1.0"), true);
  assert.equal(git(root, "status", "--porcelain"), "");
  writeFileSync(join(root, "package.json"), "mine");
  const refused = await writeFiles(repository, ask, release);
  assert.ok(
    refused.outcome === "failed" && /could not be moved on/.test(refused.reason),
    JSON.stringify(refused),
  );
  assert.equal(readFileSync(join(root, "package.json"), "utf8"), "mine");
});

test("refused with the place: a changelog not in the form, a line that is not there; nothing is written", async () => {
  const { root, repository, release } = await begun();
  work.commit(root, "docs: break it", {
    "CHANGELOG.md": "## [Unreleased]\n## [Unreleased]\n",
    "bin/run.sh": "#!/bin/sh\n",
  });
  const before = git(root, "rev-parse", "HEAD");
  const refused = await writeFiles(repository, ask, release);
  assert.ok(refused.outcome === "failed");
  assert.match(
    refused.reason,
    /In bin\/run\.sh, no line of it is .*In CHANGELOG\.md, \[Unreleased\] stands here again, first in line 1\./,
  );
  assert.equal(git(root, "rev-parse", "HEAD"), before);
});

/** When it was withdrawn, days after its release. */
const DECIDED = Date.UTC(2026, 10, 24, 12);

/** The effects of `write`, each of which can be the last thing that happens before a crash. */
const EFFECTS = ["commitFiles", "mark", "advance", "push"] as const;

for (const withdrawn of [false, true]) {
  for (const effect of EFFECTS) {
    for (const when of ["before", "after"] as const) {
      test(`${withdrawn ? "withdrawing" : "writing"} that breaks off ${when} ${effect} is finished by a repeat: one commit, pushed, tagged once`, async () => {
        const { root, remote, commit, repository, release } = await begun();
        const push = { ...ask, push: "origin" };
        if (withdrawn) assert.equal((await writeFiles(repository, push, release)).outcome, "done");
        const work = withdrawn
          ? { ...push, withdrawn, message: "chore(release): withdraw 1.1.0" }
          : push;
        const broken = breaking(repository, effect, when);
        const stand = { at: "withdrawal", reason: "loses <carts>", decidedAt: DECIDED } as const;
        const told = withdrawn ? ({ ...release, stand } as unknown as Release) : release;
        await writeFiles(broken, work, told).catch((error) =>
          assert.equal(error.message, "power cut"),
        );
        for (let again = 0; again < 2; again += 1)
          assert.equal((await writeFiles(repository, work, told)).outcome, "done");
        const count = git(root, "rev-list", "--count", `${commit}..main`);
        assert.equal(count, withdrawn ? "2" : "1");
        assert.equal(git(remote, "rev-parse", "main"), git(root, "rev-parse", "main"));
        const heading = withdrawn ? "## [1.1.0] - 2026-11-21 [YANKED]" : "## [1.1.0] - 2026-11-21";
        const log = git(root, "show", "main:CHANGELOG.md");
        assert.equal(log.split(heading).length, 2);
        if (withdrawn) {
          assert.ok(log.includes("\r\n\r\n> Withdrawn on 2026-11-24: loses \\<carts\\>\r\n"), log);
          assert.equal(git(root, "log", "-1", "--format=%cI", "main").slice(0, 10), "2026-11-24");
        }
        const tagged = await setTag(
          repository,
          { ask: "tag", name: "v1.1.0", commit, message: "x", written: true },
          release,
        );
        assert.equal(tagged.outcome, "done");
        assert.equal(
          git(root, "rev-parse", "v1.1.0^{}"),
          git(root, "rev-parse", withdrawn ? "main^" : "main"),
        );
      });
    }
  }
}

/** A repository whose world ends before or after the first effect of a kind. */
function breaking(
  repository: Repository,
  effect: (typeof EFFECTS)[number],
  when: "before" | "after",
): Repository {
  const broken = async (...of: never[]) => {
    if (when === "after")
      await (repository[effect] as (...all: never[]) => Promise<unknown>)(...of);
    throw new Error("power cut");
  };
  return { ...repository, [effect]: broken };
}

test("a tag on what was written fails where nothing was", async () => {
  const { repository, release, commit } = await begun();
  const answer = await setTag(
    repository,
    { ask: "tag", name: "v1", commit, message: "x", written: true },
    release,
  );
  assert.ok(answer.outcome === "failed" && /no step `write`/.test(answer.reason));
});
