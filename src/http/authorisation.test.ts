import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
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

for (const id of OPERATIONS) {
  const { method, path, permission } = route(id);
  test(`authorisation of ${id} (${permission}): each kind of token is let in or not, as the route says`, async () => {
    const outcomes: Record<string, number> = {};
    for (const [who, token] of Object.entries({ none: "", unknown: "x".repeat(46), ...secrets })) {
      const stop = new AbortController();
      const response = await fetch(
        `${server.url}${path.replace("{release}", "shop-9.9.9").replace("{environment}", "production")}`,
        {
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
        },
      );
      outcomes[who] = response.status;
      await response.body?.cancel();
      stop.abort();
    }
    // Signing in is open to all, and then says itself that there is no such token.
    const stranger = permission === "public" && id !== "signIn" ? 200 : 401;
    for (const who of ["none", "unknown", "revoked"]) assert.equal(outcomes[who], stranger, who);
    if (permission === "act" || permission === "push") assert.equal(outcomes["reader"], 403);
    else if (id !== "signIn") assert.ok(![401, 403].includes(outcomes["reader"] ?? 401));
    if (permission === "push") assert.ok(![401, 403].includes(outcomes["pusher"] ?? 401));
    else if (permission !== "public") assert.equal(outcomes["pusher"], 403);
    if (id !== "signIn") assert.ok(![401, 403].includes(outcomes["lead"] ?? 401));
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
