import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY, HOUR, MINUTE } from "../base/time.ts";
import {
  evolveIncidents,
  type IncidentHappened,
  type Incidents,
  NO_INCIDENTS,
} from "../incidents/incident.ts";
import { DONE, type Story as Life, OPS, story, wellAt } from "../release/given.fake.ts";
import { atomFeed } from "./atom.ts";
import { pagePlan, pagePolicy, SECRET, toldOf } from "./given.fake.ts";
import { CONTENT_POLICY, htmlPage } from "./html.ts";
import { type Known, type StatusPage, statusPage } from "./model.ts";
import type { ToldRelease } from "./told-release.ts";
import { all, readXml } from "./xml.fake.ts";

const policy = pagePolicy();
const NONE: Omit<Known, "now"> = { releases: [], incidents: NO_INCIDENTS };
const SUNDAY = Date.parse("2026-01-11T06:00Z");

function page(known: Partial<Known> & { now: number }, of = policy): StatusPage {
  const made = statusPage(of, { ...NONE, ...known });
  assert.ok(made);
  return made;
}

function pass(life: Life, minutes: number): void {
  for (let at = 0; at < minutes; at += 1) {
    life.pass(MINUTE);
    if (life.wanted().some((key) => key.startsWith("look")))
      life.answer(wellAt(life.now()), "look");
  }
}

/** A release that serves everyone and is watched. */
function watched(from = 0): Life {
  const life = story(pagePlan({ plannedAt: from, at: from }), from);
  life.until("production/2-shift/1/2");
  life.answer(DONE, "production/2-shift");
  return life;
}

function opened(areas: readonly string[], more: object = {}): Incidents {
  const event = {
    ...{ type: "IncidentOpened", incident: "incident-1", title: "Slow <b>checkout</b>", areas },
    ...{
      impact: "partial-outage",
      stage: "investigating",
      said: "One.\n\nTwo & three.",
      cause: null,
    },
    ...more,
  } as IncidentHappened["event"];
  return evolveIncidents(NO_INCIDENTS, { at: 5 * HOUR, by: OPS, hash: "ab".repeat(32), event });
}

const labels = ({ underWay, past }: StatusPage) =>
  [...underWay, ...past].flatMap(({ updates }) => updates.map(({ label }) => label)).toReversed();

describe("the status page: what the public sees", () => {
  it("there is none where the policy has none", () => {
    const { "status-page": _, ...without } = policy;
    assert.equal(statusPage(without as typeof policy, { ...NONE, now: 0 }), null);
  });

  it("every area is operational where nothing is told of", () => {
    const { condition, areas, past } = page({ now: 0 });
    assert.equal(condition, "operational");
    assert.deepEqual(
      areas.map(({ title, condition: is, note }) => [title, is, note]),
      [
        ["Online shop", "operational", ""],
        ["Try-out shop", "operational", ""],
      ],
    );
    assert.deepEqual(past, []);
  });

  it("AM-13: each public moment of a release is an update, in order, and the quiet ones stand as one", () => {
    const life = watched();
    pass(life, 40);
    const now = life.now();
    const made = page({ releases: [toldOf(life)], now });
    assert.deepEqual(labels(made), ["Begun", "Going out", "Served to all", "Under way"]);
    assert.equal(made.underWay[0]?.title, "Update of Online shop");
    assert.equal(made.areas[0]?.note, "An update is under way.");
    assert.equal(made.areas[0]?.condition, "operational");
    assert.equal(made.areas[1]?.note, "");
    assert.ok(now - (made.underWay[0]?.updates[0]?.at ?? 0) <= 15 * MINUTE);
  });

  it("SS-28: a rollback and its end are told, and never why or by whom", () => {
    const life = watched();
    life.ask({ ask: "rollback", by: OPS, reason: SECRET });
    for (let tries = 0; tries < 200 && life.release().stand.at !== "ended"; tries += 1)
      if (life.wanted().length > 0) life.answer(DONE);
      else life.pass(MINUTE);
    const made = page({ releases: [toldOf(life)], now: life.now() });
    assert.deepEqual(labels(made).slice(-3), ["Going back", "Back", "Taken back"]);
    for (const text of [htmlPage(made, life.now()), atomFeed(made)]) {
      for (const leak of [SECRET, OPS, "1.0.1", "sample", "production", "patch", "cccc"])
        assert.ok(!text.includes(leak), leak);
    }
  });

  it("shows versions only where the policy says so", () => {
    const life = watched();
    const open = pagePolicy({ versions: true });
    const made = page({ releases: [toldOf(life, open)], now: life.now() }, open);
    assert.equal(made.underWay[0]?.title, "Update of Online shop to 1.0.1");
  });

  it("says nothing of a release in an environment that is not shown", () => {
    const lab = { lab: { title: "Lab", environment: "staging" } };
    const hidden = pagePolicy({ areas: lab });
    const life = watched();
    const made = page({ releases: [toldOf(life, hidden)], now: life.now() }, hidden);
    assert.deepEqual([made.underWay, made.past, made.planned], [[], [], []]);
  });

  it("an incident sets the condition of its areas until it is resolved", () => {
    const incidents = opened(["shop"]);
    const made = page({ incidents, now: 6 * HOUR });
    assert.equal(made.condition, "partial-outage");
    assert.deepEqual(
      made.areas.map(({ condition }) => condition),
      ["partial-outage", "operational"],
    );
    const event = { type: "IncidentResolved", incident: "incident-1", said: "Well." } as const;
    const after = evolveIncidents(incidents, {
      at: 7 * HOUR,
      by: OPS,
      hash: "cd".repeat(32),
      event,
    });
    const over = page({ incidents: after, now: 8 * HOUR });
    assert.equal(over.condition, "operational");
    assert.equal(over.past[0]?.updates.length, 2);
    assert.deepEqual(page({ incidents: after, now: 100 * DAY }).past, []);
  });
});

