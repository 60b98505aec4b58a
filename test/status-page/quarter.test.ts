// Two servers on one store, each killed again and again while a release is in flight, on a clock that runs 600 times faster:
// the public hears of it every 15 minutes all the same, and of nothing twice.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { HOUR, MINUTE, type Millis } from "#core/base/time.ts";
import type { Happened } from "#core/release/events.ts";
import { evolve } from "#core/release/evolve.ts";
import { publicMoment } from "#core/release/public.ts";
import type { Release } from "#core/release/state.ts";
import { readEvent } from "#core/release/upcast.ts";
import { openSqlite } from "#store/sqlite/store.ts";
import { verifyJournal } from "#store/verify-journal.ts";
import type { Ask } from "./fast-server.ts";

const SCRIPT = new URL("fast-server.ts", import.meta.url).pathname;
const TIMES = 600;
const folder = mkdtempSync(join(tmpdir(), "holdpoint-quarter-"));
after(() => rmSync(folder, { recursive: true }));

/** Keeps one server running: as often as it is killed, another takes its place. Tells how long the slowest took to start. */
async function server(
  ask: Ask,
  lives: readonly number[],
): Promise<{ kills: number; slowest: Millis }> {
  let [kills, slowest] = [0, 0];
  for (const life of [...lives, Number.POSITIVE_INFINITY]) {
    const child: ChildProcess = spawn(process.execPath, [SCRIPT, JSON.stringify(ask)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const spawned = Date.now();
    child.stdout?.once("data", () => {
      slowest = Math.max(slowest, Date.now() - spawned);
    });
    const timer = Number.isFinite(life) ? setTimeout(() => child.kill("SIGKILL"), life) : undefined;
    const [code] = await once(child, "exit");
    clearTimeout(timer);
    if (code === 0) break;
    kills += 1;
  }
  return { kills, slowest };
}

function momentsIn(happened: readonly Happened[]): readonly { at: number; moment: string }[] {
  let release: Release | null = null;
  return happened.flatMap((one) => {
    const before: Release | null = release;
    release = evolve(before, one);
    const moment = before && publicMoment(before, release, one.event, new Set(["production"]));
    return moment === null ? [] : [{ at: one.at, moment }];
  });
}

test("SS-28: with two servers that are killed again and again, the public hears every 15 minutes, each time once", async () => {
  const file = join(folder, "store.db");
  const page = join(folder, "page");
  const ask = { file, folder: page, since: Date.now(), times: TIMES };
  const servers = await Promise.all([
    server(ask, [2500, 1700, 2100, 1900]),
    server(ask, [1900, 2300, 1800, 2600]),
  ]);
  const kills = servers[0].kills + servers[1].kills;
  assert.ok(kills >= 6, `killed ${kills}`);
  const opened = openSqlite(file);
  assert.ok(opened.ok);
  const store = opened.value;
  const entries = await store.readAll(0, 100_000);
  assert.ok((await verifyJournal(store)).ok);
  await store.close();
  const happened = entries.map((entry) => ({
    at: entry.at,
    by: entry.by,
    event: readEvent(entry),
  }));
  const moments = momentsIn(happened);
  const updates = happened.flatMap(({ at, event }) =>
    event.type === "UpdateGiven" ? [{ at, number: event.number }] : [],
  );
  assert.deepEqual(
    updates.map(({ number }) => number),
    updates.map((_, index) => index + 1),
  );
  const [first, last] = [moments[0]?.at ?? 0, moments.at(-1)?.at ?? 0];
  assert.ok(last - first >= 2 * HOUR);
  // Whoever takes over waits for the lease of who was killed, 5 minutes of this clock; and a machine that is busy takes
  // its time to start a server, and for all else.
  const starting = TIMES * Math.max(...servers.map(({ slowest }) => slowest));
  const longest = 30 * MINUTE + 3 * starting;
  for (const [index, { at, moment }] of moments.entries()) {
    const before = moments[index - 1]?.at ?? at;
    if (moment === "under-way") assert.ok(at - before >= 15 * MINUTE, "none comes too early");
    assert.ok(at - before <= longest, `${moment} came ${(at - before) / MINUTE} min later`);
  }
  assert.ok(updates.length >= 3, `${updates.length}`);
  const html = readFileSync(join(page, "index.html"), "utf8");
  assert.match(html, /It is done, and everything works as it should/);
  const ids = [...html.matchAll(/ id="(update-[^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length);
});
