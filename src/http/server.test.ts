import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { OPERATIONS, type OperationId, ROUTES, route } from "#api/routes.ts";
import { type FakeDesk, fakeDesk } from "#app/desk.fake.ts";
import { type Serving, serve } from "./server.ts";
import { openTokens, type Tokens } from "./tokens.ts";

const RELEASE = "shop-1.4.0";
let folder: string;
let fake: FakeDesk;
let tokens: Tokens;
let server: Serving;
const secrets = { lead: "", reader: "", qa: "", revoked: "" };
const complaints: string[] = [];

function newToken(person: string, may: "read" | "act"): { id: string; secret: string } {
  const added = tokens.add({ person, may, now: 1 });
  assert.ok(added.ok);
  return { id: added.value.token.id, secret: added.value.secret };
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "holdpoint-http-"));
  tokens = openTokens(folder);
  secrets.lead = newToken("lead@example.test", "act").secret;
  secrets.qa = newToken("qa@example.test", "act").secret;
  secrets.reader = newToken("reader@example.test", "read").secret;
  const revoked = newToken("gone@example.test", "act");
  secrets.revoked = revoked.secret;
  assert.ok(tokens.revoke(revoked.id, 2).ok);
  fake = fakeDesk();
  server = await serve({
    holdpoint: fake.holdpoint,
    tokens,
    listen: { host: "127.0.0.1", port: 0 },
    complain: (line) => complaints.push(line),
    heartbeat: 50,
  });
  await fake.desk.release({ by: "lead@example.test" });
});

