import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { type AddressInfo, connect, createServer as createNetServer } from "node:net";
import { after, test } from "node:test";
import {
  closeRouters,
  says,
  service,
  startRouter,
  until,
} from "../../../test/traffic/router-world.ts";

after(closeRouters);

test("a kept connection that is closed just then costs readers nothing, and writers are never repeated", async () => {
  const served = new WeakSet();
  const writes: string[] = [];
  const { port } = await service((asked, answer) => {
    if (asked.method === "POST") writes.push(asked.url ?? "");
    if (served.has(asked.socket)) asked.socket.destroy();
    else says("1")(asked, answer);
    served.add(asked.socket);
  });
  const router = await startRouter();
  const { ports } = await router.put({ web: [["1", port, 10_000]] });
  const url = `http://127.0.0.1:${ports["web"]}/`;
  for (let round = 0; round < 10; round++) assert.equal((await fetch(url)).status, 200);
  const post = await fetch(`${url}write`, { method: "POST", body: "once" });
  assert.equal(post.status, 502);
  assert.deepEqual(writes, ["/write"]);
  const tally = (await router.state()).services["web"]?.[0]?.tally;
  assert.deepEqual([tally?.requests, tally?.errors], [11, 1]);
});

test("bodies stream both ways, however long", async () => {
  const { port } = await service(says("1"));
  const router = await startRouter();
  const { ports } = await router.put({ web: [["1", port, 10_000]] });
  const asked = request({ port: ports["web"], host: "127.0.0.1", method: "POST" });
  asked.write("first");
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  assert.equal(String((await once(answer, "data"))[0]), "first");
  let size = 0;
  answer.on("data", (bytes: Buffer) => {
    size += bytes.length;
  });
  for (let i = 0; i < 200; i++) asked.write(Buffer.alloc(64 * 1024));
  asked.end();
  await once(answer, "end");
  assert.equal(size, 200 * 64 * 1024);
});

test("headers of the connection stay behind, and a client cannot name the router's own ones away", async () => {
  const { port } = await service((asked, answer) => {
    answer.writeHead(200, { connection: "x-inner, keep-alive", "x-inner": "1", "x-outer": "2" });
    answer.end(JSON.stringify(asked.headers));
  });
  const router = await startRouter();
  const { ports } = await router.put({ web: [["1", port, 10_000]] });
  const answer = await raw(
    ports["web"] ?? 0,
    ...[
      "POST /a HTTP/1.1",
      "Host: shop.example.test",
      "X-Forwarded-For: 203.0.113.9",
      "X-Mine: gone",
      "X-Kept: yes",
    ],
    ...[
      "Keep-Alive: timeout=9",
      "Proxy-Authorization: Basic eA==",
      "TE: trailers",
      "Content-Length: 2",
    ],
    ...[
      "Connection: close, x-mine, x-forwarded-for, X-Forwarded-Proto, content-length, host",
      "",
      "{}",
    ],
  );
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  const seen = JSON.parse(body.slice(body.indexOf("{"), body.lastIndexOf("}") + 1)) as Record<
    string,
    string
  >;
  assert.equal(seen["x-forwarded-for"], "127.0.0.1");
  assert.equal(seen["x-forwarded-proto"], "http");
  assert.equal(seen["x-forwarded-host"], "shop.example.test");
  assert.equal(seen["host"], "shop.example.test");
  assert.equal(seen["content-length"], "2");
  assert.equal(seen["x-kept"], "yes");
  for (const name of ["x-mine", "keep-alive", "proxy-authorization", "te"])
    assert.equal(seen[name], undefined, name);
  assert.match(head, /x-outer: 2/i);
  assert.doesNotMatch(head, /x-inner/i);
});

