import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { DAY, MINUTE, SECOND } from "#core/base/time.ts";
import type { Command } from "#core/release/commands.ts";
import { DONE, FAILED, wellAt } from "#core/release/given.fake.ts";
import { next } from "#core/release/next.ts";
import type { Plan } from "#core/release/plan.ts";
import { pagePlan, pagePolicy } from "#core/status-page/given.fake.ts";
import { pageFolder } from "../adapters/status-page/folder.ts";
import { MemoryStore } from "../store/memory.ts";
import { Handler } from "./handle.ts";
import { IncidentHandler } from "./incidents.ts";
import { PageKeeper } from "./page-keeper.ts";
import type { PageFolder } from "./ports/page-folder.ts";

const policy = pagePolicy();
const NOW = Date.parse("2026-11-21T07:00Z");

/** A store with a release of the policy, a clock that tests move, and keepers that follow it. */
function team() {
  const store = new MemoryStore();
  const handler = new Handler(store);
  let now = NOW;
  const ask = async (release: string, command: Command) => {
    const done = await handler.handle(release, command, { now });
    assert.ok(done.ok);
    return done.value.release;
  };
  const state = async (release: string) => {
    const loaded = await handler.load(release);
    assert.ok(loaded);
    return loaded.release;
  };
  /** Answers what is wanted as a world without faults would, but for one key. */
  const work = async (release: string, minutes: number, failing = "no key") => {
    for (const end = now + minutes * MINUTE; now < end; ) {
      const due = next(await state(release), now).intents.find((intent) => intent.due <= now);
      if (due === undefined) {
        now += MINUTE / 2;
        await ask(release, { ask: "wake", by: "holdpoint" });
        continue;
      }
      const well = due.wanted.ask === "look" ? wellAt(now) : DONE;
      const answer = due.id.includes(failing) ? FAILED : well;
      await ask(release, { ask: "answer", by: "holdpoint", intent: due.id, answer });
    }
  };
  const keeper = (
    folder: PageFolder,
    burns: readonly { environment: string; objective: string }[] = [],
  ) =>
    new PageKeeper({
      ...{ store, folder, clock: () => now, policy: async () => policy, burns: async () => burns },
      incidents: new IncidentHandler(store),
      report: (error) => {
        throw error;
      },
    });
  return {
    ...{ store, handler, work, keeper, state },
    now: () => now,
    pass: (millis: number) => {
      now += millis;
    },
    plan: (plan: Plan) => ask(plan.release, { ask: "plan", by: plan.requester, plan }),
  };
}

/** What was put, in memory. */
function shelf(): PageFolder & { readonly files: Record<string, string>; puts: number } {
  const made = {
    files: {} as Record<string, string>,
    puts: 0,
    put: async (files: Readonly<Record<string, string>>) => {
      made.puts += 1;
      Object.assign(made.files, files);
    },
  };
  return made;
}

const incidentsIn = async (store: MemoryStore) =>
  (await store.readAll(0, 100_000)).filter(({ stream }) => stream.includes("incidents"));

