// The page of a real server with its worker: written by the state machine, public, and there when the server is not.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, test } from "node:test";
import { readXml } from "#core/status-page/xml.fake.ts";
import { visit } from "../console/browser.ts";
import { makeConsole } from "../console/server.ts";
import { makeTeam } from "../crash/team.ts";
import { serveFolder } from "./files.ts";

const team = await makeTeam(true, null, new URL("policy.yaml", import.meta.url));
const server = await makeConsole(team.place, team.folder);
const files = await serveFolder(join(team.place.dataDir, "status-page"));
after(async () => {
  await server.stop();
  await files.stop();
  await team.end();
});
await server.start();
const tokens = {
  lead: server.token("lead@example.test"),
  commander: server.token("commander@example.test"),
};

async function post(path: string, body: object, token = tokens.lead): Promise<Response> {
  return await fetch(`${server.url}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  });
}

async function until(said: RegExp, url = `${server.url}/status/index.html`): Promise<string> {
  for (let tries = 0; tries < 400; tries += 1) {
    const text = await fetch(url).then(
      (answer) => answer.text(),
      () => "",
    );
    if (said.test(text)) return text;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error(`${url} never said ${said}`);
}

test("anybody may read the page, without a token, under a policy that lets nothing in, and asks again only for news", async () => {
  await until(/Everything is operational/);
  const moved = await fetch(`${server.url}/status`, { redirect: "manual" });
  assert.equal(moved.headers.get("location"), "/status/index.html");
  for (const [name, type] of [
    ["index.html", "text/html"],
    ["feed.atom", "application/atom+xml"],
    ["style.css", "text/css"],
    ["page.js", "text/javascript"],
  ] as const) {
    const url = `${server.url}/status/${name}`;
    const answer = await fetch(url);
    assert.equal(answer.status, 200, name);
    assert.match(
      answer.headers.get("content-type") ?? "",
      new RegExp(`^${type.replace("+", "\\+")}`),
    );
    assert.match(answer.headers.get("cache-control") ?? "", /^public, max-age=\d+/);
    const csp = answer.headers.get("content-security-policy") ?? "";
    assert.match(csp, /default-src 'none'/);
    assert.doesNotMatch(csp, /unsafe/);
    const etag = answer.headers.get("etag") ?? "";
    await answer.text();
    const again = await fetch(url, { headers: { "if-none-match": etag } });
    assert.equal(again.status, 304, name);
    const head = await fetch(url, { method: "HEAD" });
    assert.equal(head.headers.get("etag"), etag);
  }
  for (const path of ["store.db", "..%2fholdpoint.db", ".index.html", "index.html/x"])
    assert.equal((await fetch(`${server.url}/status/${path}`)).status, 404, path);
  assert.equal((await post("/status/index.html", {})).status, 404);
});

test("AM-13 AM-12: a release that fails is told from its begin to its way back, with an incident that opens and resolves itself", async () => {
  const started = (await (await post("/api/releases", {})).json()) as { release: string };
  await post(`/api/releases/${started.release}/approve`, { gate: "go" });
  await until(/The update has begun/);
  await until(/An update did not go well/);
  const html = await until(/It was taken back\./);
  await until(/is back in place, checked, and works as it should/);
  for (const leak of [started.release, "1.0.1", "lead@example.test", "production", "errors"])
    assert.ok(!html.includes(leak), leak);
  const feed = await (await fetch(`${server.url}/status/feed.atom`)).text();
  assert.equal(readXml(feed).children.filter(({ name }) => name.endsWith(" entry")).length, 2);
});

test("an incident by hand is there for whom the policy names, journalled with its hash, and on the page at once", async () => {
  const opening = { title: "Checkout is <slow>", said: "We look.", impact: "partial-outage" };
  assert.equal((await post("/api/incidents", opening)).status, 403);
  assert.equal((await post("/api/incidents", opening, tokens.commander)).status, 201);
  await until(/Checkout is &#60;slow&#62;/);
  const { page, complaints, context } = await visit(`${server.url}/status`);
  await page.getByText("Some things do not work").first().waitFor();
  await page.getByRole("heading", { name: "Checkout is <slow>" }).waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
  const log = await fetch(`${server.url}/api/log?limit=1000`, {
    headers: { authorization: `Bearer ${tokens.lead}` },
  });
  const { entries } = (await log.json()) as {
    entries: { type: string; by: string; hash: string }[];
  };
  const opened = entries.filter(({ type }) => type === "IncidentOpened");
  assert.deepEqual(
    opened.map(({ by }) => by),
    ["holdpoint", "commander@example.test"],
  );
  assert.match(opened[1]?.hash ?? "", /^[0-9a-f]{64}$/);
});

test("the page survives the control plane: killed, its files are served on by a server that knows nothing of it; back, it goes on", async () => {
  const before = await until(/Checkout is/, files.url);
  await server.kill();
  assert.equal(await (await fetch(files.url)).text(), before);
  const { page, complaints, context } = await visit(files.url);
  await page.getByRole("heading", { name: "Shop status" }).waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
  await server.start();
  const resolved = await post(
    "/api/incidents/incident-2/resolve",
    { said: "Well." },
    tokens.commander,
  );
  assert.equal(resolved.status, 200);
  const now = await until(/<strong>Resolved<\/strong>[\s\S]*Well\./, files.url);
  const ids = [...now.matchAll(/<article id="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(ids.length, 3);
  assert.equal(new Set(ids).size, 3);
});

test("without a server, a word on an incident is on the page when the verb has ended", async () => {
  await server.stop();
  const bin = new URL("../../bin/holdpoint.mjs", import.meta.url).pathname;
  const env = {
    ...process.env,
    ...{ HOME: team.folder, HOLDPOINT_DATA_DIR: team.place.dataDir },
    HOLDPOINT_PERSON: "commander@example.test",
  };
  const argv = [bin, "incident", "open", "--title", "Search is down", "--say", "We look."];
  execFileSync(process.execPath, argv, { cwd: team.place.root, env });
  assert.match(await (await fetch(files.url)).text(), /Search is down/);
});
