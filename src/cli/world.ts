import { isatty } from "node:tty";
import type { OpenHoldpoint } from "#app/holdpoint.ts";
import type { Instant, Millis } from "#core/base/time.ts";
import { type Surroundings, surroundings, wantsNoColor } from "../config.ts";
import { type Joins, joins } from "./joins.ts";

/** Everything that the CLI touches; tests give it another. */
export interface World {
  readonly terminal: Terminal;
  readonly around: Surroundings;
  readonly open: OpenHoldpoint;
  readonly joins: Joins;
  readonly clock: () => Instant;
  /** Resolves after the time, or at once when interrupted. */
  readonly pause: (millis: Millis) => Promise<void>;
  /** Aborted by Ctrl-C or a polite kill. */
  readonly interrupted: AbortSignal;
}

export interface Terminal {
  /** Results. */
  readonly out: (text: string) => void;
  /** Messages. */
  readonly err: (text: string) => void;
  /** Whether lines on stderr can be drawn again. */
  readonly draws: boolean;
  readonly color: boolean;
  /** Width in columns. */
  readonly width: number;
  /** Height in lines. */
  readonly height: number;
  /** Whether somebody can be asked. */
  readonly asks: boolean;
  readonly ask: (question: string) => Promise<string>;
}

/** The process's own world, with its signals listened to until `leave`. */
export function realWorld(): { world: World; leave: () => void } {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, interrupt);
  // Whoever reads us has heard enough (`| head`): that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  const around = surroundings();
  const world: World = {
    terminal: realTerminal(!wantsNoColor(around)),
    around,
    open: joins.open,
    joins,
    clock: () => Date.now(),
    pause: (millis) => pause(millis, stop.signal),
    interrupted: stop.signal,
  };
  const leave = () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, interrupt);
  };
  return { world, leave };
}

function pause(millis: Millis, stop: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, stop.aborted ? 0 : millis);
    stop.addEventListener("abort", end, { once: true });
  });
}

function realTerminal(color: boolean): Terminal {
  const { stdout, stderr } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    draws: stderr.isTTY === true,
    color: color && stdout.isTTY === true && stderr.isTTY === true,
    // A terminal that does not know its size says 0.
    width: stderr.columns || 100,
    height: stderr.rows || 40,
    // The input itself is opened only to be read: that takes 2 ms.
    asks: isatty(0) && stderr.isTTY === true,
    ask: async (question) => {
      // Loaded only here: `--help` should not wait for it.
      const { createInterface } = await import("node:readline/promises");
      const line = createInterface({ input: process.stdin, output: stderr });
      try {
        return await line.question(question);
      } finally {
        line.close();
      }
    },
  };
}
