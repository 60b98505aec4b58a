// The console in a real Chromium, on a real server with its worker, whose local platform serves a real service.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { makeTeam } from "../crash/team.ts";
import { axe, picture, type Session, signIn, sticksOut } from "./browser.ts";
import { makeConsole } from "./server.ts";

const POLICY = new URL("policy.yaml", import.meta.url);
const team = await makeTeam(false, null, POLICY);
const server = await makeConsole(team.place, team.folder);
after(async () => {
  await server.stop();
  await team.end();
});
await server.start();
const tokens = {
  lead: server.token("lead@example.test"),
  qa: server.token("qa@example.test"),
  reader: server.token("reader@example.test", "read"),
};
const lead = await signIn(server.url, tokens.lead);
const qa = await signIn(server.url, tokens.qa);

test("before anything is released, the board says so and how to begin", async () => {
  await lead.page.getByText("No release is under way.").waitFor();
  await lead.page.getByText("No release has ended yet.").waitFor();
  await picture(lead.page, "board-empty");
});

test("the plan says which version comes next and why, before anything is recorded", async () => {
  const { page } = lead;
  await page.getByRole("link", { name: "Plan" }).click();
  await page.getByRole("button", { name: "Look" }).click();
  await page.getByRole("heading", { name: "Shop 1.0.1" }).waitFor();
  await page
    .getByText(/fix: serve better/)
    .first()
    .waitFor();
  await page.getByText(/^No way back from promote on/).waitFor();
  // The rehearsal of the very plan: what holds it and who lifts that, and that it ends well.
  await page.getByText("rehearsed on a virtual clock").waitFor();
  await page.getByText(/lead approves \(lead@example\.test\)/).waitFor();
  await page.getByText("stable", { exact: true }).waitFor();
  await page
    .getByRole("listitem")
    .filter({ hasText: /^deploy \d+ s$/ })
    .waitFor();
  assert.deepEqual(await axe(page), []);
  await picture(page, "plan-looked-at");
  await page.getByLabel("Release type").fill("no-such-type");
  await page.getByRole("button", { name: "Look" }).click();
  await page
    .getByRole("alert")
    .getByText(/no release type/)
    .waitFor();
  await page.getByLabel("Release type").fill("");
  await page.getByRole("button", { name: "Look" }).click();
  await page.getByRole("heading", { name: "Shop 1.0.1" }).waitFor();
});

test("a release that somebody starts stands on everybody's board without loading it anew", async () => {
  await qa.page.getByText("No release is under way.").waitFor();
  await lead.page.getByRole("button", { name: "Start this release" }).click();
  await qa.page.getByRole("link", { name: "1.0.1" }).waitFor();
  await lead.page.getByRole("heading", { name: "Why not now" }).waitFor();
});

test("the release shows what holds it, who can lift it and what its approvals bind to", async () => {
  await lead.page.getByText("1 more of lead, 1 more of qa").first().waitFor();
  await lead.page.getByRole("heading", { name: "Bundle" }).waitFor();
  assert.match(await lead.page.title(), /Shop 1\.0\.1/);
});

test("two people approve in two sessions; each sees what the other did without loading the page", async () => {
  await qa.page.goto(lead.page.url());
  await lead.page.getByRole("button", { name: "Approve as lead" }).click();
  await gate(qa.page, "go").getByText("lead@example.test").waitFor();
  await qa.page.getByRole("button", { name: "Approve as qa" }).click();
  await gate(lead.page, "list").getByText("Seen in the preview").waitFor();
});

