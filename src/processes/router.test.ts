import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  request,
  type Server,
} from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { startLoad } from "../../test/traffic/load.ts";
import { CODE } from "../../test/traffic/local-world.ts";
import { readJson, readText } from "./files.ts";
import type { RouterState } from "./router/admin.ts";
import type { Listening } from "./router.ts";
import { programPath } from "./start.ts";

const servers: Server[] = [];
const routers: ChildProcess[] = [];
const folders: string[] = [];
after(() => {
  for (const router of routers) router.kill("SIGKILL");
  for (const server of servers) server.close().closeAllConnections();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A version of a service within the test's own process. */
async function service(
  listener: RequestListener,
  port = 0,
): Promise<{ server: Server; port: number }> {
  const server = createServer(listener).listen(port, "127.0.0.1");
  await once(server, "listening");
  servers.push(server);
  return { server, port: (server.address() as AddressInfo).port };
}

/** Says its version, and gives back what it was sent. */
const says =
  (version: string): RequestListener =>
  (asked, answer) => {
    answer.setHeader("x-version", version);
    asked.pipe(answer);
  };

async function startRouter(folder = mkdtempSync(join(tmpdir(), "router-"))) {
  folders.push(folder);
  const before = readJson<Listening>(join(folder, "listening.json"));
  const router = spawn(process.execPath, [programPath("router"), folder], {
    env: { NODE_COMPILE_CACHE: CODE },
    stdio: ["ignore", "ignore", "inherit"],
  });
  routers.push(router);
  const listening = await until(() => {
    const now = readJson<Listening>(join(folder, "listening.json"));
    return now?.admin === before?.admin ? null : now;
  });
  const headers = { authorization: `Bearer ${readText(join(folder, "token"))}` };
  const ask = (method: string, path: string, body?: unknown) =>
    fetch(`http://127.0.0.1:${listening.admin}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const put = async (
    services: Record<string, [version: string, port: number, weight: number][]>,
  ) => {
    const routes = Object.entries(services).map(([name, versions]) => [
      name,
      {
        listen: 0,
        versions: versions.map(([version, port, weight]) => ({ version, port, weight })),
      },
    ]);
    const response = await ask("PUT", "/routes", { services: Object.fromEntries(routes) });
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as RouterState;
  };
  const state = async () => (await (await ask("GET", "/state")).json()) as RouterState;
  return { folder, router, ask, put, state };
}

async function until<T>(read: () => T | null | Promise<T | null>): Promise<T> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const value = await read();
    if (value !== null) return value;
    assert.ok(performance.now() < deadline, "waited in vain");
    await pause(5);
  }
}

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

test("no request fails while weights shift, versions go and the routes are set again", async () => {
  const [old, fresh] = [await service(says("1")), await service(says("2"))];
  const router = await startRouter();
  const start = await router.put({ web: [["1", old.port, 10_000]] });
  const url = `http://127.0.0.1:${start.ports["web"]}/`;
  const load = startLoad({ urls: [url], connections: 12, post: 5, most: 1e9 });
  const steps = [0, 500, 2500, 5000, 7500, 10_000];
  for (const [index, weight] of steps.entries()) {
    await until(() => (load.count() >= 500 * (index + 1) ? true : null));
    await router.put({
      web: [
        ["1", old.port, 10_000 - weight],
        ["2", fresh.port, weight],
      ],
    });
    await router.put({
      web: [
        ["1", old.port, 10_000 - weight],
        ["2", fresh.port, weight],
      ],
    });
  }
  await router.put({ web: [["2", fresh.port, 10_000]] });
  await until(async () => ((await router.state()).services["web"]?.length === 1 ? true : null));
  old.server.close().closeAllConnections();
  const before = load.count();
  await until(() => (load.count() >= before + 500 ? true : null));
  const result = await load.stop();
  assert.ok(result.requests >= 3500);
  assert.deepEqual({ failed: result.failed, reasons: result.reasons }, { failed: 0, reasons: {} });
  assert.equal((result.versions["1"] ?? 0) + (result.versions["2"] ?? 0), result.requests);
});

test("each version gets its share of the requests, and clients and router count alike", async () => {
  const [old, fresh] = [await service(says("1")), await service(says("2"))];
  const router = await startRouter();
  const { ports } = await router.put({
    web: [
      ["1", old.port, 10_000 - 123],
      ["2", fresh.port, 123],
    ],
  });
  const url = `http://127.0.0.1:${ports["web"]}/`;
  const { versions, failed } = await startLoad({
    urls: [url],
    connections: 20,
    post: 0,
    most: 2000,
  }).result;
  assert.equal(failed, 0);
  assert.ok(Math.abs((versions["2"] ?? 0) - 24.6) <= 2, JSON.stringify(versions));
  const state = await router.state();
  const [one, two] = state.services["web"] ?? [];
  assert.equal(one?.tally.requests, versions["1"]);
  assert.equal(two?.tally.requests, versions["2"]);
});

test("what is counted: requests, errors by 5xx and by no answer, and all latencies", async () => {
  const { port } = await service((asked, answer) => {
    if (asked.url === "/reset") asked.socket.destroy();
    else if (asked.url === "/break") {
      answer.writeHead(200, { "content-length": 100 }).write("half");
      setTimeout(() => asked.socket.destroy(), 20);
    } else answer.writeHead(Number(asked.url?.slice(1))).end();
  });
  const router = await startRouter();
  const { ports } = await router.put({ web: [["1.0", port, 10_000]] });
  const get = (path: string) => fetch(`http://127.0.0.1:${ports["web"]}${path}`);
  assert.equal((await get("/200")).status, 200);
  assert.equal((await get("/404")).status, 404);
  assert.equal((await get("/500")).status, 500);
  assert.equal((await get("/503")).status, 503);
  const reset = await get("/reset");
  assert.equal(reset.status, 502);
  assert.equal(((await reset.json()) as { status: number }).status, 502);
  await assert.rejects((await get("/break")).text());
  const tally = (await router.state()).services["web"]?.[0]?.tally;
  assert.equal(tally?.requests, 6);
  assert.equal(tally?.errors, 4);
  assert.deepEqual(tally?.latency.at(-1), [60_000, 6]);
  const text = await (await router.ask("GET", "/metrics")).text();
  assert.match(text, /^holdpoint_requests_total\{service="web",version="1\.0"\} 6$/m);
  assert.match(text, /^holdpoint_errors_total\{service="web",version="1\.0"\} 4$/m);
  assert.match(
    text,
    /^holdpoint_latency_seconds_bucket\{service="web",version="1\.0",le="\+Inf"\} 6$/m,
  );
  assert.match(text, /^holdpoint_latency_seconds_count\{service="web",version="1\.0"\} 6$/m);
});

test("a version that does not listen costs its clients nothing while another has more of the traffic", async () => {
  const [old, dead] = [await service(says("1")), await service(says("2"))];
  dead.server.close();
  await once(dead.server, "close");
  const router = await startRouter();
  const { ports } = await router.put({
    web: [
      ["1", old.port, 6000],
      ["2", dead.port, 4000],
    ],
  });
  const url = `http://127.0.0.1:${ports["web"]}/`;
  const result = await startLoad({ urls: [url], connections: 4, post: 4, most: 200 }).result;
  assert.equal(result.failed, 0);
  assert.deepEqual(Object.keys(result.versions), ["1"]);
  const tallies = (await router.state()).services["web"]?.map(({ tally }) => tally);
  assert.ok((tallies?.[1]?.errors ?? 0) > 50);
  assert.equal(tallies?.[1]?.errors, tallies?.[1]?.requests);
  // The other way round the small version is not flooded.
  await router.put({
    web: [
      ["1", old.port, 100],
      ["2", dead.port, 9900],
    ],
  });
  const flood = await startLoad({ urls: [url], connections: 4, post: 0, most: 200 }).result;
  assert.ok(flood.failed > 150 && (flood.versions["1"] ?? 0) < 10, JSON.stringify(flood));
  assert.deepEqual(Object.keys(flood.reasons), ["502"]);
});

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

test("a router that was killed goes on where it was, on the same ports", async () => {
  const [old, fresh] = [await service(says("1")), await service(says("2"))];
  const first = await startRouter();
  const { ports } = await first.put({
    web: [
      ["1", old.port, 0],
      ["2", fresh.port, 10_000],
    ],
    api: [["1", old.port, 10_000]],
  });
  first.router.kill("SIGKILL");
  await once(first.router, "exit");
  const second = await startRouter(first.folder);
  const state = await second.state();
  assert.deepEqual(state.ports, ports);
  const answer = await fetch(`http://127.0.0.1:${ports["web"]}/`);
  assert.equal(answer.headers.get("x-version"), "2");
});

test("a port that is taken is named, and nothing changes", async () => {
  const [old, taken] = [await service(says("1")), await service(says("x"))];
  const router = await startRouter();
  await router.put({ web: [["1", old.port, 10_000]] });
  const version = { version: "1", port: old.port, weight: 10_000 };
  const before = await router.state();
  const services = {
    web: { listen: 0, versions: [version] },
    api: { listen: taken.port, versions: [version] },
  };
  const refused = await router.ask("PUT", "/routes", { services });
  assert.equal(refused.status, 409);
  const body = (await refused.json()) as Record<string, unknown>;
  assert.deepEqual(
    [body["service"], body["port"], body["code"]],
    ["api", taken.port, "EADDRINUSE"],
  );
  assert.deepEqual(await router.state(), before);
});

test("orders without the token, and routes that make no sense, are refused", async () => {
  const router = await startRouter();
  const { admin = 0 } = readJson<Listening>(join(router.folder, "listening.json")) ?? {};
  for (const authorization of ["", "Bearer ", "Bearer wrong"]) {
    const response = await fetch(`http://127.0.0.1:${admin}/state`, { headers: { authorization } });
    assert.equal(response.status, 401);
  }
  const one = (versions: unknown, listen: unknown = 0) => ({
    services: { web: { listen, versions } },
  });
  const version = { version: "1", port: 80, weight: 10_000 };
  const bad = [
    null,
    [],
    { services: [] },
    { services: { "../x": { listen: 0, versions: [] } } },
    one("x"),
    one([version], -1),
  ];
  bad.push(
    one([{ ...version, weight: 9999 }]),
    one([{ ...version, weight: 0.5 }]),
    one([version, version]),
  );
  bad.push(
    one([{ ...version, port: 0 }]),
    one([{ ...version, version: 'a"b\n' }]),
    one([{ ...version, port: "80" }]),
  );
  for (const routes of bad) {
    assert.equal((await router.ask("PUT", "/routes", routes)).status, 400, JSON.stringify(routes));
  }
  assert.deepEqual((await router.state()).services, {});
});

test("a service without a version answers that it cannot serve now", async () => {
  const router = await startRouter();
  const { ports } = await router.put({ web: [] });
  const response = await fetch(`http://127.0.0.1:${ports["web"]}/`, { method: "POST", body: "x" });
  assert.equal(response.status, 503);
  assert.match(response.headers.get("content-type") ?? "", /problem\+json/);
});
