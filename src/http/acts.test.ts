import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, RELEASE, startServer } from "./server.fixture.ts";

const { fake, secrets, get, post } = await startServer();

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

test("of two who press at once on what both have read, one acts and the other is told", async () => {
  const read = await get(`/api/releases/${RELEASE}`);
  const headers = { "if-match": read.headers.get("etag") ?? "" };
  const both = await Promise.all(
    ["press-1", "press-2"].map((key) =>
      post(
        `/api/releases/${RELEASE}/revise`,
        {},
        { headers: { ...headers, "idempotency-key": key } },
      ),
    ),
  );
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 412]);
});

test("an act repeated under its key is answered, though the release has changed by it", async () => {
  const read = await get(`/api/releases/${RELEASE}`);
  const headers = { "if-match": read.headers.get("etag") ?? "", "idempotency-key": "press-again" };
  const path = `/api/releases/${RELEASE}/revise`;
  const [first, again] = [await post(path, {}, { headers }), await post(path, {}, { headers })];
  assert.deepEqual([first.status, again.status], [200, 200]);
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

test("a version that is not out cannot be withdrawn, and never by one whom the policy does not name", async () => {
  const path = `/api/releases/${RELEASE}/withdraw`;
  const early = await post(path, { reason: "loses carts" });
  assert.deepEqual([early.status, await codeOf(early)], [409, "not-out"]);
  const denied = await post(path, { reason: "loses carts" }, { token: secrets.qa });
  assert.deepEqual([denied.status, await codeOf(denied)], [403, "not-allowed"]);
  const silent = await post(path, {});
  assert.deepEqual([silent.status, await codeOf(silent)], [400, "bad-request"]);
});
