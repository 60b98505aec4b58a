// A release that is given up before anything went out, and its version released all the same, by the whole program.
import assert from "node:assert/strict";
import { test } from "node:test";
import { program } from "./program.ts";

const { work, as, holdpoint } = program();
const { git } = work;
const POLICY = `holdpoint: 1
system: Shop
roles: { lead: [lead@example.test], qa: [qa@example.test] }
gates:
  go: { signoff: { roles: { qa: 1 } } }
phases:
  out:
    gates: [go]
    steps:
      - write: { branch: main }
      - tag: {}
types: { patch: { bumps: [patch, minor, major], phases: [out] } }
rollback: { target: 5 min }
`;

test("a version whose release was aborted is released under an id of its own, and the next one trusts its tag", () => {
  const root = work.repository();
  work.commit(root, "feat: begin", { "holdpoint.yaml": POLICY, ".gitignore": ".holdpoint\n" });
  git(root, "tag", "v1.0.0");
  work.commit(root, "fix: carts");
  const lead = (...argv: string[]) => holdpoint(root, ...argv);
  const held = lead("release");
  assert.equal(held.code, 3, held.out + held.err);
  const again = lead("release");
  assert.match(again.err, /Release shop-1\.0\.1 is known already/, "one try at a time");
  assert.equal(lead("abort", "shop-1.0.1", "--reason", "carts are still lost", "--yes").code, 0);

  work.commit(root, "fix: carts, really");
  const second = lead("release");
  assert.equal(second.code, 3, second.out + second.err);
  assert.match(second.out, /shop-1\.0\.1-try-2/);
  const approved = as("qa@example.test", root, "approve", "shop-1.0.1-try-2", "go");
  assert.equal(approved.code, 0, approved.out + approved.err);
  const ended = lead("resume", "shop-1.0.1-try-2");
  assert.equal(ended.code, 0, ended.out + ended.err);
  assert.match(git(root, "log", "-1", "--format=%B"), /Holdpoint-Release: shop-1\.0\.1-try-2/);

  work.commit(root, "fix: more");
  const next = JSON.parse(lead("plan", "--json").out);
  assert.deepEqual([next.release, next.version, next.previous], ["shop-1.0.2", "1.0.2", "1.0.1"]);
});
