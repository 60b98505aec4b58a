import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { RunCommand, Target } from "#app/ports/outside.ts";
import type { CommandPlatform } from "#core/policy/outside.ts";
import { makeDeck } from "#processes/router/deck.ts";
import { CODE } from "../../../test/traffic/local-world.ts";
import { makeRunner } from "../runner.ts";
import { makeCommand } from "./command.ts";
import {
  ask,
  type Behaviour,
  done,
  platformSuite,
  type SuiteWorld,
  WITHIN,
} from "./platform.suite.ts";

const script = join(import.meta.dirname, "../../../test/traffic/scripts.mjs");

interface Pretended {
  stable: string | null;
  canary: string | null;
  weight: number;
  behaviours: Record<string, Behaviour>;
  totals: Record<string, Totals>;
}
interface Totals {
  requests: number;
  errors: number;
  latency: [number, number][];
  databaseCalls: number;
  databaseErrors: number;
}

interface CommandWorld extends SuiteWorld {
  readonly folder: string;
  log(): string[];
}

function open(
  more: Partial<CommandPlatform> = {},
  source: Record<string, string> = {},
): CommandWorld {
  const folder = mkdtempSync(join(tmpdir(), "command-"));
  const path = join(folder, "world.json");
  const read = () => JSON.parse(readFileSync(path, "utf8")) as Pretended;
  const write = (world: Pretended) => writeFileSync(path, JSON.stringify(world));
  write({ stable: null, canary: null, weight: 0, behaviours: {}, totals: {} });
  const of = (operation: string) => [process.execPath, script, operation];
  const config: CommandPlatform = {
    deploy: of("deploy"),
    weigh: of("weigh"),
    retire: of("retire"),
    promote: of("promote"),
    measure: of("measure"),
    probe: of("probe"),
    env: ["TOKEN"],
    timeout: 20_000,
    ...more,
  };
  const secrets = ["deploy-token-1"];
  const platform = makeCommand(config, {
    runner: makeRunner({ folder: join(folder, "jobs"), cache: CODE, secrets, grace: 200 }),
    repository: { root: folder },
    source,
    now: () => 77,
  });

  function target(version: string, behaviour: Behaviour = {}): Target {
    const world = read();
    world.behaviours[version] = behaviour;
    write(world);
    const services = {};
    return {
      environment: "production",
      release: `r-${version}`,
      version,
      commit: "c0ffee",
      services,
    };
  }

  async function traffic(requests: number): Promise<Record<string, number>> {
    const world = read();
    const { stable, canary, weight } = world;
    const all = stable === null ? 10_000 : weight;
    const deck = makeDeck([10_000 - all, all]);
    const sent: Record<string, number> = {};
    for (let i = 0; i < requests; i++) {
      const version = (deck() === 1 ? canary : stable) ?? "nobody";
      sent[version] = (sent[version] ?? 0) + 1;
      count(world, version, i);
    }
    write(world);
    return sent;
  }

  const running = async () => {
    const { stable, canary } = read();
    return [stable, canary].filter((one) => one !== null).sort();
  };
  const log = () => readFileSync(join(folder, "log"), "utf8").trim().split("\n");
  const close = async () => rmSync(folder, { recursive: true, force: true });
  return { platform, target, traffic, running, close, folder, log };
}

function count({ totals, behaviours }: Pretended, version: string, number: number): void {
  const none = {
    requests: 0,
    errors: 0,
    latency: [[50, 0] as [number, number]],
    databaseCalls: 0,
    databaseErrors: 0,
  };
  const total = totals[version] ?? none;
  totals[version] = total;
  const { errors = 0, databaseErrors = 0 } = behaviours[version] ?? {};
  total.requests++;
  total.databaseCalls++;
  total.latency = [[50, total.requests]];
  if ((number * errors) % 10_000 >= 10_000 - errors) total.errors++;
  if ((number * databaseErrors) % 10_000 >= 10_000 - databaseErrors) total.databaseErrors++;
}

platformSuite("command", async () => open());

async function inWorld(
  world: CommandWorld,
  prove: (world: CommandWorld) => Promise<void>,
): Promise<void> {
  try {
    await prove(world);
  } finally {
    await world.close();
  }
}

const print = (text: string) => [
  process.execPath,
  "-e",
  `process.stdout.write(${JSON.stringify(text)})`,
];

test("command: a script runs once for a key, also when its answer was lost", () =>
  inWorld(open(), async ({ platform, target, log }) => {
    const one = target("1.0.0");
    await Promise.all([platform.deploy("a", one, WITHIN), platform.deploy("a", one, WITHIN)]);
    done(await platform.deploy("a", one, WITHIN));
    done(await platform.deploy("b", one, WITHIN));
    assert.deepEqual(log(), ["deploy a", "deploy b"]);
  }));

