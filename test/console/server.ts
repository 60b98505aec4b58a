// A real server with its worker in a process of its own, for a team, on a port that stays the same when it is started anew.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Place } from "#app/holdpoint.ts";
import { openTokens } from "#http/tokens.ts";
import { ensureConsole } from "../../tools/console.ts";

const BIN = new URL("../../bin/holdpoint.mjs", import.meta.url).pathname;

export interface Console {
  readonly url: string;
  token(person: string, may?: "read" | "act"): string;
  /** Revokes every token of a person. */
  revoke(person: string): void;
  start(): Promise<void>;
  /** Dies without a word, as in a power cut. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function makeConsole({ root, dataDir }: Place, home: string): Promise<Console> {
  await ensureConsole();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, HOME: home, HOLDPOINT_DATA_DIR: dataDir };
  let server: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals) => {
    if (server === null) return;
    const gone = once(server, "exit");
    server.kill(signal);
    await gone;
    server = null;
  };
  return {
    url,
    token: (person, may = "act") => {
      const added = openTokens(dataDir).add({ person, may, now: Date.now() });
      if (!added.ok) throw new Error(added.error[0]?.sentence);
      return added.value.secret;
    },
    revoke(person) {
      const tokens = openTokens(dataDir);
      const known = tokens.list();
      if (!known.ok) throw new Error(known.error[0]?.sentence);
      const theirs = known.value.filter((one) => one.person === person);
      for (const { id } of theirs) tokens.revoke(id, Date.now());
    },
    async start() {
      server = spawn(process.execPath, [BIN, "serve", "--listen", `127.0.0.1:${port}`], {
        ...{ cwd: root, env },
        stdio: ["ignore", "ignore", "inherit"],
      });
      await answers(`${url}/readyz`);
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

async function freePort(): Promise<number> {
  const socket = createServer().listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address() as { port: number };
  socket.close();
  await once(socket, "close");
  return port;
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`${url} does not answer`);
}
