// The five policies lived through before there is a release: every type, planned on a Monday.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { fakeWorld } from "#cli/world.fake.ts";
import { rehearsalReport } from "#core/reports/rehearsal.ts";
import { rehearse } from "#core/simulation/rehearsal.ts";
import { policyOf } from "./days/day.ts";

const FROM = Date.UTC(2026, 2, 2);
const NAMES = [
  "mortgagematch-pro",
  "dirt-free-crm",
  "agentmesh-cloud",
  "swipesavvy",
  "asset-anchor",
] as const;

for (const name of NAMES) {
  const policy = await policyOf(name);
  for (const type of Object.keys(policy.types)) {
    // A review date that has passed holds releases for ever; that is a fact of its own.
    const document = policy.document && { ...policy.document, review: "2099-12-31" };
    const signed = document && {
      ...document,
      signed: document.approvers.map((role) => ({
        by: policy.roles[role]?.[0] ?? "",
        as: role,
        on: "2026-01-01",
      })),
    };
    const lived = rehearse({ ...policy, document: signed }, { type, from: FROM, seed: 3 });
    test(`${name}: a ${type} release gets stable, and back within its bound from anywhere`, () => {
      assert.ok(lived.ok);
      const { plan, happened, refused } = lived.value;
      const report = rehearsalReport(plan, happened);
      assert.equal(report.end?.how, "stable");
      assert.deepEqual(refused, []);
      assert.ok(report.wayBack.bound <= report.wayBack.target);
      assert.deepEqual(
        report.phases.map((phase) => phase.name),
        policy.types[type]?.phases,
      );
    });
  }
}

const file = (name: string) =>
  fileURLToPath(import.meta.resolve(`../policies/${name}/holdpoint.yaml`));
const { run, remove } = fakeWorld();
test.after(remove);

test("`holdpoint simulate` prints the timeline with dates, the holds with who could lift each, and the way back", async () => {
  const { exit, out } = await run(`simulate ${file("swipesavvy")} --type major --from 2026-03-02`);
  assert.equal(exit, 0);
  assert.match(out, /^SwipeSavvy: a major release, 2\.0\.0, with seed 1$/m);
  assert.match(out, /^Mon 2026-03-16 06:00 {2}T-32 d +major-planning, passed after/m);
  assert.match(
    out,
    /major-agreed held .*: cto approves \(cto@example\.test, .*vp-engineering approves/,
  );
  assert.match(
    out,
    /scope held .*product-manager \(.*\) ticks features, breaking, migrations, steps$/m,
  );
  assert.match(out, /^Way back at most 4 min 30 s, from switch\/1-shift; promised 5 min$/m);
  assert.match(out, /^No way back after stable\/1-promote, reached Sun 2026-04-19/m);
});

test("`holdpoint simulate` ends as the release does: 1 rolled back, 3 standing still, 2 for what means nothing", async () => {
  const mortgage = file("mortgagematch-pro");
  const bad = await run(`simulate ${mortgage} --from 2026-03-02 --errors 20%@canary --json`);
  assert.equal(bad.exit, 1);
  const report = JSON.parse(bad.out);
  assert.equal(report.end.how, "rolled-back");
  assert.ok(report.wayBack.gone.took <= report.wayBack.bound);
  const held = await run(`simulate ${mortgage} --from 2026-03-02 --absent reviewer`);
  assert.equal(held.exit, 3);
  assert.match(held.out, /It stands still .* in checks\.\n {2}reviewed: 2 more of reviewer/);
  const failed = await run(`simulate ${mortgage} --fail step:smoke@production --crash-at 40`);
  assert.equal(failed.exit, 1);
  assert.match(failed.out, /^crash /m);
  for (const words of [
    "--fail deploy",
    "--errors 120%",
    "--absent x@example.test",
    "--from soon",
    "--type none",
  ]) {
    const { exit, err } = await run(`simulate ${mortgage} ${words}`);
    assert.equal(exit, 2, words);
    assert.ok(err.length > 0, words);
  }
});

test("`holdpoint explain` tells the policy as of a day, and says how a day is written", async () => {
  const told = await run(`explain ${file("asset-anchor")} --at 2026-05-04`);
  assert.equal(told.exit, 0);
  assert.match(told.out, /^# How Asset Anchor is released\n/);
  assert.match(told.out, /^### From 2026-05-04 to 2026-08-04$/m);
  assert.match(
    JSON.parse((await run(`explain ${file("asset-anchor")} --json`)).out).markdown,
    /^# How/,
  );
  assert.equal((await run(`explain ${file("asset-anchor")} --at tomorrow`)).exit, 2);
});
