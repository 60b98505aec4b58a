import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { after, test } from "node:test";
import { startLoad } from "../../test/traffic/load.ts";
import {
  closeRouters,
  says,
  service,
  startRouter,
  until,
} from "../../test/traffic/router-world.ts";
import { readJson } from "./files.ts";
import type { Listening } from "./router.ts";

after(closeRouters);

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
