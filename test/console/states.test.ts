// Each page while it waits, when it is refused, without a network, and over a restart of the server.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page, Route } from "playwright-core";
import { makeTeam } from "../crash/team.ts";
import { axe, picture, signIn } from "./browser.ts";
import { makeConsole } from "./server.ts";

const team = await makeTeam(false, null, new URL("policy.yaml", import.meta.url));
const server = await makeConsole(team.place, team.folder);
after(async () => {
  await server.stop();
  await team.end();
});
await server.start();
const { page, complaints, context } = await signIn(server.url, server.token("lead@example.test"));

test("a journal in which nothing has happened says so, and is proved all the same", async () => {
  await page.goto(`${server.url}/journal`);
  await page.getByText("Nothing has happened yet.").waitFor();
  await page.getByText("Proved: all 0 entries").waitFor();
  assert.equal(await started(), release);
});

/** The release of all these pages, started by the first test. */
const release = "shop-1.0.1";

/** What a page asks for, and what it shows once that is there. */
const PAGES = [
  { name: "board", path: "/", asks: "/api/releases?*", shows: "1.0.1" },
  {
    name: "release",
    path: `/releases/${release}`,
    asks: `/api/releases/${release}`,
    shows: "Hold points",
  },
  { name: "calendar", path: "/calendar", asks: "/api/calendar", shows: "In order" },
  { name: "policy", path: "/policy", asks: "/api/policy", shows: "How Shop is released" },
  { name: "journal", path: "/journal", asks: "/api/log?*", shows: "planned patch 1.0.1" },
];

for (const { name, path, asks, shows } of PAGES) {
  test(`${name}: what is on its way has its place held, and is there when it comes`, async () => {
    const waiting: (() => void)[] = [];
    let isHeld = true;
    const hold = async (route: Route) => {
      if (isHeld) await new Promise<void>((go) => waiting.push(go));
      await route.continue();
    };
    await page.route(`${server.url}${asks}`, hold);
    await page.goto(`${server.url}${path}`);
    await page
      .getByRole("status", { name: /is loading$/ })
      .first()
      .waitFor();
    assert.equal(await page.getByText(shows).count(), 0);
    assert.deepEqual(await axe(page), []);
    isHeld = false;
    for (const go of waiting) go();
    await page.unrouteAll({ behavior: "wait" });
    await page.getByText(shows).first().waitFor();
    await page
      .getByRole("status", { name: /is loading$/ })
      .first()
      .waitFor({ state: "hidden" });
  });

  test(`${name}: what is refused is told with its remedy, and can be asked for again`, async () => {
    await page.route(`${server.url}${asks}`, (route) => route.fulfill(refusal()));
    await page.goto(`${server.url}${path}`);
    const told = page.getByRole("alert").first();
    await told.getByText("The cellar is under water.").waitFor();
    await told.getByText("Pump it out.").waitFor();
    assert.deepEqual(await axe(page), []);
    await picture(page, `${name}-refused`, false);
    await page.unroute(`${server.url}${asks}`);
    const again = page.getByRole("button", { name: "Try again" });
    while ((await again.count()) > 0) await again.first().click();
    await page.getByText(shows).first().waitFor();
    assert.equal(await page.getByRole("alert").count(), 0);
  });

  test(`${name}: without a network it says so and keeps what it has; with one it is live again`, async () => {
    await page.goto(`${server.url}${path}`);
    await page.getByText(shows).first().waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    await context.setOffline(true);
    await page.getByText("No network; what you see may be old").waitFor();
    assert.ok(await page.getByText(shows).first().isVisible());
    assert.equal(await page.getByRole("alert").count(), 0);
    await context.setOffline(false);
    await page.getByText("Live", { exact: true }).waitFor();
  });
}

test("without a network, other pages can be gone to; they say what is missing and come by themselves", async () => {
  await page.goto(server.url);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.waitForTimeout(2500);
  await context.setOffline(true);
  for (const name of ["Calendar", "Policy", "Journal"]) {
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
    await page.getByRole("alert").getByText("The server cannot be reached.").first().waitFor();
  }
  await picture(page, "journal-offline", false);
  await context.setOffline(false);
  await page.getByText("planned patch 1.0.1").first().waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
});

test("every page goes on over a restart of the server, says that there was one, and shows what is so now", async () => {
  const others: { page: Page; shows: string }[] = [];
  // A browser has six connections to a server; each page that is seen keeps one.
  await page.goto("about:blank");
  for (const { path, shows } of PAGES) {
    const one = await context.newPage();
    await one.goto(`${server.url}${path}`);
    await one.getByText(shows).first().waitFor();
    await one.getByText("Live", { exact: true }).waitFor();
    others.push({ page: one, shows });
  }
  await server.kill();
  for (const other of others)
    await other.page.getByText("The server is away; asking again").waitFor();
  for (const other of others)
    assert.ok(await other.page.getByText(other.shows).first().isVisible());
  await server.start();
  for (const other of others) {
    await other.page.getByText("Live", { exact: true }).waitFor();
    await other.page.getByText("the server was restarted at").waitFor();
    assert.equal(await other.page.getByRole("alert").count(), 0);
    assert.ok(await other.page.getByText(other.shows).first().isVisible());
  }
  await picture(others[0]?.page ?? page, "board-restarted", false);
  for (const other of others) await other.page.close();
});

test("an act that got no answer says that it is not known whether it arrived, and the plan can be asked for again", async () => {
  await page.goto(`${server.url}/plan`);
  await page.route(`${server.url}/api/plan`, (route) => route.abort());
  await page.getByRole("button", { name: "Look" }).click();
  await page.getByRole("alert").getByText("The server cannot be reached.").waitFor();
  await page.unroute(`${server.url}/api/plan`);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: "Shop 1.0.1" }).waitFor();
  await page.goto(`${server.url}/releases/${release}`);
  await page.route(`${server.url}/api/releases/${release}/approve`, (route) => route.abort());
  await page.getByRole("button", { name: "Approve as lead" }).click();
  await page.getByRole("alert").getByText("It is not known whether this arrived").waitFor();
});

test("a token that is revoked ends the session of every page that is open", async () => {
  const { page: other } = await signIn(server.url, server.token("qa@example.test"));
  await other.getByText("Live", { exact: true }).waitFor();
  server.revoke("qa@example.test");
  await other.getByRole("heading", { name: "Sign in to Holdpoint" }).waitFor({ timeout: 40_000 });
});

test("no page complained of anything but what was refused on purpose", () => {
  const strange = complaints.filter((one) => !one.startsWith("500 ") && !/ERR_/.test(one));
  assert.deepEqual(strange, []);
});

async function started(): Promise<string> {
  const answer = await page.request.post(`${server.url}/api/releases`, {
    headers: {
      authorization: `Bearer ${server.token("lead@example.test")}`,
      "idempotency-key": "first",
    },
    data: {},
  });
  assert.equal(answer.status(), 201);
  return ((await answer.json()) as { release: string }).release;
}

function refusal() {
  const problem = {
    code: "internal",
    sentence: "The cellar is under water.",
    remedy: "Pump it out.",
  };
  const body = JSON.stringify({ ...problem, problems: [problem] });
  return { status: 500, contentType: "application/problem+json", body };
}
