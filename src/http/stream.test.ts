import assert from "node:assert/strict";
import { test } from "node:test";
import { RELEASE, startServer } from "./server.fixture.ts";

const { server, secrets, newToken, tokens, post } = await startServer();

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
      const match = /id: (\d+)\nevent: (?:release|row)\ndata: (.*)\n\n/.exec(text);
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

test("the board's stream tells each row that changes, from now on or from where its listener left", async () => {
  const headers = { authorization: `Bearer ${secrets.reader}` };
  const stop = new AbortController();
  const stream = await fetch(`${server.url}/api/stream`, { headers, signal: stop.signal });
  const next = readerOf(stream);
  const { release } = (await (await post("/api/releases", {})).json()) as { release: string };
  const first = await next();
  assert.equal(first.report.release, release);
  stop.abort();

  await post(`/api/releases/${release}/tick`, { gate: "list", item: "runbook" });
  const again = new AbortController();
  const back = await fetch(`${server.url}/api/stream`, {
    headers: { ...headers, "last-event-id": String(first.id) },
    signal: again.signal,
  });
  const second = await readerOf(back)();
  assert.equal(second.report.release, release);
  assert.ok(second.id > first.id);
  again.abort();
});

test("a stream says first which run of the server speaks, the same to everyone", async () => {
  const hello = async (path: string) => {
    const headers = { authorization: `Bearer ${secrets.reader}` };
    const response = await fetch(`${server.url}${path}`, { headers });
    let text = "";
    for await (const part of response.body ?? []) {
      text += Buffer.from(part).toString();
      if (text.includes("\n\n")) break;
    }
    return /event: hello\ndata: \{"server":"([0-9a-f-]{36})"\}\n\n/.exec(text)?.[1];
  };
  const run = await hello("/api/stream");
  assert.ok(run);
  assert.equal(await hello(`/api/releases/${RELEASE}/stream`), run);
});
