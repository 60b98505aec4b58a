import assert from "node:assert/strict";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { channelSuite, MESSAGE } from "./channel.suite.ts";
import { webhookChannel } from "./webhook.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver that answers as told; `null` ends the connection after it has read the message. */
async function receiver(answers: (count: number) => number | null = () => 204) {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      const status = answers(received.length);
      if (status === null) request.socket.destroy();
      else if (status > 0) response.writeHead(status, { location: "/elsewhere" }).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { received, url: `http://127.0.0.1:${port}/hook/T0PSECRET`, close };
}

const clock = () => 1_795_000_000_123;

channelSuite("webhook", async () => {
  const { received, url, close } = await receiver();
  const seen = () => new Map(received.map(({ headers, body }) => [headers["webhook-id"], body]));
  return {
    channel: webhookChannel({ url, secretFile: null, clock }),
    texts: async () => [...seen().values()],
    seesRepeats: true,
    close,
  };
});

test("webhook: the signature is that of standard webhooks, over id, timestamp and the very body", async () => {
  const { received, url, close } = await receiver();
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-webhook-"));
  const secret = randomBytes(32);
  writeFileSync(join(folder, "secret"), `whsec_${secret.toString("base64")}\n`);
  const channel = webhookChannel({ url, secretFile: join(folder, "secret"), clock });
  await channel.send("shop-1.4.0/tell/1-stable", MESSAGE);
  const [{ headers, body } = { headers: {}, body: "" }] = received;
  assert.equal(headers["webhook-timestamp"], "1795000000");
  assert.equal(headers["content-type"], "application/json");
  assert.doesNotMatch(String(headers["webhook-id"]), /\./);
  const content = [headers["webhook-id"], headers["webhook-timestamp"], body].join(".");
  const expected = createHmac("sha256", secret).update(content, "utf8").digest();
  const [version, given = ""] = String(headers["webhook-signature"]).split(",");
  assert.equal(version, "v1");
  assert.ok(timingSafeEqual(Buffer.from(given, "base64"), expected));
  const read = JSON.parse(body);
  assert.equal(read.type, "release.stable");
  assert.match(read.text, /because a &lt; b &amp; c/);
  assert.match(read.data.body, /because a < b & c/);
  rmSync(folder, { recursive: true });
  await close();
});

test("webhook: a receiver that is killed again and again gets each message under one id", async () => {
  const { received, url, close } = await receiver((count) => (count % 3 === 0 ? 204 : null));
  const channel = webhookChannel({ url, secretFile: null, clock });
  for (let message = 0; message < 10; message += 1) {
    for (let tries = 0; tries < 3; tries += 1) {
      const sent = channel.send(`r/tell/${message}`, MESSAGE);
      if (tries < 2) await assert.rejects(sent, /did not answer/);
      else assert.equal((await sent).outcome, "done");
    }
  }
  assert.equal(received.length, 30);
  assert.equal(new Set(received.map(({ headers }) => headers["webhook-id"])).size, 10);
  await close();
});

test("webhook: 410 is failed for good; 500, 429 and a redirect are asked again and not followed", async () => {
  for (const status of [500, 429, 302, 404]) {
    const { received, url, close } = await receiver(() => status);
    const channel = webhookChannel({ url, secretFile: null, clock });
    await assert.rejects(channel.send("k", MESSAGE), new RegExp(`answered ${status}`));
    assert.equal(received.length, 1);
    await close();
  }
  const gone = await receiver(() => 410);
  const channel = webhookChannel({ url: gone.url, secretFile: null, clock });
  assert.equal((await channel.send("k", MESSAGE)).outcome, "failed");
  await gone.close();
});

test("webhook: a receiver that does not answer in time is asked again", async () => {
  const { url, close } = await receiver(() => 0);
  const channel = webhookChannel({ url, secretFile: null, clock, timeout: 50 });
  await assert.rejects(channel.send("k", MESSAGE), /did not answer \(TimeoutError\)/);
  await close();
});

test("webhook: neither the address's path nor its credentials are told; credentials go into a header", async () => {
  const { received, url, close } = await receiver(() => 500);
  const secretUrl = url.replace("http://", "http://robot:hunter2@");
  const channel = webhookChannel({ url: secretUrl, secretFile: null, clock });
  const told = await channel.send("k", MESSAGE).catch((error: Error) => error.stack ?? "");
  assert.doesNotMatch(String(told), /hunter2|T0PSECRET/);
  const expected = `Basic ${Buffer.from("robot:hunter2").toString("base64")}`;
  assert.equal(received[0]?.headers.authorization, expected);
  await close();
  const dead = await channel.send("k", MESSAGE).catch((error: Error) => error.stack ?? "");
  assert.match(String(dead), /ECONNREFUSED/);
  assert.doesNotMatch(String(dead), /hunter2|T0PSECRET/);
});
