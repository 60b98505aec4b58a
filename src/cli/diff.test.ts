// Releases that were really planned, approved, worked on and recorded, looked at under other policies.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fakeWorld } from "./world.fake.ts";

/** The policy that the desk of the tests plans by, as a file. */
const OLD = `holdpoint: 1
system: Shop
roles:
  lead: [lead@example.test, deputy@example.test]
  qa: [qa@example.test, tester@example.test]
services: { web: { start: [node, web.ts] } }
environments: { production: { local: {} } }
gates:
  go-no-go: { signoff: { roles: { lead: 1 } } }
  list: { owner: lead, checklist: { items: { runbook: the runbook is read } } }
phases:
  ready: { gates: [go-no-go, list] }
  production:
    environment: production
    steps: [{ deploy: {} }, { shift: { weights: [5 %, 100 %], soak: 1 min } }]
types: { patch: { bumps: [patch], phases: [ready, production] } }
rollback: { target: 5 min, on: { health: {} }, verify: [{ verify: { of: stable, paths: [/health] } }] }
`;

async function withRelease(ends: string) {
  const fake = fakeWorld();
  const put = (name: string, text: string) => writeFileSync(join(fake.folder, name), text);
  put("old.yaml", OLD);
  await fake.run("release --no-wait");
  const [release] = fake.fake.names();
  await fake.run(`approve ${release} go-no-go`);
  await fake.run(`tick ${release} list runbook`);
  fake.work();
  await fake.run(`resume ${release}`);
  assert.equal(JSON.parse((await fake.run(`status ${release} --json`)).out).status, ends);
  return { ...fake, put, release };
}

test("`holdpoint diff` replays recorded releases: as they went, blocked, delayed, with what changed and why", async () => {
  const { run, put, release, remove } = await withRelease("stable");
  test.after(remove);
  put("same.yaml", OLD);
  const same = await run("diff old.yaml same.yaml");
  assert.equal(
    same.err + same.out,
    "The policies say the same.\n\nOf 1 recorded releases: 1 same\n",
  );
  assert.equal(same.exit, 0);

  put("new.yaml", OLD.replace("{ roles: { lead: 1 } }", "{ roles: { lead: 1, qa: 1 } }"));
  const blocked = await run("diff old.yaml new.yaml");
  assert.equal(blocked.exit, 1);
  assert.match(blocked.out, /^ {2}\+ gates\.go-no-go\.signoff\.roles\.qa: 1$/m);
  assert.match(blocked.out, /^Of 1 recorded releases: 1 blocked$/m);
  assert.match(
    blocked.out,
    /would have been blocked\n {6}go-no-go: 1 more of qa \(qa approves \(qa@/,
  );

  put("slow.yaml", OLD.replace("ready: { gates", "ready: { opens: T+6 h, gates"));
  const { releases, changes } = JSON.parse((await run("diff old.yaml slow.yaml --json")).out);
  assert.deepEqual(changes, [{ path: "phases.ready.opens", was: null, is: "T+6 h" }]);
  assert.equal(releases[0].release, release);
  assert.equal(releases[0].outcome, "delayed");
  assert.ok(releases[0].by > 5 * 3_600_000);
});

test("a policy that cannot be read or is not sound is told, and nothing is compared", async () => {
  const { run, put, remove } = await withRelease("stable");
  test.after(remove);
  put("bad.yaml", OLD.replace("lead: 1", "nobody: 1"));
  for (const line of [
    "diff old.yaml bad.yaml",
    "diff bad.yaml old.yaml",
    "diff old.yaml none.yaml",
  ]) {
    const { exit, out, err } = await run(line);
    assert.equal(exit, 2, line);
    assert.equal(out, "", line);
    assert.ok(err.length > 0, line);
  }
});
