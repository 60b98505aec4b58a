// A world for tests of the CLI: text instead of a terminal, a clock that pauses move, a desk in memory.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FakeDesk, fakeDesk } from "#app/desk.fake.ts";
import { ok } from "#core/base/result.ts";
import { next } from "#core/release/next.ts";
import { type Faults, world as simulated } from "#core/simulation/world.ts";
import { takeLock } from "#store/lock.ts";
import { joins as real } from "./joins.ts";
import { main } from "./main.ts";
import type { Terminal, World } from "./world.ts";

export interface Said {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

export interface FakeWorld {
  readonly world: World;
  readonly fake: FakeDesk;
  readonly folder: string;
  run(line: string, terminal?: Partial<Terminal>): Promise<Said>;
  /** Lets what the releases want happen whenever somebody pauses, as a worker would; `faults` say what goes wrong. */
  work(faults?: Faults): void;
  /** Ctrl-C. */
  interrupt(): void;
  remove(): void;
}

export function fakeWorld(env: Readonly<Record<string, string>> = {}): FakeWorld {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-cli-"));
  writeFileSync(join(folder, "holdpoint.yaml"), "holdpoint: 1\n");
  let now = 1_795_000_000_000;
  const fake = fakeDesk(() => now);
  const stop = new AbortController();
  let onPause = () => {};
  const joins: World["joins"] = {
    ...real,
    open: async () => ok(fake.holdpoint),
    lock: async (dataDir, at) => {
      mkdirSync(dataDir, { recursive: true });
      return takeLock(dataDir, at);
    },
    check: async (file) =>
      ok({ file, text: "", policy: null, problems: [], told: [], beside: new Map() }),
    firstPolicy: async () => ok("holdpoint: 1\n"),
  };
  const world: World = {
    terminal: silent,
    around: {
      cwd: folder,
      env: { HOLDPOINT_PERSON: "lead@example.test", HOME: folder, ...env },
    },
    open: joins.open,
    joins,
    clock: () => now,
    pause: async (millis) => {
      now += Math.max(millis, 5000);
      onPause();
    },
    interrupted: stop.signal,
  };
  return {
    world,
    fake,
    folder,
    run: async (line, terminal = {}) => {
      const [out, err]: [string[], string[]] = [[], []];
      const listening = {
        ...silent,
        out: (text: string) => void out.push(text),
        err: (text: string) => void err.push(text),
        ...terminal,
      };
      const words = line.match(/"[^"]*"|\S+/g) ?? [];
      const argv = words.map((word) => word.replaceAll('"', ""));
      const exit = await main(argv, { ...world, terminal: listening });
      return { exit, out: out.join(""), err: err.join("") };
    },
    work: (faults = {}) => {
      const outside = simulated(faults);
      onPause = () => {
        for (const id of fake.names()) workOn(fake, { id, now, outside });
      };
    },
    interrupt: () => stop.abort(),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

const silent: Terminal = {
  out: () => {},
  err: () => {},
  draws: false,
  color: false,
  width: 100,
  height: 40,
  asks: false,
  ask: async () => "",
};

function workOn(
  fake: FakeDesk,
  { id, now, outside }: { id: string; now: number; outside: ReturnType<typeof simulated> },
): void {
  const state = fake.state(id);
  const due = next(state, now).intents.filter((intent) => intent.due <= now);
  for (const intent of due) {
    const { answer } = outside.answer(intent, state, now);
    fake.answer(id, { ask: "answer", by: "holdpoint", intent: intent.id, answer });
  }
  if (fake.state(id).stand.at !== "ended") fake.answer(id, { ask: "wake", by: "holdpoint" });
}
