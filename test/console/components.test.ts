// A repository of components in a real Chromium: what a plan says of each, and what a release goes out with.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { makeTeam } from "../crash/team.ts";
import { axe, picture, signIn, sticksOut } from "./browser.ts";
import { makeConsole } from "./server.ts";

const POLICY = `holdpoint: 1
system: Shop
roles: { lead: [lead@example.test] }
services: { web: { start: [node, service.mjs], health: /health } }
environments: { production: { local: { drain: 1 s } } }
versioning:
  components:
    core: { tag: "core-v{version}", paths: [service.mjs] }
    web: { tag: "web@{version}", paths: [web], uses: [core] }
    docs: { tag: "docs-v{version}", paths: [docs] }
gates: { go: { signoff: { roles: { lead: 1 } } } }
phases: { finish: { gates: [go], steps: [{ tag: {} }] } }
types: { patch: { bumps: [patch], phases: [finish] } }
rollback: { target: 5 min }
`;
const folder = mkdtempSync(join(tmpdir(), "holdpoint-parts-"));
writeFileSync(join(folder, "policy.yaml"), POLICY);
const team = await makeTeam(false, null, pathToFileURL(join(folder, "policy.yaml")));
for (const tag of ["core-v2.0.0", "web@0.3.0", "docs-v1.0.0"])
  team.git("tag", tag, "v1.0.0^{commit}");
const server = await makeConsole(team.place, team.folder);
after(async () => {
  await server.stop();
  await team.end();
  rmSync(folder, { recursive: true });
});
await server.start();
const { page } = await signIn(server.url, server.token("lead@example.test"));

test("a plan says of every component its next version, its tag and why, and what stays", async () => {
  await page.getByRole("link", { name: "Plan" }).click();
  await page.getByRole("button", { name: "Look" }).click();
  const table = page.getByRole("region", { name: "Components" }).getByRole("table");
  await table.waitFor();
  const rows = await table.getByRole("row").allInnerTexts();
  const said = rows.map((row) => row.split(/\s*\t\s*/).map((cell) => cell.trim()));
  assert.deepEqual(said[1]?.slice(0, 5), ["core", "2.0.0", "2.0.1", "core-v2.0.1", "patch"]);
  assert.match(said[1]?.[5] ?? "", /fix: serve better/);
  assert.deepEqual(said[2], ["web", "0.3.0", "0.3.1", "web@0.3.1", "patch", "it uses core"]);
  assert.deepEqual(said[3]?.slice(2), ["1.0.0", "docs-v1.0.0", "none", "nothing has changed"]);
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(await sticksOut(page), []);
  await picture(page, "plan-components");
});

test("a release shows the tags of the components that go out with it", async () => {
  await page.getByRole("button", { name: "Start this release" }).click();
  await page.getByText("core-v2.0.1, web@0.3.1").waitFor();
  assert.deepEqual(await axe(page), []);
});
