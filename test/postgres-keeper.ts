// Keeps one throw-away PostgreSQL server for the process at the other end of stdin (see postgres.ts): says its URL,
// crashes and restarts it on the line `crash`, and ends with it when stdin ends.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ensurePostgres } from "../tools/postgres.ts";

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

const programs = ensurePostgres();
const account = accountOfServer();
const folder = mkdtempSync(join(tmpdir(), "holdpoint-postgres-"));
const data = join(folder, "data");
const password = randomBytes(12).toString("hex");
let server: ChildProcess | undefined;
process.on("exit", () => {
  server?.kill("SIGQUIT");
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

initialize();
const port = await start();
process.stdout.write(`postgres://postgres:${password}@127.0.0.1:${port}/postgres\n`);
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== "crash") continue;
  await end("SIGQUIT");
  await startOn(port);
  process.stdout.write("again\n");
}
await end("SIGINT");
process.exit();

/** PostgreSQL refuses to run as root: then it runs as the account that its package made. */
function accountOfServer(): Account {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }).trim());
  return { uid: id("-u"), gid: id("-g") };
}

function initialize(): void {
  const secret = join(folder, "password");
  writeFileSync(secret, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    for (const path of [folder, secret]) chownSync(path, account.uid, account.gid);
  }
  const argv = ["--pgdata", data, "--username=postgres", "--encoding=UTF8", "--locale=C"];
  const auth = ["--auth=scram-sha-256", `--pwfile=${secret}`];
  execFileSync(join(programs, "initdb"), [...argv, ...auth, "--no-sync", "--no-instructions"], {
    ...account,
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** Starts the server on a port that was free a moment ago; another process may take it meanwhile, so it tries again. */
async function start(): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, "close");
    try {
      await startOn(port);
      return port;
    } catch (reason) {
      if (attempt === 5) throw reason;
    }
  }
}

/** Everything else stays as PostgreSQL has it: above all fsync, which is on. */
async function startOn(port: number): Promise<void> {
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories="];
  const argv = ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
  const child = spawn(join(programs, "postgres"), argv, {
    ...account,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  server = child;
  const log: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    log.push(line);
    if (!line.includes("ready to accept connections")) continue;
    // Nobody reads the rest, and a full pipe would halt the server.
    child.stderr.resume();
    return;
  }
  throw new Error(`PostgreSQL did not start:\n${log.join("\n")}`);
}

async function end(signal: NodeJS.Signals): Promise<void> {
  if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, "exit");
  server.kill(signal);
  await gone;
}