describe("the page's keeper", () => {
  it("AM-13: writes each public moment of a release onto the page and into the feed, never older than 15 minutes", async () => {
    const { plan, work, keeper, now } = team();
    const folder = shelf();
    const kept = keeper(folder);
    await kept.round();
    assert.match(folder.files["index.html"] ?? "", /Everything is operational/);
    await plan(pagePlan({ plannedAt: now(), at: now() }));
    for (let quarter = 0; quarter < 9; quarter += 1) {
      await work("sample-1.0.1", 15);
      await kept.round();
      const updated = /<updated>([^<]*)<\/updated>/.exec(folder.files["feed.atom"] ?? "")?.[1];
      assert.ok(now() - Date.parse(updated ?? "") <= 15 * MINUTE, `${quarter}: ${updated}`);
    }
    assert.match(folder.files["index.html"] ?? "", /It is done, and everything works/);
  });

  it("tells what it follows and what it reads anew alike: a keeper that was killed leaves nothing behind", async () => {
    const { plan, work, keeper, now, store } = team();
    const [first, second] = [shelf(), shelf()];
    const lasting = keeper(first);
    await plan(pagePlan({ plannedAt: now(), at: now() }));
    for (let times = 0; times < 8; times += 1) {
      await work("sample-1.0.1", 7, times > 3 ? "watch" : "no key");
      await lasting.round();
      await keeper(second).round();
      assert.deepEqual(second.files, first.files, `round ${times}`);
    }
    const positions = (await store.readAll(0, 100_000)).length;
    await keeper(second).round();
    assert.equal((await store.readAll(0, 100_000)).length, positions);
  });

  it("AM-12: opens an incident for a rollback by itself, once, however many keepers look at once, and resolves it", async () => {
    const { plan, work, keeper, now, store, state } = team();
    await plan(pagePlan({ plannedAt: now(), at: now() }));
    const keepers = Array.from({ length: 6 }, () => keeper(shelf()));
    const all = () => Promise.all(keepers.map((one) => one.round()));
    await work("sample-1.0.1", 0.01, "2-shift");
    for (
      let times = 0;
      times < 200 && (await state("sample-1.0.1")).stand.at === "phase";
      times += 1
    )
      await work("sample-1.0.1", 0.5, "2-shift");
    assert.equal((await state("sample-1.0.1")).stand.at === "phase", false);
    await all();
    await all();
    await work("sample-1.0.1", 60);
    assert.equal((await state("sample-1.0.1")).stand.at, "ended");
    await all();
    await all();
    const told = (await incidentsIn(store)).map(({ type }) => type);
    assert.equal(told.filter((type) => type === "IncidentOpened").length, 1);
    assert.equal(told.filter((type) => type === "IncidentResolved").length, 1);
  });

  it("opens one for a budget that burns, and resolves it when it burns no more", async () => {
    const { keeper, store, pass } = team();
    const burning: { environment: string; objective: string }[] = [];
    const folder = shelf();
    const kept = keeper(folder, burning);
    await kept.round();
    burning.push({ environment: "production", objective: "errors" });
    pass(20 * SECOND);
    await kept.round();
    assert.match(folder.files["index.html"] ?? "", /Not as good as we promise/);
    burning.pop();
    pass(20 * SECOND);
    await kept.round();
    assert.deepEqual(
      (await incidentsIn(store)).map(({ type }) => type),
      ["IncidentOpened", "IncidentResolved"],
    );
  });

  it("says as of when it is true, so that a page whose writer has died is seen to be old", async () => {
    const { keeper, pass } = team();
    const folder = shelf();
    const kept = keeper(folder);
    await kept.round();
    const [page, feed] = [folder.files["index.html"], folder.files["feed.atom"]];
    assert.match(page ?? "", /As of <time datetime="2026-11-21T07:00:00Z"/);
    pass(MINUTE);
    await kept.round();
    assert.equal(folder.files["index.html"], page);
    pass(5 * MINUTE);
    await kept.round();
    assert.match(folder.files["index.html"] ?? "", /As of <time datetime="2026-11-21T07:05:00Z"/);
    assert.equal(folder.files["feed.atom"], feed);
  });

  it("is woken by each append, also by one that comes while it looks", async () => {
    const { plan, keeper, now, store } = team();
    const folder = shelf();
    const kept = keeper(folder);
    kept.start();
    const seen = async (put: number) => {
      for (let tries = 0; tries < 100 && folder.puts < put; tries += 1)
        await new Promise((later) => setTimeout(later, 20));
      assert.ok(folder.puts >= put, `${folder.puts} rounds`);
    };
    await seen(1);
    await plan(pagePlan({ plannedAt: now(), at: now() }));
    await seen(2);
    await new IncidentHandler(store).handle(
      { ask: "observe", by: "holdpoint", seen: [], over: [] },
      { now: now(), policy },
    );
    await plan(pagePlan({ release: "sample-1.0.2", plannedAt: now(), at: now() }));
    await seen(3);
    await kept.stop();
    assert.ok(folder.puts >= 4, "once more at its end");
  });

  it("forgets what is over for longer than the page's history", async () => {
    const { plan, work, keeper, now, pass } = team();
    const folder = shelf();
    const kept = keeper(folder);
    await plan(pagePlan({ plannedAt: now(), at: now() }));
    await work("sample-1.0.1", 150);
    await kept.round();
    assert.match(folder.files["index.html"] ?? "", /Update of Online shop/);
    pass(100 * DAY);
    await kept.round();
    assert.doesNotMatch(folder.files["index.html"] ?? "", /Update of Online shop/);
  });
});

describe("the folder of the page", () => {
  const path = mkdtempSync(join(tmpdir(), "holdpoint-page-"));
  after(() => rmSync(path, { recursive: true }));

  it("has whole files, writes only what is another text, and leaves no drafts", async () => {
    const folder = pageFolder(join(path, "deep", "page"));
    await folder.put({ "index.html": "one", "feed.atom": "feed" });
    const file = join(path, "deep", "page", "index.html");
    const before = statSync(file).ino;
    await folder.put({ "index.html": "one", "feed.atom": "feed" });
    assert.equal(statSync(file).ino, before);
    await Promise.all(
      Array.from({ length: 8 }, () =>
        pageFolder(join(path, "deep", "page")).put({ "index.html": "two" }),
      ),
    );
    assert.equal(readFileSync(file, "utf8"), "two");
    assert.deepEqual(readdirSync(join(path, "deep", "page")).sort(), [
      ...["feed.atom", "index.html", "page.js", "style.css"],
    ]);
  });
});
