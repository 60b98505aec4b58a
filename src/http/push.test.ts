import assert from "node:assert/strict";
import { test } from "node:test";
import { pushedSource } from "#adapters/samples/pushed.ts";
import { DAY, MINUTE, SECOND } from "#core/base/time.ts";
import { codeOf, startServer } from "./server.fixture.ts";

const { server, newToken, secrets, fake } = await startServer();
const { secret: pusher } = newToken("metrics@example.test", "push");
const PATH = "/api/environments/production/samples";
const now = Math.floor(Date.now() / SECOND) * SECOND;
const sample = (more: object = {}) => ({
  ...{ arm: "canary", at: now, requests: 10, errors: 1, latency: [[100, 9]] },
  ...more,
});

/** Pushes without any Idempotency-Key: the moment of a version is the key. */
const push = (samples: readonly object[], token = pusher, path = PATH) =>
  fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ samples }),
  });
const fresh = async (samples: readonly object[]) => {
  const response = await push(samples);
  assert.equal(response.status, 200);
  return ((await response.json()) as { fresh: number }).fresh;
};
const totals = (environment: string) =>
  pushedSource({
    config: { within: 30 * SECOND },
    measures: fake.holdpoint.store.measures,
    now: () => now,
  }).totals({ environment, release: "r", version: "1", commit: "c", services: {} });

test("what is pushed counts once for each environment, version and moment, in whatever order", async () => {
  assert.equal(await fresh([sample({ at: now - 5000 }), sample(), sample()]), 2);
  assert.equal(await fresh([sample({ requests: 99, errors: 99 }), sample({ at: now - 9000 })]), 1);
  const { canary, baseline } = await totals("production");
  assert.deepEqual([canary?.requests, canary?.errors, baseline], [30, 3, null]);
  assert.deepEqual((await totals("staging")).canary, null);
});

test("a version that nothing was pushed of lately is not measured", async () => {
  const path = "/api/environments/old/samples";
  assert.equal((await push([sample({ at: now - 31 * SECOND })], pusher, path)).status, 200);
  assert.equal((await totals("old")).canary, null);
});

test("a token for pushing pushes and does nothing else; one for reading does not push", async () => {
  const get = await fetch(`${server.url}/api/releases`, {
    headers: { authorization: `Bearer ${pusher}` },
  });
  assert.equal(get.status, 403);
  assert.equal(await codeOf(await push([sample()], secrets.reader)), "not-permitted");
  assert.equal((await push([sample()], secrets.lead)).status, 200);
});

test("moments that no right clock would push are refused, and with them the whole push", async () => {
  const path = "/api/environments/skewed/samples";
  for (const at of [Date.now() + 2 * MINUTE, Date.now() - DAY - MINUTE]) {
    const response = await push([sample(), sample({ at })], pusher, path);
    assert.deepEqual([response.status, await codeOf(response)], [422, "bad-moment"]);
  }
  assert.equal((await totals("skewed")).canary, null);
});

test("counts that cannot be true, and shapes that are not ours, are refused with their place", async () => {
  const wrong: readonly object[] = [
    { errors: 11 },
    { requests: -1 },
    { latency: [[100, 11]] },
    {
      latency: [
        [5, 1],
        [4, 1],
      ],
    },
    { latency: [[1e9, 1]] },
    { dbErrors: 1 },
    { cacheHits: 11 },
    { arm: "both" },
    { at: 1.5 },
    { surprise: true },
  ];
  for (const more of wrong) {
    const response = await push([sample(more)]);
    assert.deepEqual(
      [response.status, await codeOf(response)],
      [400, "bad-request"],
      JSON.stringify(more),
    );
  }
  assert.equal(
    await codeOf(await push(Array.from({ length: 501 }, () => sample()))),
    "bad-request",
  );
  assert.equal((await push([sample()], pusher, "/api/environments/No_Name/samples")).status, 404);
});