after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const post = (
  path: string,
  body: unknown,
  { token = secrets.lead, headers = {} }: { token?: string; headers?: Record<string, string> } = {},
) =>
  fetch(`${server.url}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "idempotency-key": randomUUID(),
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, {
    headers: { authorization: `Bearer ${secrets.lead}`, ...headers },
  });
async function codeOf(response: Response): Promise<string> {
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  return ((await response.json()) as { code: string }).code;
}

const BODIES: Partial<Record<OperationId, object>> = {
  approve: { gate: "none" },
  tick: { gate: "none", item: "none" },
  waive: { gate: "none", reason: "test" },
  rollback: { reason: "test" },
  abort: { reason: "" },
  settle: { done: true, reason: "test" },
};

for (const id of OPERATIONS) {
  const { method, path, permission } = route(id);
  test(`authorisation of ${id} (${permission}): each kind of token is let in or not, as the route says`, async () => {
    const outcomes: Record<string, number> = {};
    for (const [who, token] of Object.entries({ none: "", unknown: "x".repeat(46), ...secrets })) {
      const stop = new AbortController();
      const response = await fetch(`${server.url}${path.replace("{release}", "shop-9.9.9")}`, {
        method: method.toUpperCase(),
        signal: stop.signal,
        headers: {
          ...(token !== "" && { authorization: `Bearer ${token}` }),
          ...(method === "post" && {
            "content-type": "application/json",
            "idempotency-key": `matrix-${id}-${who}`,
          }),
        },
        ...(method === "post" && { body: JSON.stringify(BODIES[id] ?? {}) }),
      });
      outcomes[who] = response.status;
      await response.body?.cancel();
      stop.abort();
    }
    const stranger = permission === "public" ? 200 : 401;
    for (const who of ["none", "unknown", "revoked"]) assert.equal(outcomes[who], stranger, who);
    if (permission === "act") assert.equal(outcomes["reader"], 403);
    else assert.ok(![401, 403].includes(outcomes["reader"] ?? 401));
    assert.ok(![401, 403].includes(outcomes["lead"] ?? 401));
  });
}

test("a token that is revoked is refused at once", async () => {
  const { id, secret } = newToken("leaver@example.test", "act");
  const ask = () => get("/api/releases", { authorization: `Bearer ${secret}` });
  assert.equal((await ask()).status, 200);
  tokens.revoke(id, 3);
  assert.equal((await ask()).status, 401);
});

test("people act only as themselves: `by` in a body is refused, and the journal names the token's person", async () => {
  const path = `/api/releases/${RELEASE}/tick`;
  const refused = await post(path, { gate: "list", item: "runbook", by: "qa@example.test" });
  assert.equal(refused.status, 400);
  assert.equal((await post(path, { gate: "list", item: "runbook" })).status, 200);
  const log = (await (await get(`/api/releases/${RELEASE}/log`)).json()) as {
    entries: { type: string; by: string }[];
  };
  const tick = log.entries.find(({ type }) => type === "ItemTicked");
  assert.equal(tick?.by, "lead@example.test");
});

test("a refusal of the engine is problem+json with its status, code and remedy", async () => {
  const response = await post(
    `/api/releases/${RELEASE}/approve`,
    { gate: "go-no-go" },
    { token: secrets.qa },
  );
  assert.equal(response.status, 403);
  const document = (await response.json()) as Record<string, unknown>;
  assert.equal(document["code"], "not-allowed");
  assert.equal(document["status"], 403);
  assert.match(String(document["detail"]), /qa@example\.test may not approve/);
  assert.notEqual(document["remedy"], "");
});

test("the same act under the same key is done once; another act under it is refused", async () => {
  const headers = { "idempotency-key": "once-1" };
  const first = await post("/api/releases", { type: "patch" }, { headers });
  const recorded = fake.recorded();
  assert.equal(first.status, 201);
  const again = await post("/api/releases", { type: "patch" }, { headers });
  assert.equal(again.status, 201);
  const [one, two] = [await first.json(), await again.json()] as { release: string }[];
  assert.equal(one?.release, two?.release);
  assert.equal(fake.recorded(), recorded);
  const other = await post("/api/releases", { incident: "INC-7" }, { headers });
  assert.equal(other.status, 422);
  assert.equal(await codeOf(other), "key-reused");
  const someone = await post("/api/releases", {}, { headers, token: secrets.qa });
  assert.equal(someone.status, 201, "a key is bound to its person");
});

test("many times the same act at once records it once", async () => {
  const before = fake.releases();
  const headers = { "idempotency-key": "once-at-once" };
  const all = await Promise.all(
    Array.from({ length: 20 }, () => post("/api/releases", {}, { headers })),
  );
  assert.deepEqual(new Set(all.map(({ status }) => status)), new Set([201]));
  const names = await Promise.all(all.map((one) => one.json() as Promise<{ release: string }>));
  assert.equal(new Set(names.map(({ release }) => release)).size, 1);
  assert.equal(fake.releases() - before, 1);
});

test("a POST without an Idempotency-Key is refused", async () => {
  assert.equal(
    await codeOf(await post("/api/plan", {}, { headers: { "idempotency-key": "" } })),
    "key-missing",
  );
});

test("If-Match lets nobody act on what has changed since they read it", async () => {
  const read = await get(`/api/releases/${RELEASE}`);
  const etag = read.headers.get("etag") ?? "";
  assert.match(etag, /^"\d+-\d+"$/);
  assert.equal((await get(`/api/releases/${RELEASE}`)).headers.get("etag"), etag);
  const path = `/api/releases/${RELEASE}/revise`;
  const done = await post(path, {}, { headers: { "if-match": etag } });
  assert.equal(done.status, 200);
  assert.notEqual(done.headers.get("etag"), etag);
  const late = await post(path, {}, { headers: { "if-match": etag } });
  assert.equal(late.status, 412);
  assert.equal(await codeOf(late), "changed-meanwhile");
});

test("pages follow one another by cursor and show every release once", async () => {
  for (let count = 0; count < 5; count += 1) await fake.desk.release({ by: "lead@example.test" });
  const all = (await (await get("/api/releases?limit=1000")).json()) as {
    releases: { release: string }[];
  };
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const more: string = cursor === "" ? "" : `&cursor=${cursor}`;
    const page = (await (await get(`/api/releases?limit=2${more}`)).json()) as {
      releases: { release: string }[];
      next: string | null;
    };
    seen.push(...page.releases.map(({ release }) => release));
    cursor = page.next;
  }
  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual(
    seen,
    all.releases.map(({ release }) => release),
  );
});

test("a stream tells a release on each change under its position, and nothing twice to who comes back", async () => {
  const { release } = (await (await post("/api/releases", {})).json()) as { release: string };
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${secrets.reader}` };
  const stream = await fetch(`${server.url}/api/releases/${release}/stream`, {
    headers,
    signal: stop.signal,
  });
  assert.equal(stream.headers.get("content-type"), "text/event-stream");
  const next = readerOf(stream);
  const first = await next();
  assert.equal(first.report.release, release);
  await post(`/api/releases/${release}/tick`, { gate: "list", item: "runbook" });
  const second = await next();
  assert.ok(second.id > first.id);
  stop.abort();

  await post(`/api/releases/${release}/approve`, { gate: "go-no-go" });
  const again = new AbortController();
  const back = await fetch(`${server.url}/api/releases/${release}/stream`, {
    headers: { ...headers, "last-event-id": String(second.id) },
    signal: again.signal,
  });
  const third = await readerOf(back)();
  assert.ok(third.id > second.id);
  assert.equal(third.report.status, "working");
  again.abort();
});

