// A good version, driven and watched from the browser until it is stable; then it is withdrawn, from the browser too.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { makeTeam } from "../crash/team.ts";
import { axe, picture, signIn } from "./browser.ts";
import { makeConsole } from "./server.ts";

const team = await makeTeam(false, null, new URL("good-day.yaml", import.meta.url));
const server = await makeConsole(team.place, team.folder);
after(async () => {
  await server.stop();
  await team.end();
});
await server.start();

const lead = await signIn(server.url, server.token("lead@example.test"));
const qa = await signIn(server.url, server.token("qa@example.test"));
const { page } = lead;

test("a release that two people let go is seen to become stable, and no request is lost", async () => {
  await page.getByRole("link", { name: "Plan", exact: true }).click();
  await page.getByRole("button", { name: "Look" }).click();
  await page.getByRole("button", { name: "Start this release" }).click();
  await page.getByRole("button", { name: "Approve as lead" }).click();
  await qa.page.goto(page.url());
  await qa.page.getByRole("button", { name: "Approve as qa" }).click();
  await page.getByText(/Ended stable/).waitFor({ timeout: 90_000 });
  assert.deepEqual(await team.serving(), ["1.0.1"]);
  assert.equal(team.served.lost, 0);
});

test("a version that is out is withdrawn with its number typed and a reason; what runs is not touched", async () => {
  await page.getByRole("button", { name: "Withdraw …" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why").fill("it forgets orders");
  const confirm = dialog.getByRole("button", { name: "Withdraw" });
  assert.ok(await confirm.isDisabled(), "nothing is typed yet");
  await dialog.getByLabel(/Type/).fill("1.0.1");
  await confirm.click();
  await page.getByText(/Ended withdrawn/).waitFor({ timeout: 30_000 });
  await page.getByText("withdrawn", { exact: true }).first().waitFor();
  assert.equal(await page.getByRole("button", { name: "Withdraw …" }).count(), 0);
  assert.deepEqual(await axe(page), []);
  await picture(page, "release-withdrawn");
  assert.deepEqual(await team.serving(), ["1.0.1"]);
});

test("the other person sees the same, and no page complained", async () => {
  await qa.page.reload();
  assert.equal(
    await qa.page.getByRole("button", { name: "Withdraw …" }).count(),
    0,
    "it is withdrawn",
  );
  assert.deepEqual([...lead.complaints, ...qa.complaints], []);
});
