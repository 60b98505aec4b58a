// A release that is written down, tagged, pushed and published, its control plane killed at every append, every effect and
// in the middle of every call to the forge. Afterwards the branch, the tag, the remote and the forge have it once. Then it is
// withdrawn, in the same way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { crashThrough } from "./calling.ts";
import { TOKEN_AT, whilePublishing } from "./publishing.ts";

const policyAt = (api: string) => `holdpoint: 1
system: Crash
roles: { lead: [lead@example.test] }
services: { web: { start: [node, service.mjs], health: /health } }
environments: { production: { local: { drain: 1 s } } }
forge: { github: { repository: example/shop, token: { env: ${TOKEN_AT} }, api: "${api}" } }
gates: { go: { signoff: { roles: { lead: 1 } } } }
phases:
  finish:
    gates: [go]
    steps:
      - write: { branch: main, push: origin }
      - tag: { push: origin }
      - publish: {}
types: { patch: { bumps: [patch], phases: [finish] } }
rollback: { target: 5 min }
withdrawals: { roles: [lead] }
`;

test("killed at every append, effect and call, a release is written, tagged, pushed and published once, and withdrawn once", async () => {
  await whilePublishing({ policyAt }, async ({ team, github, planned, pushed }) => {
    const died = await crashThrough(team, github);
    assert.ok(died.alone >= 10 && died.calling >= 5, JSON.stringify(died));

    assert.equal(team.git("rev-list", "--count", `${planned}..main`), "1", "one commit more");
    assert.equal(team.git("show", "main:CHANGELOG.md").match(/^## \[1\.0\.1\]/gm)?.length, 1);
    assert.equal(team.git("status", "--porcelain"), "");
    const here = ["refs/heads/main", "refs/tags/v1.0.0", "refs/tags/v1.0.1"];
    assert.equal(pushed(), team.git("for-each-ref", ...here), "the remote has what is here");
    assert.equal(team.git("rev-parse", "v1.0.1^{commit}"), planned);
    assert.ok(!team.git("show", "main:CHANGELOG.md").includes("YANKED"));

    assert.deepEqual(github.faults, [], "every call was one that the forge knows");
    assert.deepEqual(
      github.releases.map(({ tag_name, draft }) => [tag_name, draft]),
      [["v1.0.1", false]],
    );
    assert.deepEqual(
      github.assets.map(({ name, state }) => [name, state]),
      [["release.json", "uploaded"]],
    );

    const withdrawing = await crashThrough(team, github, "loses *carts*");
    assert.ok(withdrawing.alone >= 8 && withdrawing.calling >= 2, JSON.stringify(withdrawing));
    assert.equal(team.git("rev-list", "--count", `${planned}..main`), "2", "one commit more");
    const log = team.git("show", "main:CHANGELOG.md");
    assert.equal(log.match(/^## \[1\.0\.1\] - \S+ \[YANKED\]\n\n> Withdrawn on /gm)?.length, 1);
    assert.equal(pushed(), team.git("for-each-ref", ...here), "the remote has what is here");
    assert.equal(team.git("rev-parse", "v1.0.1^{commit}"), planned, "the tag stays");
    const [release, ...others] = github.releases;
    assert.deepEqual(others, [], "the forge has it once, marked");
    assert.match(`${release?.body}`, /^## 1\.0\.1 \(withdrawn\)\n\n> Withdrawn: loses/);
    assert.deepEqual(github.faults, [], "every call was one that the forge knows");
  });
});
