import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readText } from "./files.ts";

/** The programs of this folder. Each runs by itself and outlives whoever started it. */
export type Program = "run-once" | "keep-service" | "router";

export interface StartAsk {
  readonly program: Program;
  /** The one folder that the program works on. */
  readonly folder: string;
  /** Written to its standard input as JSON. */
  readonly told: unknown;
  /** A folder of Holdpoint's own where Node keeps compiled code: it saves more than half of the time to start. */
  readonly cache: string;
}

/** A program that has been started. */
export interface Started {
  /** Why it is over already, as far as its starter saw; null while it runs. */
  ended(): string | null;
}

/** The path of a program, beside this file and of the same kind. */
export function programPath(program: Program): string {
  return fileURLToPath(new URL(`./${program}${extname(import.meta.url)}`, import.meta.url));
}

/**
 * Starts a program as a process that this one does not wait for: with the running Node, in a session of its own. If
 * this process dies before all is told, the program ends without having done anything.
 */
export function start({ program, folder, told, cache }: StartAsk): Started {
  const log = join(folder, "program.log");
  const errors = openSync(log, "a", 0o600);
  const child = spawn(process.execPath, [programPath(program), folder], {
    cwd: folder,
    detached: true,
    env: { NODE_COMPILE_CACHE: cache },
    stdio: ["pipe", "ignore", errors],
  });
  closeSync(errors);
  let end: string | null = null;
  child.once("error", (error) => {
    end = error.message;
  });
  child.once("exit", (code, signal) => {
    end = `${signal ?? `exit code ${code}`}: ${(readText(log) ?? "").trim().slice(-500)}`;
  });
  child.unref();
  const { stdin } = child;
  stdin?.on("error", () => undefined);
  stdin?.end(JSON.stringify(told));
  return { ended: () => end };
}

/** Reads what a program was told; null when its starter died in the middle of it. */
export async function told<T>(): Promise<T | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as T;
  } catch {
    return null;
  }
}
