import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Platform, ProbeAsk, Target } from "#app/ports/outside.ts";
import type { Answer } from "#core/gates/gate.ts";

/** How a version of the suite behaves. */
export interface Behaviour {
  /** Share of the requests that fail, in basis points. */
  readonly errors?: number;
  readonly databaseErrors?: number;
  /** Does not answer its health probe. */
  readonly ill?: boolean;
  /** Milliseconds until it is well after its start. */
  readonly boot?: number;
}

/** A world with one platform and one environment in it. */
export interface SuiteWorld {
  readonly platform: Platform;
  /** A target of the environment, of a release of its own for each version. */
  target(version: string, behaviour?: Behaviour): Target;
  /** Has people send that many requests; how many each version was sent. */
  traffic(requests: number): Promise<Readonly<Record<string, number>>>;
  /** The versions that run, sorted. */
  running(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** What every kind of platform must do. */
export function platformSuite(kind: string, open: () => Promise<SuiteWorld>): void {
  describe(kind, { concurrency: 3 }, () => rules(open));
}

function rules(open: () => Promise<SuiteWorld>): void {
  const rule = (name: string, prove: (world: SuiteWorld) => Promise<void>) =>
    test(name, async () => {
      const world = await open();
      try {
        await prove(world);
      } finally {
        await world.close();
      }
    });

  rule(
    "the first version goes from nothing to stable",
    async ({ platform, target, traffic, running }) => {
      const one = target("1.0.0");
      done(await platform.deploy("a", one, WITHIN));
      done(await platform.probe("b", one, ask("canary")));
      done(await platform.weigh("c", one, 10_000));
      assert.deepEqual(await traffic(20), { "1.0.0": 20 });
      done(await platform.promote("d", one));
      assert.deepEqual(await traffic(20), { "1.0.0": 20 });
      assert.deepEqual(await running(), ["1.0.0"]);
      done(await platform.probe("e", one, ask("stable")));
    },
  );

  rule("a version is deployed without traffic, weighed, and promoted", async (world) => {
    const { platform, target, traffic, running } = world;
    await stable(world, "1.0.0");
    const two = target("2.0.0");
    done(await platform.deploy("2a", two, WITHIN));
    assert.deepEqual(await running(), ["1.0.0", "2.0.0"]);
    assert.deepEqual(await traffic(50), { "1.0.0": 50 });
    for (const weight of [500, 2500, 5000]) {
      done(await platform.weigh(`2b${weight}`, two, weight));
      const { "2.0.0": fresh = 0 } = await traffic(400);
      const fair = (400 * weight) / 10_000;
      // Six standard deviations: once in five hundred million where it is left to chance.
      const most = 6 * Math.sqrt(fair * (1 - weight / 10_000));
      assert.ok(Math.abs(fresh - fair) <= most, `${fresh} of 400 at ${weight}`);
    }
    done(await platform.weigh("2c", two, 10_000));
    assert.deepEqual(await traffic(50), { "2.0.0": 50 });
    done(await platform.promote("2d", two));
    assert.deepEqual(await running(), ["2.0.0"]);
    assert.deepEqual(await traffic(50), { "2.0.0": 50 });
  });

  rule("a rollback takes all traffic back and leaves the stable version alone", async (world) => {
    const { platform, target, traffic, running } = world;
    await stable(world, "1.0.0");
    const two = target("2.0.0");
    done(await platform.deploy("2a", two, WITHIN));
    done(await platform.weigh("2b", two, 5000));
    done(await platform.weigh("2c", two, 0));
    assert.deepEqual(await traffic(50), { "1.0.0": 50 });
    done(await platform.retire("2d", two));
    assert.deepEqual(await running(), ["1.0.0"]);
    assert.deepEqual(await traffic(50), { "1.0.0": 50 });
    const reading = await platform.measure(two);
    assert.equal(reading.canary, null);
    assert.equal(reading.baseline?.healthy, true);
  });

  rule(
    "every operation asked again under its key answers the same and changes nothing",
    async (world) => {
      const { platform, target, traffic, running } = world;
      await stable(world, "1.0.0");
      const [two, three] = [target("2.0.0"), target("3.0.0")];
      const twice = async (operation: () => Promise<Answer>) => {
        const first = await operation();
        assert.deepEqual(await operation(), first);
        done(first);
      };
      await twice(() => platform.deploy("2a", two, WITHIN));
      await twice(() => platform.weigh("2b", two, 10_000));
      assert.deepEqual(await traffic(20), { "2.0.0": 20 });
      await twice(() => platform.promote("2c", two));
      await twice(() => platform.deploy("3a", three, WITHIN));
      await twice(() => platform.retire("3b", three));
      assert.deepEqual(await running(), ["2.0.0"]);
      assert.deepEqual(await traffic(20), { "2.0.0": 20 });
    },
  );

  rule("what is not there is retired already", async (world) => {
    await stable(world, "1.0.0");
    done(await world.platform.retire("2", world.target("2.0.0")));
    assert.deepEqual(await world.running(), ["1.0.0"]);
  });

  rule(
    "the totals of both versions add up: requests, errors, latencies, database calls",
    async (world) => {
      const { platform, target, traffic } = world;
      await stable(world, "1.0.0");
      const two = target("2.0.0", { errors: 5000, databaseErrors: 5000 });
      done(await platform.deploy("2a", two, WITHIN));
      done(await platform.weigh("2b", two, 5000));
      const before = await platform.measure(two);
      const sent = await traffic(400);
      const { canary, baseline } = await platform.measure(two);
      assert.ok(canary !== null && baseline !== null);
      const { counters } = canary;
      assert.equal(counters.requests - (before.canary?.counters.requests ?? 0), sent["2.0.0"]);
      const old = baseline.counters.requests - (before.baseline?.counters.requests ?? 0);
      assert.equal(old, sent["1.0.0"]);
      assert.equal(baseline.counters.errors, 0);
      assert.ok(Math.abs(counters.errors - counters.requests / 2) < 60, JSON.stringify(counters));
      assert.equal(counters.latency.at(-1)?.[1], counters.requests);
      assert.ok(counters.databaseCalls > 0);
      const share = counters.databaseErrors / counters.databaseCalls;
      assert.ok(share > 0.3 && share < 0.7, String(share));
    },
  );

  rule("a version that does not become well is not deployed, and nobody notices", async (world) => {
    const { platform, target, traffic, running } = world;
    await stable(world, "1.0.0");
    const two = target("2.0.0", { ill: true });
    const answer = await platform.deploy("2a", two, 1500);
    assert.ok(answer.outcome === "failed", JSON.stringify(answer));
    assert.match(answer.reason, /2\.0\.0/);
    assert.deepEqual(await running(), ["1.0.0"]);
    assert.deepEqual(await traffic(20), { "1.0.0": 20 });
    done(await platform.retire("2b", two));
    done(await platform.deploy("3a", target("3.0.0"), WITHIN));
  });

  rule(
    "a version has the time that its deploy was given to become well, and no more",
    async (world) => {
      const { platform, target, running } = world;
      await stable(world, "1.0.0");
      const two = target("2.0.0", { boot: 1500 });
      const answer = await platform.deploy("2a", two, 500);
      assert.ok(answer.outcome === "failed", JSON.stringify(answer));
      assert.match(answer.reason, /2\.0\.0/);
      assert.deepEqual(await running(), ["1.0.0"]);
      done(await platform.deploy("2b", two, WITHIN));
      assert.deepEqual(await running(), ["1.0.0", "2.0.0"]);
    },
  );

  rule("probing what does not run, and weighing it, fails with a reason", async (world) => {
    const { platform, target } = world;
    await stable(world, "1.0.0");
    const two = target("2.0.0");
    for (const answer of [
      await platform.probe("2a", two, ask("canary", { timeout: 300 })),
      await platform.weigh("2b", two, 500),
      await platform.promote("2c", two),
    ]) {
      assert.ok(answer.outcome === "failed", JSON.stringify(answer));
      assert.match(answer.reason, /2\.0\.0/);
    }
  });
}

/** Milliseconds that a version of the suite has to become well. */
export const WITHIN = 8000;

/** A probe of the health path that succeeds at once or not at all. */
export function ask(of: ProbeAsk["of"], more: Partial<ProbeAsk> = {}): ProbeAsk {
  return { of, paths: ["/health"], times: 2, every: 1, timeout: 10_000, ...more };
}

export function done(answer: Answer): void {
  assert.equal(answer.outcome, "done", JSON.stringify(answer));
}

/** Brings a version up as the stable one. */
export async function stable({ platform, target }: SuiteWorld, version: string): Promise<void> {
  const one = target(version);
  done(await platform.deploy(`${version}/deploy`, one, WITHIN));
  done(await platform.weigh(`${version}/weigh`, one, 10_000));
  done(await platform.promote(`${version}/promote`, one));
}