test("a bundle that changes voids the approvals that rest on it; the page shows what changed and what counts no more", async () => {
  const bundle = lead.page.getByRole("region", { name: "Bundle" });
  await bundle.getByText("stands", { exact: true }).nth(1).waitFor();
  assert.equal(await bundle.getByText("Nothing has changed since.").count(), 2);
  const before = team.git("rev-parse", "HEAD");
  writeFileSync(join(team.place.root, "README.md"), "Shop\n");
  team.git("add", "--all");
  team.git("commit", "--quiet", "--message", "fix: say what this is");
  await lead.page.getByRole("button", { name: "Plan again" }).click();
  await bundle.getByText("void", { exact: true }).nth(1).waitFor();
  await bundle.getByText("It counts no more, because of the commit.").first().waitFor();
  const now = team.git("rev-parse", "HEAD");
  assert.notEqual(before, now);
  await lead.page.getByText(now.slice(0, 12)).first().waitFor();
  await picture(lead.page, "release-planned-again");
  await lead.page.getByRole("button", { name: "Approve as lead" }).click();
  // Who has not seen yet what the other did would be told so, and nothing would be done.
  await gate(qa.page, "go").getByText("1 more of qa").waitFor();
  await gate(qa.page, "go").getByText("lead@example.test").waitFor();
  await qa.page.getByRole("button", { name: "Approve as qa" }).click();
  await bundle.getByText("stands", { exact: true }).nth(1).waitFor();
  assert.equal(await bundle.getByText("void", { exact: true }).count(), 2);
  await gate(lead.page, "list").getByText("Seen in the preview").waitFor();
});

test("whoever presses second on an old page is told what the first did, and nothing is done", async () => {
  // A page whose stream is cut off shows an old state.
  const late = await signIn(server.url, tokens.lead);
  await late.page.route("**/stream", (route) => route.abort());
  await late.page.goto(lead.page.url());
  await gate(late.page, "list").getByText("Seen in the preview").waitFor();
  await lead.page.getByRole("button", { name: "Tick: Seen in the preview" }).click();
  await gate(lead.page, "list").getByText("lead@example.test").first().waitFor();
  await late.page.getByRole("button", { name: "Tick: Support has been told" }).click();
  const told = late.page.getByRole("alert");
  await told.getByText("Something happened while you were looking").waitFor();
  await told.getByText("ticked seen of production/list").waitFor();
  assert.equal(
    await lead.page.getByRole("button", { name: "Tick: Support has been told" }).count(),
    1,
  );
  await picture(late.page, "release-overtaken");
  await late.context.close();
});

test("while the server is away the page says so; when it is back, it goes on with what is so now", async () => {
  await server.kill();
  await lead.page.getByText("The server is away; asking again").waitFor();
  await server.start();
  await lead.page.getByText("Live", { exact: true }).waitFor();
  await lead.page.getByRole("button", { name: "Tick: Support has been told" }).waitFor();
});

