import assert from "node:assert/strict";
import { test } from "node:test";
import { since } from "#core/judge/measure.ts";
import type { Counters } from "#core/judge/reading.ts";
import { binomial, chance } from "./fake/chance.ts";
import { type Conduct, GOOD } from "./fake/traffic.ts";
import { type FakeWorld, makeFake, seededFate } from "./fake.ts";
import { type Behaviour, done, platformSuite, type SuiteWorld, WITHIN } from "./platform.suite.ts";

interface Made extends SuiteWorld {
  pass(millis: number): void;
}

function make(more: Partial<FakeWorld> = {}): Made {
  let now = 1_000_000;
  const behaviours = new Map<string, Behaviour>();
  const conduct = (version: string): Conduct => {
    const { errors = 0, databaseErrors = 0, ill = false, boot = 0 } = behaviours.get(version) ?? {};
    return { ...GOOD, healthy: !ill, boot, errors, databaseErrors };
  };
  const world = {
    now: () => now,
    seed: 1,
    traffic: 100,
    conduct,
    fate: () => "happens" as const,
    ...more,
  };
  const platform = makeFake(world);
  const target = (version: string, behaviour: Behaviour = {}) => {
    behaviours.set(version, behaviour);
    return {
      environment: "production",
      release: `r-${version}`,
      version,
      commit: "c",
      services: {},
    };
  };
  const running = async () => {
    const { stable, canary } = platform.state("production");
    return [stable, canary].flatMap((one) => (one === null ? [] : [one.version])).sort();
  };
  const counts = async () => {
    const { stable, canary } = platform.state("production");
    const { canary: fresh, baseline } = await platform.measure(target0(canary ?? stable));
    return new Map([
      [canary?.version, fresh?.counters.requests ?? 0],
      [stable?.version, baseline?.counters.requests ?? 0],
    ]);
  };
  const target0 = (one: { release: string; version: string; commit: string } | null) => ({
    ...target("none"),
    ...one,
  });
  const traffic = async (requests: number) => {
    const before = await counts();
    now += (requests / world.traffic) * 1000;
    const sent = [...(await counts())].flatMap(([version, count]) => {
      const more = count - (before.get(version) ?? 0);
      return version === undefined || more === 0 ? [] : [[version, more]];
    });
    return Object.fromEntries(sent);
  };
  const pass = (millis: number) => {
    now += millis;
  };
  return { platform, target, running, traffic, pass, close: async () => undefined };
}

platformSuite("fake", async () => make());

test("fake: the same seed gives the same world, another seed another one", async () => {
  const tell = async (seed: number) => {
    const world = make({ seed });
    const one = world.target("1.0.0", { errors: 300 });
    await world.platform.deploy("a", one, WITHIN);
    await world.platform.weigh("b", one, 10_000);
    world.pass(60_000);
    return JSON.stringify(await world.platform.measure(one));
  };
  assert.equal(await tell(7), await tell(7));
  assert.notEqual(await tell(7), await tell(8));
});

test("fake: what breaks off after it happened has happened once, and asking again tells so", async () => {
  let tries = 0;
  const world = make({
    fate: ({ before }) => {
      tries++;
      return before === 0 ? "breaks-after" : "happens";
    },
  });
  const one = world.target("1.0.0");
  await assert.rejects(world.platform.deploy("a", one, WITHIN), /broke off/);
  assert.deepEqual(await world.running(), ["1.0.0"]);
  done(await world.platform.deploy("a", one, WITHIN));
  const other = make({ fate: ({ before }) => (before === 0 ? "breaks-before" : "happens") });
  await assert.rejects(other.platform.deploy("a", one, WITHIN), /broke off/);
  assert.deepEqual(await other.running(), []);
  done(await other.platform.deploy("a", one, WITHIN));
  assert.equal(tries, 1);
});

test("fake: seeded fates come as often as they should and do not depend on the order", () => {
  const fate = seededFate(3, { fails: 0.1, unknown: 0.05 });
  const target = make().target("1.0.0");
  const fates = Array.from({ length: 4000 }, (_, i) =>
    fate({ operation: "deploy", key: `k${i}`, target, before: 0 }),
  );
  const share = (which: string) => fates.filter((one) => one === which).length / fates.length;
  assert.ok(Math.abs(share("fails") - 0.1) < 0.03);
  assert.ok(Math.abs(share("unknown") - 0.05) < 0.02);
  assert.equal(fate({ operation: "weigh", key: "k17", target, before: 0 }), fates[17]);
});

test("fake: counters are a growing histogram, also when a version becomes slow", async () => {
  let slow = false;
  const conduct = (): Conduct => ({ ...GOOD, latency: slow ? 900 : 20 });
  const world = make({ conduct });
  const one = world.target("1.0.0");
  await world.platform.deploy("a", one, WITHIN);
  await world.platform.weigh("b", one, 10_000);
  let before: Counters | undefined;
  for (let i = 0; i < 6; i++) {
    slow = i >= 3;
    world.pass(5000);
    const after = (await world.platform.measure(one)).canary?.counters;
    assert.ok(after !== undefined);
    const window = since(before, after);
    assert.equal(window.requests, 500);
    let last = 0;
    for (const [upTo, count] of window.latency) {
      assert.ok(count >= last, `${upTo}: ${count} after ${last}`);
      last = count;
    }
    assert.equal(last, 500);
    const quick = window.latency.find(([upTo]) => upTo === 25)?.[1] ?? 0;
    assert.ok(slow ? quick === 0 : quick > 200, String(quick));
    before = after;
  }
});

test("fake: binomial chance has the right mean and spread, few or many", () => {
  const random = chance(5);
  for (const [count, share] of [
    [40, 0.02],
    [40, 0.98],
    [500, 0.01],
    [2000, 0.3],
    [1, 0.5],
  ] as const) {
    const drawn = Array.from({ length: 3000 }, () => binomial(count, share, random));
    const mean = drawn.reduce((a, b) => a + b) / drawn.length;
    const variance = drawn.reduce((sum, one) => sum + (one - mean) ** 2, 0) / drawn.length;
    const [wanted, spread] = [count * share, count * share * (1 - share)];
    assert.ok(Math.abs(mean - wanted) < 6 * Math.sqrt(spread / 3000), `${count} ${share}: ${mean}`);
    assert.ok(Math.abs(variance / spread - 1) < 0.2, `${count} ${share}: ${variance} ${spread}`);
  }
  assert.equal(binomial(10, 0, random), 0);
  assert.equal(binomial(10, 1, random), 10);
});
