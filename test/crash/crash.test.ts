// One release, its control plane killed by SIGKILL at every journal append and every effect, one after the other. Afterwards
// the world must look as if nothing had happened: every effect once, the service always up, the journal whole.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { addressesOf, stopEnvironment } from "#adapters/platform/local.ts";
import type { Place } from "#app/holdpoint.ts";
import { readEvent } from "#core/release/upcast.ts";
import { serveFirst } from "../../demo/first.ts";
import { openHoldpoint } from "../../src/main.ts";

const SERVICE = `import { createServer } from "node:http";
createServer((request, response) => {
  const fails = FAILS && request.url !== "/health";
  response.writeHead(fails ? 500 : 200).end("VERSION");
}).listen(process.env.PORT, "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
`;
const EFFECT = `import { appendFileSync } from "node:fs";
appendFileSync(process.env.HOME + "/effects", process.argv[2] + "\\n");
`;

interface Crashed {
  readonly place: Place;
  readonly folder: string;
  readonly kills: number;
  readonly lines: (name: string) => string[];
  readonly served: { asked: number; lost: number };
}

async function crashThrough(
  fails: boolean,
  look: (crashed: Crashed) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-crash-"));
  const root = join(folder, "team");
  const dataDir = join(folder, "data");
  const git = (...argv: string[]) =>
    execFileSync("git", ["-c", "user.name=Dev", "-c", "user.email=dev@example.test", ...argv], {
      cwd: root,
      encoding: "utf8",
    }).trim();
  mkdirSync(root);
  git("init", "--quiet", "--initial-branch=main");
  copyFileSync(new URL("policy.yaml", import.meta.url), join(root, "holdpoint.yaml"));
  writeFileSync(join(root, "effect.mjs"), EFFECT);
  const write = (version: string, bad: boolean) =>
    writeFileSync(
      join(root, "service.mjs"),
      SERVICE.replace("VERSION", version).replace("FAILS", String(bad)),
    );
  const commit = (message: string) => {
    git("add", "--all");
    git("commit", "--quiet", "--message", message);
  };
  write("1.0.0", false);
  commit("feat: serve");
  git("tag", "--annotate", "v1.0.0", "--message", "1.0.0");
  const home = { ...process.env, HOME: folder };
  const place: Place = {
    policyFile: join(root, "holdpoint.yaml"),
    root,
    dataDir,
    databaseUrl: null,
  };
  const served = { asked: 0, lost: 0 };
  let asking: NodeJS.Timeout | undefined;
  try {
    await serveFirst({
      team: { root, head: git("rev-parse", "HEAD") },
      dataDir,
      environments: ["production"],
      version: "1.0.0",
    });
    const url = `${addressesOf(dataDir, "production")["web"]}/page`;
    asking = setInterval(() => {
      served.asked += 1;
      get(url, (response) => {
        if (response.statusCode === 502) served.lost += 1;
        response.resume();
      }).on("error", () => {
        served.lost += 1;
      });
    }, 25);
    write("1.0.1", fails);
    commit("fix: serve better");
    const killed = join(folder, "killed");
    let kills = 0;
    while ((await controlPlane(place, killed, home)) === "killed") {
      kills += 1;
      assert.ok(kills < 600, "it does not come to an end");
    }
    clearInterval(asking);
    const lines = (name: string) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n");
    await look({ place, folder, kills, lines, served });
  } finally {
    clearInterval(asking);
    await stopEnvironment(dataDir);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a control plane until it kills itself or is done. */
function controlPlane(
  place: Place,
  killed: string,
  env: NodeJS.ProcessEnv,
): Promise<"killed" | "done"> {
  const script = new URL("control-plane.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, JSON.stringify(place), killed], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on("exit", (code, signal) => {
      if (signal === "SIGKILL") resolve("killed");
      else if (code === 0) resolve("done");
      else reject(new Error(`the control plane failed: ${said}`));
    });
  });
}

/** What every run must have in common, however it ended. */
async function soundWorld({ place, folder, kills, lines, served }: Crashed): Promise<string[]> {
  const opened = await openHoldpoint(place);
  assert.ok(opened.ok);
  const { desk, store, close } = opened.value;
  const proof = await desk.verify();
  assert.ok(proof.ok && proof.value.sound, "the journal is whole");
  const entries = await store.readAll(0, 100_000);
  const release = entries[0]?.stream ?? "";
  const events = entries.map((entry) => readEvent(entry));
  assert.equal(
    await store.hold("environment/production", "nobody"),
    "nobody",
    "the environment is free",
  );
  assert.deepEqual(await store.intents(release), [], "nothing is wanted any more");
  await close();
  const killedAt = readFileSync(join(folder, "killed"), "utf8").trimEnd().split("\n");
  assert.equal(new Set(killedAt).size, kills, "every kill was at another place");
  const keys = lines("team/told.log").map((line) => (JSON.parse(line) as { key: string }).key);
  assert.equal(new Set(keys).size, keys.length, "nothing was told twice");
  assert.ok(served.asked > 100);
  assert.equal(served.lost, 0, "the service served while its control plane was dead");
  return events.map((event) =>
    event.type === "StepDone" ? `${event.type} ${event.step}` : event.type,
  );
}

test("killed at every append and effect of a good release: it ships, and every effect happened once", async () => {
  await crashThrough(false, async (crashed) => {
    const events = await soundWorld(crashed);
    assert.equal(events.at(-1) === "EnvironmentFreed" || events.includes("ReleaseEnded"), true);
    assert.deepEqual(crashed.lines("effects").sort(), ["backup", "expand", "flush", "tests"]);
    const { root } = crashed.place;
    assert.equal(
      execFileSync("git", ["tag", "--list", "v1.0.1"], { cwd: root, encoding: "utf8" }).trim(),
      "v1.0.1",
    );
    assert.deepEqual(await versionsServing(crashed.place.dataDir), ["1.0.1"]);
    assert.ok(crashed.kills >= 80, `only ${crashed.kills} kills`);
  });
});

test("killed at every append and effect of a bad release: it is taken back, and every effect happened once", async () => {
  await crashThrough(true, async (crashed) => {
    const events = await soundWorld(crashed);
    assert.ok(events.includes("RollbackDecided"));
    assert.deepEqual(crashed.lines("effects").sort(), ["backup", "expand", "taken-back", "tests"]);
    assert.deepEqual(await versionsServing(crashed.place.dataDir), ["1.0.0"]);
    assert.ok(crashed.kills >= 80, `only ${crashed.kills} kills`);
  });
});

/** The versions that answer 40 requests. */
async function versionsServing(dataDir: string): Promise<string[]> {
  const url = `${addressesOf(dataDir, "production")["web"]}/health`;
  const answers = await Promise.all(
    Array.from({ length: 40 }, async () => await (await fetch(url)).text()),
  );
  return [...new Set(answers)];
}