describe("maintenance is announced before it begins", () => {
  const plan = pagePlan({ type: "maintenance", plannedAt: SUNDAY - 3 * DAY, at: SUNDAY });
  const life = () => story(plan, SUNDAY - 3 * DAY);

  it("DF-35: a planned release of such a type stands on the page from its notice on, for as long as its window", () => {
    const held = { ...life(), release: life().release };
    const told = toldOf(held);
    const waiting = { ...told, updates: [], release: { ...told.release, begun: [] } };
    const made = page({ releases: [waiting], now: SUNDAY - DAY });
    assert.deepEqual(made.planned[0]?.span, { from: SUNDAY, to: SUNDAY + 2 * HOUR });
    assert.match(
      htmlPage(made, 0),
      /<time datetime="2026-01-11T06:00:00Z">2026-01-11 06:00 UTC<.time> to /,
    );
    assert.equal(made.areas[0]?.note, "Maintenance is planned.");
    assert.equal(made.condition, "operational");
    const early = pagePolicy({ maintenance: { types: ["maintenance"], ahead: "12 h" } });
    assert.deepEqual(page({ releases: [waiting], now: SUNDAY - DAY }, early).planned, []);
  });

  it("its areas are under maintenance while it is worked on", () => {
    const running = story({ ...plan, plannedAt: SUNDAY }, SUNDAY);
    running.until("production/2-shift");
    const made = page({ releases: [toldOf(running)], now: running.now() });
    assert.equal(made.areas[0]?.condition, "maintenance");
    assert.equal(made.underWay[0]?.title, "Maintenance of Online shop");
    assert.equal(made.underWay[0]?.updates.at(-1)?.label, "Planned");
  });

  it("MM-29: a window can be maintenance by itself: planned, under way and over by the calendar alone", () => {
    const monthly = pagePolicy({ maintenance: { windows: ["sunday"], ahead: "2 d" } });
    const at = (now: number) => page({ now }, monthly);
    assert.deepEqual(at(SUNDAY - 3 * DAY).planned, []);
    const [planned] = at(SUNDAY - DAY).planned;
    assert.deepEqual(planned?.span, { from: SUNDAY, to: SUNDAY + 2 * HOUR });
    assert.equal(at(SUNDAY + 1).condition, "maintenance");
    assert.equal(at(SUNDAY + 1).underWay[0]?.id, planned?.id);
    assert.equal(at(SUNDAY + 3 * HOUR).condition, "operational");
    assert.equal(at(SUNDAY + 3 * HOUR).past[0]?.id, planned?.id);
    assert.deepEqual(at(SUNDAY + 3 * DAY).past, [], "the journal knows nothing of it");
  });
});

