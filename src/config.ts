// The only reader of the environment. Secrets come from files: a flag shows in `ps`, an environment variable in every child.
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Place } from "#app/holdpoint.ts";
import type { Problem } from "#app/problem.ts";
import { err, ok, type Result } from "#core/base/result.ts";

export interface Config extends Place {
  /** The server that the CLI talks to, without a slash at its end; null: the CLI opens the store itself. */
  readonly server: string | null;
  readonly statusPage: string;
  readonly tokenFile: string;
  readonly listen: { readonly host: string; readonly port: number };
}

export interface Flags {
  readonly policy?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly server?: string | undefined;
  readonly listen?: string | undefined;
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

type Read<Value> = Result<Value, readonly Problem[]>;

const POLICY_FILE = "holdpoint.yaml";
const DEFAULT_LISTEN = "127.0.0.1:4600";

/** The process's own environment and folder. */
export function surroundings(): Surroundings {
  return { env: process.env, cwd: process.cwd() };
}

/** Whether the environment asks for text without colour (no-color.org) or the terminal has none. */
export function wantsNoColor({ env }: Surroundings): boolean {
  return (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
}

/** Flags first, then the environment, then the user's config file, then defaults. */
export function readConfig(flags: Flags, around: Surroundings): Read<Config> {
  const { env, cwd } = around;
  const home = join(xdgConfig(env), "holdpoint");
  const policyFile =
    flags.policy !== undefined
      ? resolve(cwd, flags.policy)
      : (findUp(cwd, POLICY_FILE) ?? join(cwd, POLICY_FILE));
  const git = findUp(dirname(policyFile), ".git");
  const root = git === null ? dirname(policyFile) : dirname(git);
  const databaseUrl = readSecret(env["HOLDPOINT_DATABASE_URL_FILE"], cwd);
  if (!databaseUrl.ok) return databaseUrl;
  const server = readServer(flags.server ?? env["HOLDPOINT_SERVER"], join(home, "config.json"));
  if (!server.ok) return server;
  const listen = readListen(flags.listen ?? env["HOLDPOINT_LISTEN"] ?? DEFAULT_LISTEN);
  if (!listen.ok) return listen;
  const dataDir = resolve(
    cwd,
    flags.dataDir ?? env["HOLDPOINT_DATA_DIR"] ?? join(root, ".holdpoint"),
  );
  return ok({
    policyFile,
    root,
    dataDir,
    statusPage: resolve(cwd, env["HOLDPOINT_STATUS_PAGE"] ?? join(dataDir, "status-page")),
    databaseUrl: databaseUrl.value,
    server: server.value,
    tokenFile: resolve(cwd, env["HOLDPOINT_TOKEN_FILE"] ?? join(home, "token")),
    listen: listen.value,
  });
}

/** Who sits here, for the embedded store only: a server knows people by their tokens. */
export async function findPerson({ env, cwd }: Surroundings): Promise<Read<string>> {
  const said = env["HOLDPOINT_PERSON"];
  const person = (said ?? (await gitEmail(cwd))).trim().toLowerCase();
  if (/^[^\s@]{1,64}@[^\s@]{1,135}$/.test(person)) return ok(person);
  return problem({
    code: "no-person",
    sentence:
      person === ""
        ? "It is not known who you are: git has no user.email here."
        : "The name of the person who asks is not an e-mail address.",
    remedy: "Set it with `git config user.email you@example.test`, or HOLDPOINT_PERSON in CI.",
  });
}

/** The bearer token for the server. */
export function readToken(file: string): Read<string> {
  try {
    const token = readFileSync(file, "utf8").trim();
    if (/^[\x21-\x7e]{16,512}$/.test(token)) return ok(token);
  } catch {
    // A file that cannot be read is no token, as an empty one is.
  }
  return problem({
    code: "no-token",
    sentence: `There is no token for the server in ${file}.`,
    remedy: "Ask whoever runs the server for `holdpoint token add YOU`, and keep it in that file.",
    where: file,
  });
}

function xdgConfig(env: Surroundings["env"]): string {
  const said = env["XDG_CONFIG_HOME"];
  return said?.startsWith("/") ? said : join(env["HOME"] ?? homedir(), ".config");
}

function findUp(from: string, name: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return join(folder, name);
    if (folder === dirname(folder)) return null;
  }
}

function readSecret(file: string | undefined, cwd: string): Read<string | null> {
  if (file === undefined || file === "") return ok(null);
  try {
    const text = readFileSync(resolve(cwd, file), "utf8").trim();
    if (/^postgres(?:ql)?:\/\//.test(text)) return ok(text);
  } catch {
    // Told below in the same words as a file that holds something else.
  }
  return problem({
    code: "bad-config",
    sentence: `The file ${file} holds no PostgreSQL URL.`,
    remedy: "Write postgresql://... into the file that HOLDPOINT_DATABASE_URL_FILE names.",
    where: file,
  });
}

function readServer(said: string | undefined, file: string): Read<string | null> {
  const text = said ?? serverInFile(file);
  if (text === null || text === "") return ok(null);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.search === "") {
    return ok(url.href.replace(/\/+$/, ""));
  }
  return problem({
    code: "bad-config",
    sentence: "The server's address is not an http or https URL without credentials.",
    remedy: "Write it like https://holdpoint.example.test in --server or HOLDPOINT_SERVER.",
    where: said === undefined ? file : "HOLDPOINT_SERVER",
  });
}

function serverInFile(file: string): string | null {
  try {
    const config: unknown = JSON.parse(readFileSync(file, "utf8"));
    const server = (config as { server?: unknown } | null)?.server;
    return typeof server === "string" ? server : null;
  } catch {
    return null;
  }
}

function readListen(text: string): Read<Config["listen"]> {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text);
  const [host, port] = [match?.[1] ?? match?.[2], Number(match?.[3])];
  if (host !== undefined && port <= 65535) return ok({ host, port });
  return problem({
    code: "bad-config",
    sentence: "The address to listen on is not HOST:PORT.",
    remedy: `Write it like ${DEFAULT_LISTEN} or [::1]:4600.`,
  });
}

async function gitEmail(cwd: string): Promise<string> {
  // Loaded only here: most verbs, and all help, do without it.
  const { execFile } = await import("node:child_process");
  return await new Promise((done) => {
    const argv = ["config", "--get", "user.email"];
    execFile("git", argv, { cwd, timeout: 5000, maxBuffer: 4096 }, (error, stdout) =>
      done(error ? "" : stdout),
    );
  });
}

function problem(what: Problem): { ok: false; error: readonly Problem[] } {
  return err([what]);
}
