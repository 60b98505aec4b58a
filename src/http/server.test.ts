import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { type OperationId, ROUTES } from "#api/routes.ts";
import { fakeDesk } from "#app/desk.fake.ts";
import { codeOf, RELEASE, startServer } from "./server.fixture.ts";
import { serve } from "./server.ts";
import { openTokens } from "./tokens.ts";

const { folder, tokens, complaints, secrets, fake, server, get, post } = await startServer();

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

test("AM-22: metrics are Prometheus text whose labels name no release and no person", async () => {
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
    ["readLog", "/api/log?before=3&limit=1"],
    ["readPolicy", "/api/policy"],
    ["listPolicies", "/api/policies"],
    ["verify", "/api/verify"],
    ["readDocument", "/api/openapi.json"],
  ];
  for (const [id, path] of asked) {
    const body: unknown = await (await get(path)).json();
    const shape = ROUTES[id].answer as { parse: (value: unknown) => unknown };
    assert.deepEqual(shape.parse(body), body, `${id} says neither more nor less than its schema`);
  }
});

test("the journal is read from its end back, without a gap, to its beginning", async () => {
  await post("/api/releases", {});
  const whole = (await (await get("/api/log?limit=1000")).json()) as Log;
  assert.ok(whole.entries.length > 3, "more than one page of them");
  const back: number[] = [];
  for (let before: number | null = 999_999_999_999_999; before !== null; ) {
    const page = (await (await get(`/api/log?limit=3&before=${before}`)).json()) as Log;
    assert.ok(page.entries.length <= 3);
    back.unshift(...page.entries.map(({ position }) => position));
    before = page.next;
  }
  assert.deepEqual(
    back,
    whole.entries.map(({ position }) => position),
  );
  const none = (await (await get("/api/log?before=1")).json()) as Log;
  assert.deepEqual(none, { entries: [], next: null });
});

interface Log {
  readonly entries: readonly { readonly position: number }[];
  readonly next: number | null;
}

test("a release is rehearsed as it would be planned, as often as one likes, and nothing is recorded", async () => {
  const before = fake.recorded();
  const ask = async () => {
    const response = await post("/api/rehearsal", {});
    assert.equal(response.status, 200);
    return await response.json();
  };
  const told = ROUTES.rehearse.answer.parse(await ask());
  assert.equal(told.whole, true);
  assert.equal(told.end?.how, "stable");
  await ask();
  assert.equal(fake.recorded(), before);
});

test("policies are compared by their digests; one that no release has is refused by name", async () => {
  const digest = "0".repeat(64);
  const response = await get(`/api/policies/diff?was=${digest}&is=${digest}`);
  assert.equal(await codeOf(response), "no-policy-version");
  for (const query of ["was=x&is=x", `was=${digest}`, `was=${digest}&is=${digest}&replay=51`])
    assert.equal(await codeOf(await get(`/api/policies/diff?${query}`)), "bad-request");
});

test("the policy in force is told with its text, its digest, its findings and the document it stands for", async () => {
  // biome-ignore lint/suspicious/noExplicitAny: the schema of the answer is proved above
  const body: any = JSON.parse(await (await get("/api/policy")).text());
  assert.match(body.text, /"system":"Shop"/);
  assert.match(body.digest, /^[0-9a-f]{64}$/);
  assert.deepEqual(
    body.findings.map(({ code, severity, line }: Record<string, unknown>) => [
      code,
      severity,
      line,
    ]),
    [["owners", "warning", 1]],
  );
  assert.match(body.markdown, /^# How Shop is released\n/);
  const anyone = await fetch(`${server.url}/api/policy`);
  assert.equal(anyone.status, 401);
});

test("a bug is told to the log under a reference, and to the asker by that only", async () => {
  const broken = fakeDesk();
  const holdpoint = {
    ...broken.holdpoint,
    desk: { ...broken.desk, status: () => Promise.reject(new Error("M4RKED")) },
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
  assert.doesNotMatch(text, /M4RKED/);
  const reference = /Look for ([0-9a-f-]{36})/.exec(text)?.[1] ?? "none";
  assert.ok(complaints.some((line) => line.includes(reference) && line.includes("M4RKED")));
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
