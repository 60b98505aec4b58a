// A bad version, watched from the browser: Holdpoint goes back by itself, and the page says so as it happens. Afterwards
// the release owes something, which is settled from the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { axe, picture } from "./browser.ts";
import { openDay } from "./day.ts";

const { team, lead, qa, page, begin } = await openDay({ policy: "bad-day.yaml", isBad: true });

test("SS-22: a release that fails is seen to be rolled back by itself, in time, and no request is lost", async () => {
  await begin();
  const alerts = page.getByRole("region", { name: "Alerts" });
  await alerts.getByText("rollback", { exact: true }).waitFor({ timeout: 90_000 });
  await alerts.getByText("critical").waitFor();
  await page.getByText(/of 2 min promised/).waitFor();
  await picture(page, "release-rolling-back");
  await page
    .getByText(/rollback decided by itself/)
    .first()
    .waitFor();
  await page.getByText(/Ended rolled-back/).waitFor({ timeout: 90_000 });
  await page.getByRole("table", { name: "Traffic of both versions" }).waitFor();
  await alerts.waitFor({ state: "detached" });
  assert.deepEqual(await team.serving(), ["1.0.0"]);
  assert.equal(team.served.lost, 0);
});

test("SS-22: the clock of the way back tells when each of its moments was reached, against the promise", async () => {
  await page.getByText(/^Took .*, promised 2 min$/).waitFor();
  const clock = page.getByRole("table", { name: "Moments of the way back" });
  for (const moment of ["weight-0", "drained", "validated"]) {
    const row = clock.getByRole("row").filter({ hasText: moment });
    await row.getByRole("cell", { name: "reached", exact: true }).waitFor();
    assert.match((await row.getByRole("cell").first().textContent()) ?? "", /\d (?:ms|s)$/);
  }
});

test("the evidence of the judge is drawn up to its threshold, and stands in a table beside", async () => {
  await page.getByText(/^Enough evidence to turn back: .* of 100$/).waitFor();
  const drawn = page.getByRole("figure").filter({ hasText: "Evidence that it is worse" });
  await drawn.scrollIntoViewIfNeeded();
  assert.ok((await inked(page, "Evidence that it is worse")) > 200, "the curve is drawn");
  await page.getByText("The evidence as a table").click();
  const table = page.getByRole("table", { name: "Evidence at the latest looks" });
  const latest = table.getByRole("row").nth(1);
  await latest.getByRole("cell", { name: "rollback" }).waitFor();
  await latest.getByRole("cell", { name: "100", exact: true }).waitFor();
  assert.ok((await table.getByRole("row").count()) > 2);
  assert.deepEqual(await axe(page), []);
  await picture(page, "release-rolled-back");
});

test("what a release owes counts down on its page, and is settled with a link to what shows it", async () => {
  const owed = page.getByRole("region", { name: "Owed" });
  await owed.getByText("Lessons learned are recorded").waitFor();
  await owed.getByText(/due in (?:2 h|1 h 59 min)/).waitFor();
  await owed.getByRole("button", { name: "Settle …" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Where it can be seen").fill("https://wiki.example.test/lessons");
  await dialog.getByRole("button", { name: "Settle" }).click();
  await owed.getByText("settled").waitFor();
  const link = owed.getByRole("link", { name: "https://wiki.example.test/lessons" });
  assert.equal(await link.getAttribute("rel"), "noreferrer noopener");
  assert.equal(await owed.getByRole("button").count(), 0);
});

test("the board tells how it ended, and no page complained", async () => {
  await page.getByRole("link", { name: "Board" }).click();
  await page.getByRole("listitem").filter({ hasText: "rolled back" }).waitFor();
  assert.deepEqual([...lead.complaints, ...qa.complaints], []);
});

/** How many pixels of a chart are drawn on. */
async function inked(on: Page, title: string): Promise<number> {
  return (await on.evaluate(`(() => {
    const figures = [...document.querySelectorAll("figure")];
    const canvas = figures.find((one) => one.textContent.includes(${JSON.stringify(title)}))?.querySelector("canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, at) => at % 4 === 3 && value > 0).length;
  })()`)) as number;
}
