// A good version, driven and watched from the browser until it is stable; then it is withdrawn, from the browser too.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, picture } from "./browser.ts";
import { openDay } from "./day.ts";

const { team, lead, qa, page, begin } = await openDay({ policy: "good-day.yaml", isBad: false });

test("a release that two people let go is seen to become stable, and no request is lost", async () => {
  await begin();
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
