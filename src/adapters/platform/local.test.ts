import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, utimesSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { startLoad } from "../../../test/traffic/load.ts";
import {
  type LocalWorld,
  openLocal,
  runningIn,
  traffic,
  WEB,
} from "../../../test/traffic/local-world.ts";
import { total } from "./local/look.ts";
import { placesOf } from "./local/places.ts";
import { ask, done, platformSuite, stable, WITHIN } from "./platform.suite.ts";

platformSuite("local", async () => openLocal());

describe("local", { concurrency: 3 }, () => {
  function rule(
    name: string,
    prove: (world: LocalWorld) => Promise<void>,
    open: () => LocalWorld = openLocal,
  ): void {
    test(name, async () => {
      const world = open();
      try {
        await prove(world);
      } finally {
        await world.close();
      }
    });
  }

  rule(
    "no request fails from the first weight to the end of the old version's processes",
    async (world) => {
      const { platform, target, url } = world;
      await stable(world, "1.0.0");
      const two = target("2.0.0", { latency: 5 });
      const load = startLoad({ urls: [url()], connections: 10, post: 7, most: 1e9 });
      const reach = async (count: number) => {
        while (load.count() < count) await pause(5);
      };
      done(await platform.deploy("a", two, WITHIN));
      for (const [index, weight] of [100, 500, 2500, 5000, 10_000].entries()) {
        done(await platform.weigh(`b${weight}`, two, weight));
        await reach(400 * (index + 1));
      }
      done(await platform.promote("c", two));
      const three = target("3.0.0", { latency: 5 });
      done(await platform.deploy("d", three, WITHIN));
      done(await platform.weigh("e", three, 5000));
      await reach(load.count() + 300);
      done(await platform.weigh("f", three, 0));
      done(await platform.retire("g", three));
      await reach(load.count() + 200);
      const { failed, reasons, versions, requests } = await load.stop();
      assert.deepEqual({ failed, reasons }, { failed: 0, reasons: {} });
      assert.ok(requests > 2500 && (versions["3.0.0"] ?? 0) > 50, JSON.stringify(versions));
      assert.deepEqual(await world.running(), ["2.0.0"]);
    },
  );

  rule(
    "a service that dies at once fails its deploy early, with its last words and no secret",
    async ({ platform, target }) => {
      const answer = await platform.deploy("a", target("1.0.0", { dies: true }), 60_000);
      assert.ok(answer.outcome === "failed");
      assert.match(answer.reason, /ended \d+ times, the last time with exit code 7/);
      assert.match(answer.reason, /cannot start with \[hidden\]/);
    },
  );

  rule(
    "a service sees the variables that its policy names, and its release, and nothing else",
    async (world) => {
      await stable(world, "1.0.0");
      const seen = (await (await fetch(`${world.url()}/env`)).json()) as Record<string, string>;
      assert.equal(seen["SECRET"], "correct-horse");
      assert.equal(seen["HOLDPOINT_VERSION"], "1.0.0");
      assert.equal(seen["HOLDPOINT_ENVIRONMENT"], "production");
      const known = [
        "HOLDPOINT_COMMIT",
        "HOLDPOINT_ENVIRONMENT",
        "HOLDPOINT_RELEASE",
        "HOLDPOINT_VERSION",
      ];
      assert.deepEqual(Object.keys(seen).sort(), [...known, "PATH", "PORT", "SECRET"]);
    },
  );

  rule(
    "a port that is taken fails the deploy, named, with a remedy",
    async ({ platform, target }) => {
      const { port } = taken.address() as AddressInfo;
      const answer = await platform.deploy("a", target("1.0.0"), WITHIN);
      assert.ok(answer.outcome === "failed", JSON.stringify(answer));
      assert.match(answer.reason, new RegExp(`Port ${port}, where web of production`));
      assert.match(answer.reason, /set another `port`/);
    },
    () => openLocal({ port: (taken.address() as AddressInfo).port }),
  );

  rule(
    "services have ports of their own that stay, also when services come and go",
    async (world) => {
      const { platform, target, url } = world;
      const one = target("1.0.0", {}, { web: WEB, api: WEB });
      done(await platform.deploy("a", one, WITHIN));
      done(await platform.weigh("b", one, 10_000));
      done(await platform.promote("c", one));
      const [web, api] = [url("web"), url("api")];
      assert.equal(new URL(web).port, String(fixed));
      assert.equal(new URL(api).port, String(fixed + 1));
      const two = target("2.0.0", {}, { worker: WEB, api: WEB });
      done(await platform.deploy("d", two, WITHIN));
      assert.equal(url("api"), api);
      assert.deepEqual(await traffic(url("worker"), 4), { 503: 4 });
      done(await platform.weigh("e", two, 1));
      assert.deepEqual(await traffic(url("worker"), 4), { "2.0.0": 4 });
      assert.deepEqual(await traffic(web, 4), { "1.0.0": 4 });
      done(await platform.promote("f", two));
      assert.deepEqual(await traffic(api, 4), { "2.0.0": 4 });
      await assert.rejects(fetch(web));
    },
    () => openLocal({ port: fixed }),
  );

  rule(
    "a build runs once for a commit, and one that fails fails the deploy",
    async ({ platform, target, needs, folder }) => {
      const append = `require("fs").appendFileSync("built", "x")`;
      const build = [process.execPath, "-e", append];
      const one = target("1.0.0", {}, { web: { ...WEB, build } });
      done(await platform.deploy("a", one, WITHIN));
      done(await platform.retire("b", one));
      done(await platform.deploy("c", one, WITHIN));
      done(await platform.deploy("d", { ...one, environment: "staging" }, WITHIN));
      assert.equal(readFileSync(join(folder, "trees", one.commit, "built"), "utf8"), "x");
      const bad = [
        process.execPath,
        "-e",
        "console.log(process.env.SECRET + ' is wrong'); process.exit(4)",
      ];
      const two = target("2.0.0", {}, { web: { ...WEB, build: bad } });
      const answer = await platform.deploy("e", { ...two, environment: "staging2" }, WITHIN);
      assert.ok(answer.outcome === "failed");
      assert.match(answer.reason, /build of web ended with exit code 4.*\[hidden\] is wrong/s);
      assert.ok(needs.secrets.every((secret) => !answer.reason.includes(secret)));
    },
  );

  rule("what no version needs any more is removed after a day", async (world) => {
    const { platform, target, folder } = world;
    await stable(world, "1.0.0");
    const two = target("2.0.0");
    done(await platform.deploy("a", two, WITHIN));
    done(await platform.retire("b", two));
    const [trees, old] = [join(folder, "trees"), new Date(Date.now() - 25 * 3_600_000)];
    const { versions } = placesOf(folder, "production");
    const age = (path: string) => utimesSync(path, old, old);
    mkdirSync(join(trees, "abc.999999.part"));
    for (const name of readdirSync(trees)) age(join(trees, name));
    for (const name of readdirSync(versions)) age(join(versions, name));
    const three = target("3.0.0");
    done(await platform.deploy("c", three, WITHIN));
    const commits = [target("1.0.0").commit, three.commit];
    assert.deepEqual(readdirSync(trees).sort(), commits.sort());
    const kept = readdirSync(versions).map((name) => name.split("@")[0]);
    assert.deepEqual(kept.sort(), ["1.0.0", "3.0.0"]);
    assert.deepEqual(await world.running(), ["1.0.0", "3.0.0"]);
  });

  rule("a build has the time of its deploy, and nothing of it is left", async (world) => {
    const { platform, target } = world;
    await stable(world, "1.0.0");
    const build = [process.execPath, "-e", "setTimeout(() => {}, 60_000)"];
    const answer = await platform.deploy("a", target("2.0.0", {}, { web: { ...WEB, build } }), 700);
    assert.ok(answer.outcome === "failed", JSON.stringify(answer));
    assert.match(answer.reason, /The build of web took too long and was ended/);
    assert.deepEqual(await world.running(), ["1.0.0"]);
  });

  rule("a folder outside the work tree is refused", async ({ platform, target }) => {
    for (const folder of ["../..", "/etc", "missing"]) {
      const one = target("1.0.0", {}, { web: { ...WEB, folder } });
      const answer = await platform.deploy(folder, one, WITHIN);
      assert.ok(answer.outcome === "failed");
      assert.match(answer.reason, /web has no folder/);
    }
  });

  rule(
    "only one release at a time is beside the stable version, and the stable one cannot be taken away",
    async (world) => {
      const { platform, target } = world;
      await stable(world, "1.0.0");
      const [one, two] = [target("1.0.0"), target("2.0.0")];
      done(await platform.deploy("a", two, WITHIN));
      for (const [answer, says] of [
        [
          await platform.deploy("b", target("3.0.0"), WITHIN),
          /2\.0\.0 of release r-2\.0\.0 still runs/,
        ],
        [await platform.retire("c", one), /stable version .* has to stay/],
        [await platform.weigh("d", one, 0), /has all of its traffic/],
      ] as const) {
        assert.ok(answer.outcome === "failed");
        assert.match(answer.reason, says);
      }
      done(await platform.weigh("e", two, 2500));
      const answer = await platform.retire("f", two);
      assert.ok(answer.outcome === "failed" && answer.reason.includes("25 %"));
    },
  );

  rule(
    "a probe wants good rounds in a row, and says which service, version and path was not good",
    async (world) => {
      const { platform, target } = world;
      await stable(world, "1.0.0");
      const good = await platform.probe("a", target("1.0.0"), ask("stable", { times: 4 }));
      assert.deepEqual(good, { outcome: "done", facts: { rounds: 4 } });
      const two = target("2.0.0", { errors: 5000 });
      done(await platform.deploy("b", two, WITHIN));
      const flaky = { paths: ["/a"], times: 3, timeout: 300 };
      const bad = await platform.probe("c", two, ask("canary", flaky));
      assert.ok(bad.outcome === "failed");
      assert.match(bad.reason, /of 3 after 300 ms: web of 2\.0\.0 answers 500 at \/a/);
      done(await platform.probe("d", two, ask("canary", { ...flaky, times: 1 })));
    },
  );

  rule("a look says what is not well", async (world) => {
    const { platform, target } = world;
    await stable(world, "1.0.0");
    const [service] = runningIn(world.folder);
    process.kill(service?.pid ?? 0, "SIGSTOP");
    const { baseline, canary } = await platform.measure(target("1.0.0"));
    process.kill(service?.pid ?? 0, "SIGCONT");
    assert.equal(baseline?.healthy, false);
    assert.match(baseline?.problem ?? "", /web gave no answer within 2000 ms at \/health/);
    assert.deepEqual(canary, baseline);
  });
});

test("local: the totals of a metric are summed over its labels and nothing else", () => {
  const text = [
    "# HELP db_calls_total calls",
    "db_calls_total 3",
    'db_calls_total{kind="a b}c"} 4 1700000000',
    "db_calls_total_more 50",
    "db_calls_totals 50",
    "db_calls_total NaN",
    "db_calls_total -1",
    'other{x="db_calls_total 9"} 1',
  ].join("\n");
  assert.equal(total(text, "db_calls_total"), 7);
  assert.equal(total("", "db_calls_total"), 0);
});

const taken = createServer().listen(0, "127.0.0.1");
await once(taken, "listening");
taken.unref();
// A port and the one after it, free just now and outside what other tests are given.
// Below the ports that systems give out, and away from those that the platform itself takes.
const fixed = 14_000 + 4 * (process.pid % 1400);
