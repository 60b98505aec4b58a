import assert from "node:assert/strict";
import { test } from "node:test";
import { binOf } from "../base/histogram.ts";
import { breaches, sayFigures, surelyBroken } from "./breaches.ts";
import { objective } from "./objective.ts";
import type { Counts } from "./tally.ts";

const said = (all: Record<string, object>, counts: Partial<Counts>) =>
  breaches(
    Object.fromEntries(Object.entries(all).map(([name, one]) => [name, objective.parse(one)])),
    { requests: 0, errors: 0, latency: [], ...counts },
  );

test("an objective is broken above its limit, not at it, and never without data", () => {
  const all = {
    errors: { measure: "error-rate", most: "1 %" },
    success: { measure: "success", least: "99 %" },
  };
  assert.deepEqual(said(all, { requests: 1000, errors: 10 }), []);
  assert.deepEqual(said(all, { requests: 1000, errors: 11 }), [
    "errors: error-rate is 1.1 %, at most 1 % is allowed",
    "success: success is 98.9 %, at least 99 % is promised",
  ]);
  assert.deepEqual(said(all, {}), []);
});

test("a percentile is broken when more than its share took longer", () => {
  const speed = { speed: { measure: "p95", most: "300 ms" } };
  const slow = (count: number) => ({
    requests: 100,
    latency: [
      [binOf(200), 100 - count],
      [binOf(500), count],
    ] as const,
  });
  assert.deepEqual(said(speed, slow(5)), []);
  assert.deepEqual(said(speed, slow(6)), [
    "speed: p95 is above 300 ms: 6 % took longer, at most 5 % may",
  ]);
});

test("SS-25: load above its limit, and a service that is down, are broken at once", () => {
  const all = {
    cpu: { measure: "cpu", most: "80 %" },
    memory: { measure: "memory", most: "85 %" },
    up: { measure: "availability", least: "99.95 %" },
    cache: { measure: "cache-hits", least: "90 %" },
  };
  assert.deepEqual(said(all, { cpu: 80, memory: 85, probes: 2, requests: 10, cacheHits: 9 }), []);
  assert.deepEqual(
    said(all, { cpu: 91, memory: 86, probes: 2, probesFailed: 2, requests: 10, cacheHits: 8 }),
    [
      "cpu: cpu is 91 %, at most 80 % is allowed",
      "memory: memory is 86 %, at most 85 % is allowed",
      "up: it was not available",
      "cache: cache-hits is 80 %, at least 90 % is promised",
    ],
  );
});

test("an objective is surely broken by more than chance explains, load never, and a minute weighs nothing in it", () => {
  const all = Object.fromEntries(
    Object.entries({
      even: { measure: "success", least: "99.9 %", weigh: "minutes" },
      speed: { measure: "p95", most: "300 ms" },
      up: { measure: "availability", least: "99.9 %" },
      cpu: { measure: "cpu", most: "80 %" },
    }).map(([name, one]) => [name, objective.parse(one)]),
  );
  const sure = (errors: number, slow: number, cpu = 10) =>
    surelyBroken(all, {
      ...{ requests: 100, errors, cpu },
      latency: [
        [binOf(200), 100 - slow],
        [binOf(900), slow],
      ],
    });
  assert.deepEqual(sure(2, 9, 100), []);
  assert.deepEqual(sure(6, 9), ["even"]);
  assert.deepEqual(sure(0, 30), ["speed"]);
  assert.deepEqual(sure(60, 0), ["even", "up"]);
});

test("SS-25: the figures of what was measured are said, each in its own way", () => {
  const all = {
    errors: { measure: "error-rate", most: "0.1 %" },
    cache: { measure: "cache-hits", least: "90 %" },
    speed: { measure: "p99", most: "400 ms" },
    up: { measure: "availability", least: "99.95 %" },
    cpu: { measure: "cpu", most: "80 %" },
    memory: { measure: "memory", most: "85 %" },
  };
  const objectives = Object.fromEntries(
    Object.entries(all).map(([name, one]) => [name, objective.parse(one)]),
  );
  const latency = [
    [binOf(90), 198],
    [binOf(900), 2],
  ] as const;
  assert.deepEqual(
    sayFigures(objectives, { requests: 200, errors: 1, cacheHits: 184, latency, cpu: 41 }),
    ["errors 0.5 % failed", "cache 92 %", "speed 99 % within 400 ms", "up up", "cpu 41 %"],
  );
});
