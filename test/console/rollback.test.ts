// A bad version, watched from the browser: Holdpoint goes back by itself, and the page says so as it happens.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { makeTeam } from "../crash/team.ts";
import { axe, picture, signIn } from "./browser.ts";
import { makeConsole } from "./server.ts";

const team = await makeTeam(true, null, new URL("policy.yaml", import.meta.url));
const server = await makeConsole(team.place, team.folder);
after(async () => {
  await server.stop();
  await team.end();
});
await server.start();

test("SS-22: a release that fails is seen to be rolled back by itself, in time, and no request is lost", async () => {
  const lead = await signIn(server.url, server.token("lead@example.test"));
  const qa = await signIn(server.url, server.token("qa@example.test"));
  const { page } = lead;
  await page.getByRole("link", { name: "Plan" }).click();
  await page.getByRole("button", { name: "Look" }).click();
  await page.getByRole("button", { name: "Start this release" }).click();
  await page.getByRole("button", { name: "Approve as lead" }).click();
  await qa.page.goto(page.url());
  await qa.page.getByRole("button", { name: "Approve as qa" }).click();
  await page.getByRole("button", { name: "Tick: Seen in the preview" }).click();
  await page.getByRole("button", { name: "Tick: Support has been told" }).click();
  await page
    .getByText(/rollback decided by itself/)
    .first()
    .waitFor({ timeout: 90_000 });
  await page.getByText(/Ended rolled-back/).waitFor({ timeout: 90_000 });
  await page.getByRole("table", { name: "Traffic of both versions" }).waitFor();
  assert.deepEqual(await axe(page), []);
  await picture(page, "release-rolled-back");
  await page.getByRole("link", { name: "Board" }).click();
  await page.getByRole("listitem").filter({ hasText: "rolled back" }).waitFor();
  assert.deepEqual(await team.serving(), ["1.0.0"]);
  assert.equal(team.served.lost, 0);
  assert.deepEqual(lead.complaints, []);
});
