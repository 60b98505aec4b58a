// A PostgreSQL server for one test file: its own folder, its own port, gone with the process that asked for it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface TestPostgres {
  /** Of a database in UTF8, with the password of its superuser. */
  readonly url: string;
  /** Ends the server as a crash would, without a shutdown checkpoint, and starts it again on the same port. */
  crash(): Promise<void>;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

const KEEPER = fileURLToPath(new URL("postgres-keeper.ts", import.meta.url));

/**
 * Starts a fresh server on a free port of the loopback interface, with fsync on; takes about a second. A process of its
 * own keeps it, which ends it and cleans up as soon as this one is gone, however it went.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const keeper = spawn(process.execPath, [KEEPER], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: keeper.stdout })[Symbol.asyncIterator]();
  const ended = once(keeper, "exit");
  const answer = async (): Promise<string> => {
    const { value } = await lines.next();
    if (typeof value === "string") return value;
    throw new Error("the keeper of the test server has ended without an answer");
  };
  const url = await answer();
  return {
    url,
    async crash() {
      keeper.stdin.write("crash\n");
      await answer();
    },
    async stop() {
      keeper.stdin.end();
      await ended;
    },
  };
}
