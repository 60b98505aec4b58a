// The public page in a real Chromium, from files that a web server serves which knows nothing of Holdpoint.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { pageFolder } from "#adapters/status-page/folder.ts";
import { axe, picture, sticksOut, visit } from "../console/browser.ts";
import { serveFolder } from "./files.ts";
import { busy, NOW, quiet, worst } from "./scenes.ts";

const folder = mkdtempSync(join(tmpdir(), "holdpoint-status-"));
after(() => rmSync(folder, { recursive: true }));

async function served(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  await pageFolder(join(folder, name)).put(files);
  const { url, stop } = await serveFolder(join(folder, name));
  after(stop);
  return url;
}

const SCENES = {
  quiet: await served("quiet", quiet()),
  busy: await served("busy", busy()),
  worst: await served("worst", worst()),
};

describe("the public status page in a browser", () => {
  for (const [scene, url] of Object.entries(SCENES))
    for (const scheme of ["light", "dark"] as const)
      for (const width of [1280, 360])
        it(`${scene}, ${scheme}, ${width} px: axe finds nothing serious, nothing sticks out, nothing is complained of`, async () => {
          const { page, complaints, context } = await visit(url, { scheme, width, now: NOW });
          await page.getByRole("heading", { level: 1 }).waitFor();
          assert.deepEqual(await axe(page), []);
          assert.deepEqual(await sticksOut(page), []);
          assert.deepEqual(complaints, []);
          const size = width === 360 ? "-360" : "";
          await picture(page, `status-${scene}-${scheme}${size}`);
          await context.close();
        });

  it("says every condition in words, not by colour alone", async () => {
    const { page, context } = await visit(SCENES.worst, { now: NOW });
    await page.getByText("There is a major outage").waitFor();
    for (const words of ["Major outage", "Partial outage", "Operational"])
      await page.getByRole("listitem").getByText(words, { exact: true }).first().waitFor();
    await context.close();
  });

  it("tells times in UTC, and in the reader's zone where scripts run", async () => {
    const { page, context } = await visit(SCENES.busy, { now: NOW });
    const time = page.locator("footer time");
    assert.match((await time.textContent()) ?? "", /^2026-11-21 07:42 UTC \(.*8:42.*\)$/);
    await context.close();
  });

  it("says all that it has to say without scripts, and opens what was said before by keyboard", async () => {
    const { page, context } = await visit(SCENES.busy, { now: NOW, scripts: false });
    await page.getByText("Our payment partner answers slowly.").waitFor();
    await page.getByText("2026-11-21 07:42 UTC").waitFor();
    const before = page.locator(".day details").first();
    assert.equal(await before.getAttribute("open"), null);
    await before.locator("summary").focus();
    await page.keyboard.press("Enter");
    assert.notEqual(await before.getAttribute("open"), null);
    await page.keyboard.press("Tab");
    assert.notEqual(await page.evaluate("document.activeElement.tagName"), "BODY");
    await context.close();
  });

  it("takes over news without being loaded anew, and leaves open what the reader has opened", async () => {
    const url = await served("news", quiet());
    const { page, context } = await visit(url, { now: NOW });
    await page.getByText("Everything is operational").waitFor();
    await pageFolder(join(folder, "news")).put(busy());
    await page.clock.runFor("02:00");
    await page.getByText("Payments are slow").waitFor();
    assert.match(await page.title(), /do not work as well/);
    await context.close();
  });

  it("says so when nobody has written it for a while", async () => {
    const { page, context } = await visit(SCENES.busy, { now: NOW + 20 * 60_000 });
    await page.getByText("it may no longer be true").waitFor();
    await context.close();
    const fresh = await visit(SCENES.busy, { now: NOW + 60_000 });
    assert.equal(await fresh.page.locator("#old").isVisible(), false);
    await fresh.context.close();
  });
});
