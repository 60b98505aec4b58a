// A release of components, its control plane killed at every append, every effect and in the middle of every call to the
// forge. Afterwards each component is written, tagged, pushed and published once. Then it is withdrawn, in the same way.
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
versioning:
  components:
    core: { tag: "core-v{version}", paths: [service.mjs], changelog: core.md }
    web: { tag: "web-v{version}", paths: [web], uses: [core], changelog: web.md }
    docs: { tag: "docs-v{version}", paths: [docs] }
phases:
  finish:
    steps:
      - write: { branch: main, push: origin }
      - tag: { of: written, push: origin }
      - publish: {}
types: { patch: { bumps: [patch], phases: [finish] } }
rollback: { target: 5 min }
withdrawals: { roles: [lead] }
`;

const SET = ["core-v2.0.1", "v1.0.1", "web-v0.3.1"];

test("killed at every append, effect and call, a release tags and publishes each component once, and withdraws it once", async () => {
  await whilePublishing(
    { policyAt, tags: ["core-v2.0.0", "web-v0.3.0", "docs-v1.0.0"] },
    async ({ team, github, planned, pushed }) => {
      const died = await crashThrough(team, github);
      assert.ok(died.alone >= 14 && died.calling >= 5, JSON.stringify(died));

      assert.equal(team.git("rev-list", "--count", `${planned}..main`), "1", "one commit more");
      assert.deepEqual(team.git("tag", "--points-at", "main").split("\n"), SET);
      for (const [log, version] of [
        ["CHANGELOG.md", "1.0.1"],
        ["core.md", "2.0.1"],
        ["web.md", "0.3.1"],
      ] as const) {
        const parts = team.git("show", `main:${log}`).match(/^## \[\d.*/gm) ?? [];
        assert.equal(parts.length, 1, log);
        assert.ok(parts[0]?.startsWith(`## [${version}] - `), parts[0]);
      }
      const refs = ["refs/heads/main", "refs/tags"];
      assert.equal(pushed(), team.git("for-each-ref", ...refs), "the remote has what is here");
      const published = () =>
        github.releases.map(({ tag_name, draft }) => [tag_name, draft]).sort();
      const once = SET.map((tag) => [tag, false]);
      assert.deepEqual(published(), once);
      assert.deepEqual(github.faults, [], "every call was one that the forge knows");

      const withdrawing = await crashThrough(team, github, "loses *carts*");
      assert.ok(withdrawing.alone >= 8 && withdrawing.calling >= 2, JSON.stringify(withdrawing));
      assert.equal(team.git("rev-list", "--count", `${planned}..main`), "2", "one commit more");
      for (const log of ["CHANGELOG.md", "core.md", "web.md"])
        assert.equal(
          team.git("show", `main:${log}`).match(/\[YANKED\]\n\n> Withdrawn on /g)?.length,
          1,
          log,
        );
      assert.equal(pushed(), team.git("for-each-ref", ...refs), "the tags stay");
      assert.deepEqual(published(), once, "the forge has each once");
      for (const { tag_name, body } of github.releases)
        assert.match(`${body}`, /^## \S+ \(withdrawn\)\n\n> Withdrawn: loses/, `${tag_name}`);
      assert.deepEqual(github.faults, [], "every call was one that the forge knows");
    },
  );
});
