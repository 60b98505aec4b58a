// A team whose platform is scripts of its own, and a real server with its worker and its meter in a process of its own.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { remoteDesk } from "#api/client.ts";
import type { Desk } from "#app/desk.ts";
import { openTokens } from "#http/tokens.ts";

const BIN = new URL("../../bin/holdpoint.mjs", import.meta.url).pathname;
const HERE = import.meta.dirname;

interface Told {
  readonly title: string;
  readonly body: string;
}

export interface Shop {
  readonly url: string;
  readonly desk: Desk;
  /** The secret of a token that may push samples. */
  readonly pusher: string;
  /** What a channel was sent so far. */
  readonly told: (channel: "pager" | "mail") => readonly Told[];
  readonly end: () => Promise<void>;
}

/** Version 1.0.0 serves in both environments; a fix and a feature wait to be released. */
export async function openShop(prometheus: string): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-judging-"));
  const [root, dataDir] = [join(folder, "team"), join(folder, "data")];
  mkdirSync(root);
  for (const environment of ["production", "shop-floor"]) {
    const world = { stable: "1.0.0", canary: null, weight: 0, slow: 2500 };
    writeFileSync(join(folder, `${environment}.json`), JSON.stringify(world));
  }
  makeRepository(root, prometheus);
  const add = (person: string, may: "act" | "push") => {
    const added = openTokens(dataDir).add({ person, may, now: Date.now() });
    if (!added.ok) throw new Error(added.error[0]?.sentence);
    return added.value.secret;
  };
  const [lead, pusher] = [add("lead@example.test", "act"), add("metrics@example.test", "push")];
  const env = { ...process.env, HOME: folder, HOLDPOINT_DATA_DIR: dataDir };
  const argv = [BIN, "serve", "--listen", "127.0.0.1:0", "--json"];
  const server = spawn(process.execPath, argv, { cwd: root, env });
  let [said, complained] = ["", ""];
  server.stdout.on("data", (text) => {
    said += text;
  });
  server.stderr.on("data", (text) => {
    complained += text;
  });
  await until("the server listens", () => said.includes("\n") || server.exitCode !== null);
  if (server.exitCode !== null) throw new Error(`serve ended: ${complained}`);
  const { url } = JSON.parse(said) as { url: string };
  return {
    ...{ url, pusher, desk: remoteDesk(url, lead) },
    told: (channel) => {
      const path = join(folder, `${channel}.jsonl`);
      if (!existsSync(path)) return [];
      // What stands after the last end of a line is still being written.
      const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
      return lines.map((line) => JSON.parse(line) as Told);
    },
    async end() {
      const gone = once(server, "exit");
      server.kill("SIGTERM");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeRepository(root: string, prometheus: string): void {
  const who = ["-c", "user.name=Dev", "-c", "user.email=dev@example.test"];
  const git = (...argv: string[]) => execFileSync("git", [...who, ...argv], { cwd: root });
  const policy = readFileSync(join(HERE, "policy.yaml"), "utf8");
  writeFileSync(join(root, "holdpoint.yaml"), policy.replace("http://127.0.0.1:9090", prometheus));
  writeFileSync(join(root, "platform.mjs"), readFileSync(join(HERE, "platform.mjs")));
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "feat: sell");
  git("tag", "--annotate", "v1.0.0", "--message", "1.0.0");
  git("commit", "--quiet", "--allow-empty", "--message", "fix: sell better");
}

/** Waits until something is so. */
export async function until(
  what: string,
  is: () => boolean | Promise<boolean>,
  seconds = 60,
): Promise<void> {
  for (let tries = 0; tries < seconds * 10; tries += 1) {
    if (await is()) return;
    await pause(100);
  }
  throw new Error(`it never came to be that ${what}`);
}
