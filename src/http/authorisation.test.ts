import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Route } from "#api/route.ts";
import { OPERATIONS, type OperationId, route } from "#api/routes.ts";
import { RELEASE, startServer } from "./server.fixture.ts";
import { openTokens } from "./tokens.ts";

const { server, secrets, newToken, tokens, get, post, folder } = await startServer();

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

const BODIES: Partial<Record<OperationId, object>> = {
  approve: { gate: "none" },
  tick: { gate: "none", item: "none" },
  waive: { gate: "none", reason: "test" },
  rollback: { reason: "test" },
  abort: { reason: "" },
  unfreeze: { reason: "test" },
  settle: { done: true, reason: "test" },
  signIn: { token: "of-nobody-at-all" },
};

/** The status that each kind of token meets; `in` is any but 401 and 403. */
const LETS_IN: Record<Route["permission"], Record<string, number | "in">> = {
  public: { none: 200, unknown: 200, revoked: 200, reader: "in", pusher: "in", lead: "in" },
  read: { none: 401, unknown: 401, revoked: 401, reader: "in", pusher: 403, lead: "in" },
  act: { none: 401, unknown: 401, revoked: 401, reader: 403, pusher: 403, lead: "in" },
  push: { none: 401, unknown: 401, revoked: 401, reader: 403, pusher: "in", lead: "in" },
};

for (const id of OPERATIONS) {
  const { permission } = route(id);
  test(`authorisation of ${id} (${permission}): each kind of token is let in or not, as the route says`, async () => {
    for (const [who, wanted] of Object.entries(LETS_IN[permission])) {
      const status = await statusFor(id, who);
      // Signing in is open to all, and then says itself that there is no such token.
      if (id === "signIn") assert.equal(status, 401, who);
      else if (wanted === "in") assert.ok(![401, 403].includes(status), `${who}: ${status}`);
      else assert.equal(status, wanted, who);
    }
  });
}

/** What somebody with a kind of token gets for a request that is whole but for what it speaks of. */
async function statusFor(id: OperationId, who: string): Promise<number> {
  const { method, path } = route(id);
  const known: Record<string, string> = { unknown: "x".repeat(46), ...secrets };
  const token = known[who];
  const stop = new AbortController();
  const address = path
    .replace("{release}", "shop-9.9.9")
    .replace("{environment}", "production")
    .replace("{incident}", "incident-1");
  const response = await fetch(`${server.url}${address}`, {
    method: method.toUpperCase(),
    signal: stop.signal,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(method === "post" && {
        "content-type": "application/json",
        "idempotency-key": `matrix-${id}-${who}`,
      }),
    },
    ...(method === "post" && { body: JSON.stringify(BODIES[id] ?? {}) }),
  });
  await response.body?.cancel();
  stop.abort();
  return response.status;
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
