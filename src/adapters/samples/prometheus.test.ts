import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import type { Target } from "#app/ports/outside.ts";
import { sampleShapes } from "#core/policy/outside.ts";
import { startPrometheus, type TestPrometheus } from "../../../test/prometheus.ts";
import { prometheusSource } from "./prometheus.ts";

const target: Target = {
  environment: "production",
  release: "shop-1.4.1",
  version: "1.4.1",
  commit: "c".repeat(40),
  previous: "1.4.0",
  services: {},
};

const queries = (version: string) => ({
  requests: `http_requests_total{version="${version}"}`,
  errors: `http_requests_total{version="${version}",code=~"5.."}`,
  latency: `http_seconds_bucket{version="${version}"}`,
  "cache-hits": `hits_total{version="${version}"}`,
  cpu: `cpu_percent{version="${version}"}`,
});

function sourceAt(url: string, more: object = {}) {
  const problems: string[] = [];
  const config = sampleShapes.prometheus.shape.parse({
    url,
    canary: queries("{{version}}"),
    baseline: queries("{{previous}}"),
    ...more,
  });
  return { problems, source: prometheusSource({ config, report: (why) => problems.push(why) }) };
}

/** What two processes of a version show. */
function shown(
  version: string,
  [first, second]: readonly [number, number],
  errors: number,
): string {
  const of = (name: string, labels: string, value: number) =>
    `${name}{version="${version}",${labels}} ${value}\n`;
  const all = first + second;
  return [
    of("http_requests_total", 'pod="a",code="200"', first),
    of("http_requests_total", 'pod="b",code="200"', second),
    of("http_requests_total", 'pod="a",code="500"', errors),
    of("http_seconds_bucket", 'le="0.1"', all / 2),
    of("http_seconds_bucket", 'le="0.3"', all),
    of("http_seconds_bucket", 'le="+Inf"', all + errors),
    of("hits_total", 'pod="a"', first),
    of("cpu_percent", 'pod="a"', 40),
    of("cpu_percent", 'pod="b"', 71.5),
  ].join("");
}

describe("a real Prometheus", () => {
  let prometheus: TestPrometheus;
  before(async () => {
    prometheus = await startPrometheus();
  });
  after(() => prometheus.stop());

  test("counts of both versions rise by what their processes counted, through a restart of one of them", async () => {
    const { source, problems } = sourceAt(prometheus.url);
    await prometheus.show(shown("1.4.0", [1000, 2000], 7));
    assert.deepEqual((await source.totals(target)).canary, null, "nothing of it was ever scraped");
    await prometheus.show(`${shown("1.4.0", [1100, 2200], 8)}${shown("1.4.1", [10, 0], 1)}`);
    const { canary, baseline } = await source.totals(target);
    assert.deepEqual([baseline?.requests, baseline?.errors], [301, 1]);
    assert.deepEqual([canary?.requests, canary?.errors, canary?.cpu], [11, 1, 71.5]);
    assert.equal(baseline?.cacheHits, 100);
    assert.deepEqual(baseline?.latency, [
      [100, 150],
      [300, 300],
      [3000, 301],
    ]);
    await prometheus.show(`${shown("1.4.0", [30, 2200], 8)}${shown("1.4.1", [20, 5], 1)}`);
    const later = await source.totals(target);
    assert.deepEqual([later.baseline?.requests, later.canary?.requests], [331, 26]);
    assert.deepEqual(problems, []);
  });

  test("a version keeps its totals when it becomes the stable one, and the next new one begins at nothing", async () => {
    const { source } = sourceAt(prometheus.url);
    const all = (counts: Record<string, number>) =>
      Object.entries(counts)
        .map(([version, count]) => shown(version, [count, 0], 0))
        .join("");
    await prometheus.show(all({ "2.0.0": 90_000 }));
    const first = { ...target, version: "2.0.1", previous: "2.0.0" };
    await source.totals(first);
    await prometheus.show(all({ "2.0.0": 90_500, "2.0.1": 400 }));
    const before = await source.totals(first);
    assert.deepEqual([before.canary?.requests, before.baseline?.requests], [400, 500]);
    assert.equal(before.ofVersions, true);
    await prometheus.show(all({ "2.0.0": 90_500, "2.0.1": 460, "2.0.2": 30 }));
    const next = await source.totals({ ...target, version: "2.0.2", previous: "2.0.1" });
    assert.deepEqual([next.canary?.requests, next.baseline?.requests], [30, 460]);
  });

  test("a query that Prometheus does not understand is told with its reason, and measures nothing", async () => {
    const { source, problems } = sourceAt(prometheus.url, { canary: { requests: "sum(((" } });
    assert.equal((await source.totals(target)).canary, null);
    assert.match(problems[0] ?? "", /answered 400 to sum\(\(\(: .*parse error/);
    assert.ok(!(problems[0] ?? "").includes("\n"));
  });

  test("a version with quotes and backslashes in its name stays one label value", async () => {
    await prometheus.show('odd_total{version="1\\"} or vector(1) #\\\\"} 3\n');
    const { source, problems } = sourceAt(prometheus.url, {
      canary: { requests: 'odd_total{version="{{version}}"}' },
    });
    const odd = { ...target, version: '1"} or vector(1) #\\' };
    assert.notEqual((await source.totals(odd)).canary, null);
    assert.equal((await source.totals({ ...target, version: "2" })).canary, null);
    assert.deepEqual(problems, []);
  });
});

describe("a server that does not behave", () => {
  async function against(answer: (response: ServerResponse) => void, more: object = {}) {
    const server = createServer((request, response) => {
      request.resume();
      answer(response);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { source, problems } = sourceAt(url, more);
    const totals = await source.totals(target);
    server.close();
    server.closeAllConnections();
    return { totals, problems };
  }

  const nothing = { canary: null, baseline: null, ofVersions: true };

  test("no answer in time, an error, a redirect, a strange shape or too much of it: nothing is measured, and why is told", async () => {
    const cases: readonly [RegExp, (response: ServerResponse) => void][] = [
      [/timeout/i, () => {}],
      [/answered 503/, (response) => response.writeHead(503).end("down")],
      [/fetch failed/, (response) => response.writeHead(302, { location: "/x" }).end()],
      [
        /is no vector/,
        (response) =>
          response.end('{"status":"success","data":{"resultType":"matrix","result":[]}}'),
      ],
      [/longer than/, (response) => response.end("x".repeat(5 * 1024 * 1024))],
      [/JSON/, (response) => response.end("<html>")],
    ];
    for (const [why, answer] of cases) {
      const { totals, problems } = await against(answer, {
        timeout: why.source === "timeout" ? "300 ms" : "5 s",
      });
      assert.deepEqual(totals, nothing);
      assert.match(problems.join("\n"), why);
    }
  });

  test("a server that is not there measures nothing; the same reason is told once", async () => {
    const { source, problems } = sourceAt("http://127.0.0.1:9");
    assert.deepEqual(await source.totals(target), nothing);
    await source.totals(target);
    assert.equal(problems.length, 1);
  });
});