test("command: a script sees what it is to do, the variables it was granted, and nothing else", () =>
  inWorld(
    open(
      {
        weigh: [
          process.execPath,
          "-e",
          "require('fs').writeFileSync('seen', JSON.stringify(process.env))",
        ],
      },
      { TOKEN: "deploy-token-1", OTHER: "no", PATH: "/bin" },
    ),
    async ({ platform, target, folder }) => {
      const services = { web: {}, api: {} } as unknown as Target["services"];
      done(await platform.weigh("k", { ...target("1.0.0"), services }, 250));
      assert.deepEqual(JSON.parse(readFileSync(join(folder, "seen"), "utf8")), {
        HOLDPOINT_CANARY: "250",
        HOLDPOINT_COMMIT: "c0ffee",
        HOLDPOINT_ENVIRONMENT: "production",
        HOLDPOINT_KEY: "k",
        HOLDPOINT_RELEASE: "r-1.0.0",
        HOLDPOINT_SERVICES: "web api",
        HOLDPOINT_VERSION: "1.0.0",
        PATH: "/bin",
        TOKEN: "deploy-token-1",
      });
    },
  ));

test("command: what goes wrong is told with the script's last words and without its secrets", () => {
  const fail = (text: string) => [process.execPath, "-e", text];
  const config = {
    deploy: fail("console.error('no ' + process.env.TOKEN); process.exit(9)"),
    weigh: ["no-such-script"],
    retire: fail("setInterval(() => {}, 1000)"),
    promote: fail("process.kill(process.pid, 'SIGABRT')"),
    timeout: 700,
  };
  return inWorld(open(config, { TOKEN: "deploy-token-1" }), async ({ platform, target }) => {
    const one = target("1.0.0");
    const cases = [
      [
        await platform.deploy("a", one, WITHIN),
        /deploy 1\.0\.0 ended with exit code 9.* no \[hidden\]/,
      ],
      [await platform.weigh("b", one, 1), /could not be started.*no-such-script/],
      [await platform.retire("c", one), /took too long/],
      [await platform.promote("d", one), /ended by SIGABRT/],
    ] as const;
    for (const [answer, says] of cases) {
      assert.ok(answer.outcome === "failed", JSON.stringify(answer));
      assert.match(answer.reason, says);
    }
  });
});

test("command: a deploy has the time of its step, whatever the other scripts may take", () => {
  const wait = (millis: string) => [process.execPath, "-e", `setTimeout(() => {}, ${millis})`];
  const config = { deploy: wait("process.env.HOLDPOINT_VERSION * 1000"), timeout: 300 };
  return inWorld(open(config), async ({ platform, target }) => {
    done(await platform.deploy("a", target("0.6"), WITHIN));
    const answer = await platform.deploy("b", target("60"), 300);
    assert.ok(answer.outcome === "failed", JSON.stringify(answer));
    assert.match(answer.reason, /deploy 60 took too long and was ended/);
  });
});

test("command: the end of a script whose supervisor died is unknown", async () => {
  const platform = makeCommand({ env: [] as string[] } as CommandPlatform, {
    runner: {
      run: async () => ({ end: "unknown", reason: "Lost." }),
      look: async (_: RunCommand) => ({ end: "unknown", reason: "Lost." }),
    },
    repository: { root: "/" },
    source: {},
    now: () => 0,
  });
  const target = { environment: "e", release: "r", version: "1", commit: "c", services: {} };
  assert.equal((await platform.deploy("a", target, WITHIN)).outcome, "unknown");
  await assert.rejects(platform.measure(target), /measure e came to an unknown end/);
});

test("command: a measure that is no reading is an error that says what was expected", async () => {
  for (const [text, code] of [
    ["not json", "no-json"],
    ["{}", "shape"],
    ["x".repeat(70_000), "too-long"],
  ] as const) {
    await inWorld(open({ measure: print(text) }), async ({ platform, target }) => {
      await assert.rejects(platform.measure(target("1.0.0")), (error: Error) => {
        assert.match(error.message, /measure production did not: /);
        assert.equal((error.cause as { code: string }).code, code);
        return true;
      });
    });
  }
});

test("command: a probe script is asked in rounds until enough were good in a row", () =>
  inWorld(
    open({
      probe: [
        process.execPath,
        "-e",
        `
    const fs = require("fs");
    fs.appendFileSync("rounds", process.env.HOLDPOINT_OF + process.env.HOLDPOINT_PATHS + ";");
    process.exit(fs.readFileSync("rounds", "utf8").split(";").length === 3 ? 1 : 0);`,
      ],
    }),
    async ({ platform, target, folder }) => {
      const asked = ask("canary", { paths: ["/a", "/b?c=d"], times: 3 });
      const answer = await platform.probe("a", target("1.0.0"), asked);
      assert.deepEqual(answer, { outcome: "done", facts: { rounds: 5 } });
      assert.equal(readFileSync(join(folder, "rounds"), "utf8"), "canary/a /b?c=d;".repeat(5));
    },
  ));