test("a stream has a heartbeat, and ends when its token is revoked", async () => {
  const { id, secret } = newToken("watcher@example.test", "read");
  const response = await fetch(`${server.url}/api/releases/${RELEASE}/stream`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  let text = "";
  for await (const part of response.body ?? []) {
    text += Buffer.from(part).toString();
    if (text.includes(": alive")) tokens.revoke(id, 4);
  }
  assert.match(text, /: alive/);
});

/** Reads one event of a stream after the other. */
function readerOf(response: Response) {
  const reader = response.body?.getReader();
  let text = "";
  return async (): Promise<{ id: number; report: { release: string; status: string } }> => {
    for (;;) {
      const match = /id: (\d+)\nevent: release\ndata: (.*)\n\n/.exec(text);
      if (match?.[2] !== undefined) {
        text = text.slice(match.index + match[0].length);
        return { id: Number(match[1]), report: JSON.parse(match[2]) };
      }
      const part = await reader?.read();
      if (part === undefined || part.done) throw new Error(`the stream ended: ${text}`);
      text += Buffer.from(part.value).toString();
    }
  };
}

const HOSTILE: readonly (readonly [name: string, body: string, status: number, code: string])[] = [
  ["a depth bomb of arrays", "[".repeat(100_000), 400, "too-deep"],
  ["a depth bomb of objects", '{"a":'.repeat(2000), 400, "too-deep"],
  ["brackets in a string are no depth", `{"incident":"${"[".repeat(150)}"}`, 200, ""],
  ["__proto__ in a body", '{"__proto__":{"type":"patch"}}', 400, "bad-request"],
  ["constructor in a body", '{"constructor":{"prototype":{"x":1}}}', 400, "bad-request"],
  ["a body above the limit", `{"incident":"${"x".repeat(300_000)}"}`, 413, "too-large"],
  ["no JSON", "{", 400, "bad-json"],
  ["an array", "[]", 400, "bad-json"],
  ["nothing", "", 400, "bad-json"],
  ["null", "null", 400, "bad-json"],
  ["an unknown field", '{"typo":1}', 400, "bad-request"],
  ["a ref that would be an option of git", '{"ref":"--upload-pack=x"}', 400, "bad-request"],
  ["control characters", '{"incident":"a\\u001b[2J"}', 400, "bad-request"],
  ["a time beyond all time", '{"at":1e300}', 400, "bad-request"],
];
for (const [name, body, status, code] of HOSTILE) {
  test(`hostile body: ${name}`, async () => {
    const response = await post("/api/plan", body);
    assert.equal(response.status, status);
    if (code !== "") assert.equal(await codeOf(response), code);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  });
}

test("an error never says back what was sent", async () => {
  const response = await post("/api/plan", '{"M4RKED":"M4RKED","type":"M4RKED\\u0000"}');
  assert.equal(response.status, 400);
  assert.doesNotMatch(await response.text(), /M4RKED/);
});

test("only the exact media type is taken", async () => {
  for (const type of [
    "text/plain",
    "application/json;a",
    "application/json, text/plain",
    "application/x-www-form-urlencoded",
    "application/jsonx",
  ]) {
    const response = await post("/api/plan", "{}", { headers: { "content-type": type } });
    assert.equal(response.status, 415, type);
  }
  const zipped = await post("/api/plan", "{}", { headers: { "content-encoding": "gzip" } });
  assert.equal(zipped.status, 415);
  const utf8 = { "content-type": "application/json; charset=utf-8" };
  assert.equal((await post("/api/plan", "{}", { headers: utf8 })).status, 200);
});

/** A request as it is written, without a client that tidies its address. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((done, failed) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () => socket.end(text));
    socket.on("data", (part) => {
      answer += part;
    });
    socket.on("close", () => done(answer));
    socket.on("error", failed);
  });
}

test("tricks with addresses lead nowhere, whatever token comes with them", async () => {
  const tricks = [
    "//api/releases",
    "/api//releases",
    "/./api/releases",
    "/api/./releases",
    "/x/../api/releases",
    "/x/%2e%2e/api/releases",
    "/api%2freleases",
    "/api/releases;x=1",
    "/api/releases/",
    "/api/releases/..",
    "/api/releases/%00",
    "/api/releases\\x",
    "/API/releases",
    "/api/releases/a%20b",
    `http://127.0.0.1/api/releases`,
    "*",
  ];
  for (const path of tricks) {
    const answer = await raw(
      `GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${secrets.lead}\r\nconnection: close\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 40[04] /, path);
  }
});

test("what is no HTTP does not bring the server down", async () => {
  for (const text of [
    "\0\0\0",
    "GET / HTTP/9.9\r\n\r\n",
    `GET / HTTP/1.1\r\nx: ${"y".repeat(40_000)}\r\n\r\n`,
    "GET /api/releases HTTP/1.1\r\n\r\n",
    "POST /api/plan HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
  ]) {
    await raw(text).catch(() => {});
  }
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
});

test("an address knows its methods, and says so", async () => {
  const response = await fetch(`${server.url}/api/releases`, { method: "DELETE" });
  assert.equal(response.status, 405);
  assert.equal(response.headers.get("allow"), "GET, POST");
  assert.equal(await codeOf(response), "bad-method");
});

test("every answer forbids keeping, framing and guessing", async () => {
  for (const response of [
    await get("/api/releases"),
    await get("/nowhere"),
    await fetch(`${server.url}/healthz`),
  ]) {
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'none'/);
    await response.body?.cancel();
  }
});

test("metrics are Prometheus text whose labels name no release and no person", async () => {
  const text = await (await get("/metrics")).text();
  assert.match(text, /^holdpoint_releases\{status="held"\} \d+$/m);
  assert.match(text, /^holdpoint_http_answers_total\{class="4xx"\} [1-9]\d*$/m);
  assert.match(text, /^holdpoint_journal_position [1-9]\d*$/m);
  assert.doesNotMatch(text, /shop|example\.test/);
});

test("every answer fits the schema that the API promises for it", async () => {
  const asked: [OperationId, string][] = [
    ["listReleases", "/api/releases"],
    ["readRelease", `/api/releases/${RELEASE}`],
    ["readReleaseLog", `/api/releases/${RELEASE}/log`],
    ["readLog", "/api/log?limit=3"],
    ["verify", "/api/verify"],
    ["readDocument", "/api/openapi.json"],
  ];
  for (const [id, path] of asked) {
    const body: unknown = await (await get(path)).json();
    const shape = ROUTES[id].answer as { parse: (value: unknown) => unknown };
    assert.deepEqual(shape.parse(body), body, `${id} says neither more nor less than its schema`);
  }
});

test("a bug is told to the log under a reference, and to the asker by that only", async () => {
  const broken = fakeDesk();
  const holdpoint = {
    ...broken.holdpoint,
    desk: { ...broken.desk, status: () => Promise.reject(new Error("the secret is 42")) },
  };
  const listen = { host: "127.0.0.1", port: 0 };
  const other = await serve({
    holdpoint,
    tokens,
    listen,
    complain: (line) => complaints.push(line),
  });
  const response = await fetch(`${other.url}/api/releases/${RELEASE}`, {
    headers: { authorization: `Bearer ${secrets.lead}` },
  });
  assert.equal(response.status, 500);
  const text = await response.text();
  assert.doesNotMatch(text, /42/);
  const reference = /Look for ([0-9a-f-]{36})/.exec(text)?.[1] ?? "none";
  assert.ok(complaints.some((line) => line.includes(reference) && line.includes("42")));
  await other.stop();
});

test("a port that is taken, and a server open to others without tokens, are each one clear sentence", async () => {
  const { port } = new URL(server.url);
  const parts = { holdpoint: fake.holdpoint, tokens, complain: () => {} };
  const taken = serve({ ...parts, listen: { host: "127.0.0.1", port: Number(port) } });
  await assert.rejects(taken, /Another program listens on 127\.0\.0\.1/);
  const none = openTokens(join(folder, "empty"));
  const open = serve({ ...parts, tokens: none, listen: { host: "0.0.0.0", port: 0 } });
  await assert.rejects(open, /needs tokens/);
});

test("a damaged file of tokens lets nobody in", async () => {
  const damaged = join(folder, "damaged");
  const own = openTokens(damaged);
  const added = own.add({ person: "lead@example.test", may: "act", now: 1 });
  assert.ok(added.ok);
  assert.ok(own.bearer(added.value.secret));
  writeFileSync(join(damaged, "tokens.json"), '{"tokens":[{}]}');
  assert.equal(own.bearer(added.value.secret), null);
  assert.equal(own.list().ok, false);
});
