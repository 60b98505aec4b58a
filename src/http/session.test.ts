import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, startServer } from "./server.fixture.ts";

const { server, secrets, newToken, tokens } = await startServer();
const SAME = { "sec-fetch-site": "same-origin" };

function post(path: string, body: object, headers: Record<string, string>): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

async function cookieFor(token: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await post("/api/session", { token }, headers);
  assert.equal(response.status, 200);
  return response.headers.get("set-cookie") ?? "";
}

test("signing in keeps the token where no script and no other site can use it", async () => {
  const cookie = await cookieFor(secrets.lead);
  for (const part of ["HttpOnly", "SameSite=Strict", "Path=/"]) assert.ok(cookie.includes(part));
  assert.ok(!cookie.includes("Secure"));
  const tls = await cookieFor(secrets.lead, { origin: "https://holdpoint.example.test" });
  assert.ok(tls.includes("; Secure"));
});

test("the cookie counts for requests of our own pages, and for no others", async () => {
  const cookie = (await cookieFor(secrets.reader)).split(";")[0] ?? "";
  const ask = (headers: Record<string, string>) =>
    fetch(`${server.url}/api/session`, { headers: { cookie, ...headers } });
  const mine = await ask(SAME);
  assert.deepEqual(await mine.json(), { person: "reader@example.test", may: "read" });
  for (const site of ["cross-site", "same-site", "none"]) {
    assert.equal((await ask({ "sec-fetch-site": site })).status, 401, site);
  }
  assert.equal((await ask({})).status, 401);
});

test("a token in the header wins over the cookie, even one that is not known", async () => {
  const cookie = (await cookieFor(secrets.lead)).split(";")[0] ?? "";
  const headers = { ...SAME, cookie, authorization: `Bearer ${"x".repeat(40)}` };
  assert.equal((await fetch(`${server.url}/api/session`, { headers })).status, 401);
});

test("an act by cookie still wants its key, and is done as the cookie's person", async () => {
  const cookie = (await cookieFor(secrets.qa)).split(";")[0] ?? "";
  const without = await post("/api/releases", {}, { ...SAME, cookie });
  assert.equal(await codeOf(without), "key-missing");
  const acted = await post(
    "/api/releases",
    {},
    { ...SAME, cookie, "idempotency-key": "by-cookie" },
  );
  assert.equal(acted.status, 201);
  assert.equal(((await acted.json()) as { requester: string }).requester, "qa@example.test");
});

test("signing in with what is no token is refused and leaves no cookie", async () => {
  for (const token of ["x".repeat(46), secrets.revoked, `${"x".repeat(20)};Path=/`]) {
    const response = await post("/api/session", { token }, {});
    assert.equal(response.status, 401);
    assert.equal(response.headers.get("set-cookie"), null);
  }
});

test("a token for pushing samples signs nobody in", async () => {
  const response = await post("/api/session", { token: secrets.pusher }, {});
  assert.equal(response.status, 403);
  assert.equal(response.headers.get("set-cookie"), null);
});

test("signing out forgets the cookie; revoking the token ends every session at once", async () => {
  const { id, secret } = newToken("leaver@example.test", "act");
  const cookie = (await cookieFor(secret)).split(";")[0] ?? "";
  const out = await post("/api/session/end", {}, { ...SAME, cookie });
  assert.match(out.headers.get("set-cookie") ?? "", /Max-Age=0/);
  tokens.revoke(id, 5);
  assert.equal((await post("/api/session/end", {}, { ...SAME, cookie })).status, 401);
});
