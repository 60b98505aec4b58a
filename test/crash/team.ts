// A team with a repository, a first version that serves, a second one to be released, and a client that never stops asking.
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addressesOf, stopEnvironment } from "#adapters/platform/local.ts";
import type { Place } from "#app/holdpoint.ts";
import { serveFirst } from "../../demo/first.ts";

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

export interface Team {
  readonly folder: string;
  readonly place: Place;
  readonly served: { asked: number; lost: number };
  /**
   * Starts a control plane that kills itself at every boundary that the file does not name; without a file it never does.
   * With a reason it has the version withdrawn once it is out.
   */
  controlPlane(
    killed?: string,
    withdraw?: string,
  ): { pid: number | undefined; ended: Promise<"killed" | "done"> };
  /** The lines of a file below the folder. */
  lines(name: string): string[];
  git(...argv: string[]): string;
  /** The versions that answer 40 requests. */
  serving(): Promise<string[]>;
  hush(): void;
  end(): Promise<void>;
}

/**
 * @param fails whether the second version fails every request but its health probe
 * @param policy the team's policy file; that of the crash tests where it is left out
 */
export async function makeTeam(
  fails: boolean,
  databaseUrl: string | null = null,
  policy = new URL("policy.yaml", import.meta.url),
): Promise<Team> {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-crash-"));
  const root = join(folder, "team");
  const dataDir = join(folder, "data");
  const place: Place = { policyFile: join(root, "holdpoint.yaml"), root, dataDir, databaseUrl };
  const git = makeRepository(root, policy);
  const change = changer(root, git);
  change("1.0.0", { bad: false, message: "feat: serve" });
  git("tag", "--annotate", "v1.0.0", "--message", "1.0.0");
  const team = { root, head: git("rev-parse", "HEAD") };
  await serveFirst({ team, dataDir, environments: ["production"], version: "1.0.0" });
  change("1.0.1", { bad: fails, message: "fix: serve better" });
  const address = () => addressesOf(dataDir, "production")["web"];
  const client = askAllTheTime(`${address()}/page`);
  return {
    ...{ folder, place, git, served: client.served, hush: client.hush },
    controlPlane: (killed = "", withdraw = "") =>
      controlPlane(place, { killed, withdraw, home: folder }),
    lines: (name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"),
    async serving() {
      const asked = Array.from({ length: 40 }, async () => await fetch(`${address()}/health`));
      const answers = await Promise.all(asked.map(async (answer) => await (await answer).text()));
      return [...new Set(answers)];
    },
    async end() {
      client.hush();
      await stopEnvironment(dataDir);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Git = (...argv: string[]) => string;

function makeRepository(root: string, policy: URL): Git {
  mkdirSync(root);
  const who = ["-c", "user.name=Dev", "-c", "user.email=dev@example.test"];
  const git: Git = (...argv) =>
    execFileSync("git", [...who, ...argv], { cwd: root, encoding: "utf8" }).trim();
  git("init", "--quiet", "--initial-branch=main");
  copyFileSync(policy, join(root, "holdpoint.yaml"));
  writeFileSync(join(root, "effect.mjs"), EFFECT);
  return git;
}

function changer(root: string, git: Git) {
  return (version: string, { bad, message }: { bad: boolean; message: string }) => {
    const text = SERVICE.replace("VERSION", version).replace("FAILS", String(bad));
    writeFileSync(join(root, "service.mjs"), text);
    git("add", "--all");
    git("commit", "--quiet", "--message", message);
  };
}

/** Asks every 25 ms. A request is lost when nobody answers it, or only the router. */
function askAllTheTime(url: string) {
  const served = { asked: 0, lost: 0 };
  const lost = () => {
    served.lost += 1;
  };
  const timer = setInterval(() => {
    served.asked += 1;
    get(url, (response) => {
      if (response.statusCode === 502) lost();
      response.resume();
    }).on("error", lost);
  }, 25);
  return { served, hush: () => clearInterval(timer) };
}

function controlPlane(
  place: Place,
  { killed, withdraw, home }: { killed: string; withdraw: string; home: string },
): ReturnType<Team["controlPlane"]> {
  const script = new URL("control-plane.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, JSON.stringify(place), killed, withdraw], {
    env: { ...process.env, HOME: home },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  const ended = new Promise<"killed" | "done">((resolve, reject) => {
    child.on("exit", (code, signal) => {
      if (signal === "SIGKILL") resolve("killed");
      else if (code === 0) resolve("done");
      else reject(new Error(`the control plane failed: ${said}`));
    });
  });
  return { pid: child.pid, ended };
}