describe("the page as files", () => {
  const made = () => {
    const life = watched();
    pass(life, 20);
    return page({ releases: [toldOf(life)], incidents: opened(["shop"]), now: life.now() });
  };

  it("is well-formed, loads nothing from elsewhere and has nothing inline", () => {
    const html = htmlPage(made(), 0);
    const document = readXml(html.replace("<!DOCTYPE html>", ""));
    const addresses = [...all(document, "link"), ...all(document, "script"), ...all(document, "a")]
      .flatMap(({ attributes }) => [attributes["href"], attributes["src"]])
      .filter((address) => address !== undefined);
    assert.ok(addresses.length >= 5);
    for (const address of addresses) assert.match(address, /^(?:#[0-9a-z-]+|[a-z]+\.[a-z]+)$/);
    assert.equal(all(document, "style").length, 0);
    assert.ok(all(document, "script").every(({ text }) => text === ""));
    assert.doesNotMatch(html, / style="| on[a-z]+="/);
    assert.ok(html.includes(CONTENT_POLICY.replaceAll("'", "&#39;")));
  });

  it("what people write is text in it, and empty lines part paragraphs", () => {
    const html = htmlPage(made(), 0);
    assert.ok(html.includes("Slow &#60;b&#62;checkout"));
    const document = readXml(html.replace("<!DOCTYPE html>", ""));
    const said = all(document, "p").map(({ text }) => text);
    assert.ok(said.includes("One.") && said.includes("Two & three."));
  });

  it("says every moment in UTC for readers and in RFC 3339 for programs", () => {
    const document = readXml(
      htmlPage(made(), Date.parse("2026-11-21T07:30Z")).replace("<!DOCTYPE html>", ""),
    );
    const times = all(document, "time");
    assert.equal(times.at(-1)?.attributes["datetime"], "2026-11-21T07:30:00Z");
    assert.equal(times.at(-1)?.text, "2026-11-21 07:30 UTC");
  });

  it("has headings in order and a name for each section", () => {
    const document = readXml(htmlPage(made(), 0).replace("<!DOCTYPE html>", ""));
    assert.equal(all(document, "h1").length, 1);
    for (const { attributes } of all(document, "section")) {
      const id = attributes["aria-labelledby"];
      assert.equal(all(document, "h2").filter((one) => one.attributes["id"] === id).length, 1);
    }
    const ids = [...htmlPage(made(), 0).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe("the feed, RFC 4287", () => {
  const ATOM = "http://www.w3.org/2005/Atom";
  const feedOf = (releases: readonly ToldRelease[], now: number, incidents = NO_INCIDENTS) =>
    readXml(atomFeed(page({ releases, incidents, now })));
  const the = (node: ReturnType<typeof readXml>, name: string) => {
    const found = node.children.filter((child) => child.name === `${ATOM} ${name}`);
    assert.equal(found.length, 1, name);
    return found[0]?.text ?? "";
  };

  it("has what a feed and each entry must have, each once, and times that RFC 3339 knows", () => {
    const life = watched();
    const feed = feedOf([toldOf(life)], life.now(), opened(["shop"]));
    assert.equal(feed.name, `${ATOM} feed`);
    assert.equal(the(feed, "id"), "https://status.example.test/feed.atom");
    assert.equal(the(feed, "title"), "Shop status");
    assert.notEqual(the(feed, "author"), "");
    const entries = feed.children.filter(({ name }) => name === `${ATOM} entry`);
    assert.equal(entries.length, 2);
    for (const node of [feed, ...entries]) {
      assert.match(the(node, "updated"), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      assert.notEqual(the(node, "title"), "");
      const links = node.children.filter(({ name }) => name === `${ATOM} link`);
      assert.ok(links.some(({ attributes }) => attributes["rel"] === "alternate"));
      for (const { attributes } of links) assert.match(attributes["href"] ?? "", /^https:/);
    }
    for (const entry of entries) {
      assert.match(the(entry, "id"), /^tag:status\.example\.test,\d{4}-\d\d-\d\d:[0-9a-f]{16}$/);
      const content = entry.children.find(({ name }) => name === `${ATOM} content`);
      assert.equal(content?.attributes["type"], "xhtml");
      assert.equal(content?.children[0]?.name, "http://www.w3.org/1999/xhtml div");
    }
    const updated = entries.map((entry) => the(entry, "updated"));
    assert.equal(the(feed, "updated"), updated.toSorted().at(-1));
    assert.deepEqual(updated, updated.toSorted().toReversed());
  });

  it("names stay the same while what they name goes on, and its moment is that of its latest update", () => {
    const life = watched();
    const first = feedOf([toldOf(life)], life.now());
    pass(life, 40);
    const later = feedOf([toldOf(life)], life.now());
    const [one] = all(first, "entry");
    const [two] = all(later, "entry");
    assert.ok(one && two);
    assert.equal(the(one, "id"), the(two, "id"));
    assert.equal(the(one, "published"), the(two, "published"));
    assert.ok(the(one, "updated") < the(two, "updated"));
    assert.ok(life.now() - Date.parse(the(two, "updated")) <= 15 * MINUTE);
  });

  it("is a feed, too, while there is nothing to tell", () => {
    const feed = feedOf([], 0);
    assert.equal(the(feed, "updated"), "1970-01-01T00:00:00Z");
    assert.deepEqual(all(feed, "entry"), []);
  });
});