test("another protocol than WebSocket that is asked for is not spoken, and the request is answered", async () => {
  const { port } = await service(says("1"));
  const router = await startRouter();
  const { ports } = await router.put({ web: [["1", port, 10_000]] });
  const answer = await raw(
    ports["web"] ?? 0,
    ...["GET / HTTP/1.1", "Host: x", "Connection: close, Upgrade, HTTP2-Settings"],
    ...["Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__", "", ""],
  );
  assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
  assert.match(answer, /x-version: 1/);
});

test("a request whose length is in doubt is refused before any service sees it", async () => {
  let seen = 0;
  const { port } = await service((_, answer) => {
    seen++;
    answer.end();
  });
  const router = await startRouter();
  const { ports } = await router.put({ web: [["1", port, 10_000]] });
  const hidden = ["GET /hidden HTTP/1.1", "Host: x", "", ""];
  const cases = [
    ["Content-Length: 5", "Transfer-Encoding: chunked", "", "0", "", ...hidden],
    ["Transfer-Encoding: chunked", "Content-Length: 5", "", "0", "", ...hidden],
    ["Content-Length: 5", "Content-Length: 6", "", "hello", ...hidden],
    ["Content-Length: +5", "", "hello", ...hidden],
    ["Transfer-Encoding: xchunked", "", "0", "", ...hidden],
    ["Transfer-Encoding : chunked", "", "0", "", ...hidden],
    ["X: a\rb", "", ...hidden],
  ];
  for (const lines of cases) {
    const answer = await raw(ports["web"] ?? 0, "POST / HTTP/1.1", "Host: x", ...lines);
    assert.match(answer, /^HTTP\/1\.1 400 /, JSON.stringify(lines));
    assert.equal(answer.match(/HTTP\/1\.1/g)?.length, 1);
  }
  assert.equal(seen, 0);
});

test("a WebSocket is passed through to one version", async () => {
  const { port, server } = await service(says("1"));
  server.on("upgrade", (_, socket, head) => {
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nx-a: b\r\n\r\n",
    );
    socket.write(`early:${head}`);
    socket.on("data", (bytes) => socket.write(`echo:${bytes}`));
    socket.on("end", () => socket.end());
  });
  const router = await startRouter();
  const { ports } = await router.put({ web: [["1", port, 10_000]] });
  const socket = connect(ports["web"] ?? 0, "127.0.0.1");
  let got = "";
  socket.on("data", (bytes) => {
    got += bytes;
  });
  socket.write(
    "GET /chat HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n",
  );
  await until(() => (got.includes("early:") ? true : null));
  socket.write("ping");
  await until(() => (got.includes("echo:ping") ? true : null));
  assert.match(got, /^HTTP\/1\.1 101 .*\r\n/);
  assert.match(got, /x-a: b\r\n/);
  assert.equal((await router.state()).services["web"]?.[0]?.active, 1);
  socket.end();
  await once(socket, "close");
  await until(async () =>
    (await router.state()).services["web"]?.[0]?.active === 0 ? true : null,
  );
});

test("an answer with a head that cannot be passed on is an error of the service", async () => {
  const odd = createNetServer((socket) => {
    socket.once("data", () => socket.end("HTTP/1.1 099 Odd\r\ncontent-length: 2\r\n\r\nok"));
    socket.on("error", () => undefined);
  }).listen(0, "127.0.0.1");
  await once(odd, "listening");
  const router = await startRouter();
  const { ports } = await router.put({ web: [["1", (odd.address() as AddressInfo).port, 10_000]] });
  const response = await fetch(`http://127.0.0.1:${ports["web"]}/`);
  assert.equal(response.status, 502);
  const tally = (await router.state()).services["web"]?.[0]?.tally;
  assert.deepEqual([tally?.requests, tally?.errors], [1, 1]);
  odd.close();
});

/** One request as bytes on a connection of its own; answers all that came back. */
async function raw(port: number, ...lines: string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let got = "";
  socket.on("data", (bytes) => {
    got += bytes;
  });
  socket.write(lines.join("\r\n"));
  await once(socket, "close");
  return got;
}
