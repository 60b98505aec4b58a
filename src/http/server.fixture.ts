// A real server on a desk in memory, with people's tokens, for tests.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fakeDesk } from "#app/desk.fake.ts";
import { serve } from "./server.ts";
import { openTokens } from "./tokens.ts";

export const RELEASE = "shop-1.4.0";

/** Starts it for the file that asks, and ends it after its tests. */
export async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-http-"));
  const tokens = openTokens(folder);
  const complaints: string[] = [];
  const newToken = (
    person: string,
    may: "read" | "act" | "push",
  ): { id: string; secret: string } => {
    const added = tokens.add({ person, may, now: 1 });
    assert.ok(added.ok);
    return { id: added.value.token.id, secret: added.value.secret };
  };
  const gone = newToken("gone@example.test", "act");
  const secrets = {
    lead: newToken("lead@example.test", "act").secret,
    qa: newToken("qa@example.test", "act").secret,
    reader: newToken("reader@example.test", "read").secret,
    pusher: newToken("metrics@example.test", "push").secret,
    revoked: gone.secret,
  };
  assert.ok(tokens.revoke(gone.id, 2).ok);
  const fake = fakeDesk();
  const server = await serve({
    holdpoint: fake.holdpoint,
    tokens,
    listen: { host: "127.0.0.1", port: 0 },
    complain: (line) => complaints.push(line),
    heartbeat: 50,
  });
  await fake.desk.release({ by: "lead@example.test" });
  after(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  const post = (
    path: string,
    body: unknown,
    {
      token = secrets.lead,
      headers = {},
    }: { token?: string; headers?: Record<string, string> } = {},
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
  return { folder, tokens, complaints, newToken, secrets, fake, server, post, get };
}

/** The code of a problem document. */
export async function codeOf(response: Response): Promise<string> {
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  return ((await response.json()) as { code: string }).code;
}