test("a release can be found and its hold lifted with the keyboard alone", async () => {
  const { page } = lead;
  await page.goto(server.url);
  await page.getByRole("link", { name: "1.0.1" }).waitFor();
  await tabTo(page, /^1\.0\.1$/);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Tick: Support has been told" }).waitFor();
  await tabTo(page, /^Tick$/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Rollout" }).waitFor();
});

test("AM-22: the rollout is watched live, until the next hold point", async () => {
  const waits = lead.page.getByRole("region", { name: "The watch waits for these" });
  await waits.getByText("The dashboards are calm").waitFor({ timeout: 60_000 });
  await waits.getByRole("button", { name: "Tick: The dashboards are calm" }).click();
  await lead.page.getByText("1 of 1 items are open: well").first().waitFor({ timeout: 60_000 });
  await lead.page
    .getByText(/100 % of the traffic|100 %/)
    .first()
    .waitFor();
  await lead.page.getByText(/At most .*, promised 5 min/).waitFor();
  await picture(lead.page, "release", false);
});

test("a record of what was done is added from the page, and lifts the gate that asks for it", async () => {
  const drilled = gate(lead.page, "drilled");
  await drilled.getByRole("button", { name: "Add a record …" }).click();
  const dialog = lead.page.getByRole("dialog");
  await dialog.getByLabel("Where it can be seen").fill("https://wiki.example.test/drill");
  await dialog.getByRole("button", { name: "Add the record" }).click();
  await drilled.getByText("pass", { exact: true }).waitFor();
  await drilled.getByRole("link", { name: "https://wiki.example.test/drill" }).waitFor();
});

test("a waiver wants a reason, and makes a debt that counts down on the page", async () => {
  const blessed = gate(lead.page, "blessed");
  await blessed.getByRole("button", { name: "Waive …" }).click();
  const dialog = lead.page.getByRole("dialog");
  await dialog.getByText("It makes a debt").waitFor();
  await dialog.getByLabel("Why").fill("they are on leave");
  await dialog.getByRole("button", { name: "Waive" }).click();
  await blessed.getByText("waived", { exact: true }).waitFor();
  const owed = lead.page.getByRole("region", { name: "Owed" });
  await owed.getByText(/due in (?:2 d|1 d 23 h)/).waitFor();
  await owed.getByText("open", { exact: true }).waitFor();
});

for (const scheme of ["light", "dark"] as const) {
  for (const width of [1280, 360]) {
    test(`axe finds nothing serious on any page, ${scheme}, ${width} px wide, and nothing is cut off`, async () => {
      const session = await signIn(server.url, tokens.reader, { scheme, width });
      for (const [name, path] of Object.entries(await pages())) {
        await session.page.goto(`${server.url}${path}`);
        await session.page.getByRole("heading", { level: 1 }).waitFor();
        await session.page
          .locator("[aria-label$='is loading']")
          .first()
          .waitFor({ state: "hidden" });
        assert.deepEqual(await axe(session.page), [], name);
        assert.deepEqual(await sticksOut(session.page), [], `${name} is wider than the window`);
        await picture(session.page, `${name}-${scheme}-${width}`);
      }
      assert.deepEqual(session.complaints, []);
      await session.context.close();
    });
  }
}

test("a reader sees everything and is offered nothing that acts", async () => {
  const reader = await signIn(server.url, tokens.reader);
  await reader.page.goto(lead.page.url());
  await reader.page.getByRole("heading", { name: "Hold points" }).waitFor();
  assert.equal(
    await reader.page.getByRole("button", { name: /approve|tick|waive|roll back/i }).count(),
    0,
  );
  await reader.context.close();
});

test("a rollback by hand wants the version typed and a reason, and its clock runs against the promise", async () => {
  await lead.page.getByRole("button", { name: "Roll back …" }).click();
  const dialog = lead.page.getByRole("dialog");
  await dialog.getByLabel("Why").fill("support hears complaints");
  const confirm = dialog.getByRole("button", { name: "Roll back" });
  assert.ok(await confirm.isDisabled());
  await dialog.getByLabel(/Type 1\.0\.1/).fill("1.0.1");
  await picture(lead.page, "release-roll-back", false);
  await confirm.click();
  await lead.page.getByText("support hears complaints").first().waitFor();
  await lead.page.getByText(/Ended rolled-back/).waitFor({ timeout: 60_000 });
  assert.deepEqual(await team.serving(), ["1.0.0"]);
  assert.equal(team.served.lost, 0);
});

test("the journal is proved, can be searched, and leads to its releases", async () => {
  await lead.page.getByRole("link", { name: "Journal" }).click();
  await lead.page.getByText(/Proved: all \d+ entries/).waitFor();
  await lead.page.getByLabel("Find").fill("support hears");
  const rows = lead.page.getByRole("row");
  await lead.page.getByRole("cell", { name: /rollback decided by hand/ }).waitFor();
  assert.equal(await rows.filter({ hasText: "phase build opened" }).count(), 0);
  await lead.page.getByRole("button", { name: "Prove again" }).click();
  const entry = rows.filter({ hasText: "rollback decided by hand" });
  await entry.getByRole("cell", { name: "✓ proved" }).waitFor();
});

test("the calendar marks what collides, in months and in a list, and gives a feed", async () => {
  const { page } = lead;
  await page.getByRole("link", { name: "Calendar" }).click();
  await page.getByRole("heading", { name: "In order" }).waitFor();
  const rows = page.getByRole("row");
  assert.ok((await rows.filter({ hasText: "tuesdays" }).count()) > 10);
  assert.ok((await rows.filter({ hasText: "month-end" }).count()) >= 3);
  const feed = await page.request.get(`${server.url}/api/calendar.ics`, {
    headers: { authorization: `Bearer ${tokens.reader}` },
  });
  assert.match(await feed.text(), /^BEGIN:VCALENDAR/);
});

test("the policy is shown as a document, with what is found in it beside its lines", async () => {
  const { page } = lead;
  await page.getByRole("link", { name: "Policy" }).click();
  await page.getByRole("heading", { name: "How Shop is released" }).waitFor();
  await page.getByRole("heading", { name: "Findings" }).waitFor();
  const [finding] = await page.getByRole("link", { name: /^\d+:\d+$/ }).all();
  assert.ok(finding, "the calendar's windows are used by no gate, which is found");
});

test("two policies of the journal are compared, and what the second would have made of releases is told", async () => {
  const { page } = lead;
  await page.getByText("All releases were planned by the same policy so far.").waitFor();
  const file = team.place.policyFile;
  const text = readFileSync(file, "utf8").replace("soak: 2 s", "soak: 3 s");
  writeFileSync(file, text.replace("gates: [tests, go]", "gates: [tests, go, blessed]"));
  team.git("add", "--all");
  team.git("commit", "--quiet", "--message", "fix: look longer");
  await page.getByRole("link", { name: "Plan" }).click();
  await page.getByRole("button", { name: "Look" }).click();
  await page.getByRole("button", { name: "Start this release" }).click();
  await page.getByRole("button", { name: "Abort …" }).click();
  await page.getByRole("dialog").getByLabel("Why").fill("only a try");
  await page.getByRole("dialog").getByRole("button", { name: "Abort" }).click();
  await page.getByText(/Ended aborted/).waitFor();
  await page.getByRole("link", { name: "Policy" }).click();
  const compared = page.getByRole("region", { name: "What changed between policies" });
  const changes = compared.getByRole("row");
  await changes.filter({ hasText: "− 2 s" }).filter({ hasText: "+ 3 s" }).waitFor();
  await changes
    .filter({ hasText: "phases.build.gates" })
    .filter({ hasText: "+ blessed" })
    .waitFor();
  await compared.getByText(/2 ended releases, lived again/).waitFor();
  const [was, is] = await compared.getByRole("combobox").all();
  assert.notEqual(await was?.inputValue(), await is?.inputValue());
  await is?.selectOption((await was?.inputValue()) ?? "");
  await compared.getByText("They say the same.").waitFor();
  assert.deepEqual(await axe(page), []);
});

test("no page complained, and signing out forgets the session", async () => {
  for (const session of [lead, qa] satisfies Session[]) assert.deepEqual(session.complaints, []);
  await qa.page.getByRole("button", { name: "Sign out" }).click();
  await qa.page.getByRole("heading", { name: "Sign in to Holdpoint" }).waitFor();
  assert.deepEqual(await axe(qa.page), []);
  assert.deepEqual(await qa.context.cookies(), []);
});

async function pages(): Promise<Record<string, string>> {
  const release = new URL(lead.page.url()).pathname;
  return {
    board: "/",
    release,
    plan: "/plan",
    calendar: "/calendar",
    policy: "/policy",
    journal: "/journal",
  };
}

function gate(page: Page, name: string) {
  return page.getByRole("region", { name: `Gate ${name}` });
}

/** Presses Tab until something with that text has the focus. */
async function tabTo(page: Page, text: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate("document.activeElement?.textContent ?? ''");
    if (text.test(String(at).trim())) return;
  }
  assert.fail(`no ${text} can be reached by Tab`);
}
