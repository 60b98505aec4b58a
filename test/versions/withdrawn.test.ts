// A version that is out and turns out bad, with the whole program on a real repository.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { program } from "./program.ts";

const { work, as, holdpoint } = program();
const { git } = work;
const POLICY = `holdpoint: 1
system: Shop
roles: { lead: [lead@example.test], dev: [dev@example.test] }
phases:
  out:
    steps:
      - write: { branch: main }
      - tag: {}
      - run: { run: [git, --version], irreversible: true, withdraw: [sh, tell.sh] }
types: { patch: { bumps: [patch, minor, major], phases: [out] } }
rollback: { target: 5 min }
withdrawals: { roles: [lead] }
`;

test("withdrawn, a version says so in changelog and notes, others are told, and the next plan says what it follows", () => {
  const root = work.repository();
  const told = join(work.top, "told");
  work.commit(root, "feat: begin", {
    "holdpoint.yaml": POLICY,
    "tell.sh": `echo "$HOLDPOINT_VERSION $HOLDPOINT_REASON" >> '${told}'\n`,
    ".gitignore": ".holdpoint\n",
  });
  git(root, "tag", "v1.0.0");
  work.commit(root, "fix: carts");
  const lead = (...argv: string[]) => holdpoint(root, ...argv);
  const good = lead("release");
  assert.equal(good.code, 0, good.out + good.err);
  const withdraw = ["withdraw", "shop-1.0.1", "--reason", "loses *carts*", "--yes"];
  const denied = as("dev@example.test", root, ...withdraw);
  assert.match(denied.err, /dev@example\.test may not withdraw a version\. \[not-allowed\]/);
  assert.equal(lead(...withdraw).code, 0);
  const ended = lead("resume", "shop-1.0.1");
  assert.match(ended.out, /Ended withdrawn: loses \*carts\*/);

  const log = git(root, "show", "HEAD:CHANGELOG.md");
  assert.match(
    log,
    /^## \[1\.0\.1\] - \S+ \[YANKED\]\n\n> Withdrawn on \S+: loses \\\*carts\\\*\n/m,
  );
  assert.equal(readFileSync(told, "utf8"), "1.0.1 loses *carts*\n", "told once");
  assert.match(
    lead("notes", "1.0.1").out,
    /^## 1\.0\.1 \(withdrawn\)\n\n> Withdrawn: loses \\\*ca/,
  );
  assert.equal(lead("changelog", "--check").code, 0);
  work.commit(root, "fix: carts again");
  const plan = JSON.parse(lead("plan", "--json").out);
  assert.equal(plan.version, "1.0.2");
  assert.ok(plan.reasons.includes("it follows 1.0.1, which was withdrawn"), plan.reasons.join());
  git(root, "tag", "-d", "v1.0.1");
  const skipped = JSON.parse(lead("plan", "--json").out);
  assert.equal(skipped.version, "1.0.2");
  assert.match(skipped.reasons.join(), /1\.0\.1 was withdrawn, and its number is never used again/);
});
