import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { DAY, HOUR } from "../base/time.ts";
import type { PolicyText } from "../policy/policy.ts";
import { policyShape } from "../policy/policy.ts";
import { planFrom, story, withSteps } from "../release/given.fake.ts";
import { type AgendaEntry, agenda } from "./agenda.ts";
import { icalendar } from "./icalendar.ts";

const at = (text: string) => Date.parse(text);
const NOW = at("2026-03-01T00:00Z");

/** A strict reader of RFC 5545 content lines, made from the standard's grammar alone: it shares nothing with the writer. */
function read(text: string): readonly { name: string; value: string }[] {
  assert.ok(text.endsWith("\r\n"), "the last line ends in CRLF");
  const physical = text.slice(0, -2).split("\r\n");
  for (const line of physical) {
    assert.doesNotMatch(line, /[\r\n\u2028\u2029]/, "a bare line end");
    assert.ok(Buffer.byteLength(line) <= 75, `${Buffer.byteLength(line)} octets`);
    assert.equal(Buffer.from(line).toString(), line, "a character cut in two");
  }
  const lines = physical.join("\r\n").replaceAll("\r\n ", "").split("\r\n");
  return lines.map((line) => {
    const match = /^([A-Z-]+):(.*)$/.exec(line);
    assert.ok(match, line);
    assert.doesNotMatch(match[2] ?? "", /\p{Cc}/u);
    return { name: match[1] ?? "", value: match[2] ?? "" };
  });
}

/** The events of a feed: each with every property once, those that RFC 5545 requires among them. */
function events(text: string): readonly Map<string, string>[] {
  const lines = read(text);
  assert.deepEqual(lines[0], { name: "BEGIN", value: "VCALENDAR" });
  assert.deepEqual(lines.at(-1), { name: "END", value: "VCALENDAR" });
  for (const needed of ["VERSION", "PRODID"])
    assert.equal(lines.filter(({ name }) => name === needed).length, 1);
  const found: Map<string, string>[] = [];
  let open: Map<string, string> | null = null;
  for (const { name, value } of lines.slice(1, -1)) {
    if (name === "BEGIN") {
      assert.ok(value === "VEVENT" && open === null);
      open = new Map();
    } else if (name === "END") {
      assert.ok(open !== null);
      for (const needed of ["UID", "DTSTAMP", "DTSTART", "SUMMARY"])
        assert.ok(open.has(needed), needed);
      found.push(open);
      open = null;
    } else if (open !== null) {
      assert.ok(!open.has(name), `${name} twice`);
      if (name.startsWith("DT")) assert.match(value, /^\d{8}T\d{6}Z$/);
      open.set(name, value);
    }
  }
  return found;
}

/** TEXT as the standard reads it; anything that should have been escaped and is not is an error. */
function unescaped(value: string): string {
  assert.doesNotMatch(value.replaceAll(/\\[\\;,nN]/g, ""), /[\\;,]/);
  return value.replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (/n/i.test(sign) ? "\n" : sign));
}

const entry = (more: Partial<AgendaEntry>): AgendaEntry => {
  return { uid: "x", kind: "window", from: NOW, to: NOW + HOUR, title: "t", note: "", ...more };
};

describe("an iCalendar feed", () => {
  it("gives any text back as it was, whatever its characters and its length", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 200 });
    fc.assert(
      fc.property(text, text, (title, note) => {
        const clean = (said: string) =>
          said.replaceAll(/\r\n|[\r\u2028\u2029]/g, "\n").replaceAll(/[^\P{Cc}\n]/gu, " ");
        const [event] = events(icalendar("Shop; Ltd", [entry({ title, note })], NOW));
        assert.equal(unescaped(event?.get("SUMMARY") ?? ""), clean(title));
        assert.equal(unescaped(event?.get("DESCRIPTION") ?? ""), clean(note));
      }),
      { examples: [["\u2028END:VEVENT", "a\u2029b\u0085c"]] },
    );
  });

  it("says moments in UTC; T-0 of a release is a moment without an end", () => {
    const [span, moment] = events(
      icalendar("Shop", [entry({}), entry({ uid: "y", to: null })], NOW),
    );
    assert.equal(span?.get("DTEND"), "20260301T010000Z");
    assert.equal(moment?.has("DTEND"), false);
    assert.equal(span?.get("UID"), "x@shop.holdpoint");
  });
});

const text: PolicyText = {
  ...withSteps([{ tag: {} }]),
  zone: "America/New_York",
  calendar: {
    windows: {
      sunday: { rule: "FREQ=MONTHLY;BYDAY=2SU", from: "2026-01-11T02:30", for: "2 h" },
      november: { rule: "FREQ=MONTHLY;BYDAY=1SU", from: "2026-01-04T01:30", for: "2 h" },
    },
    freezes: {
      "year-end": {
        rule: "FREQ=YEARLY",
        from: "2026-12-20T00:00",
        for: "14 d",
        reason: "closing",
        kind: "blackout",
      },
    },
  },
};
text.types = { patch: { bumps: ["patch"], phases: ["production"], cadence: ["sunday"] } };
const year = { from: at("2026-01-01T05:00Z"), to: at("2027-01-01T05:00Z") };
const release = story(
  planFrom(text, { at: at("2026-05-10T06:30Z") }),
  at("2026-05-01T00:00Z"),
).release();
const entries = agenda(policyShape.parse(text), [release], year);

describe("the agenda of a year", () => {
  it("has each opening, freeze and planned release once, in order, under ids that stay the same", () => {
    assert.equal(entries.length, 12 + 12 + 1 + 1);
    assert.deepEqual(
      entries.map(({ from }) => from),
      entries.map(({ from }) => from).sort((a, b) => a - b),
    );
    const ids = entries.map(({ uid }) => uid);
    assert.equal(new Set(ids).size, ids.length);
    const again = agenda(policyShape.parse(text), [release], {
      from: year.from + 30 * DAY,
      to: year.to,
    });
    for (const { uid } of again) assert.ok(ids.includes(uid), uid);
    assert.equal(events(icalendar("Shop", entries, NOW)).length, entries.length);
  });

  it("says which types go in a window, and which releases are planned", () => {
    assert.equal(entries.find(({ kind }) => kind === "release")?.title, "T-0 of patch 1.0.1");
    assert.equal(
      entries.find(({ uid }) => uid.startsWith("window-sunday"))?.title,
      "patch: window sunday",
    );
    assert.equal(
      entries.find(({ kind }) => kind === "blackout")?.note,
      "A release at work: finish.",
    );
  });

  it("tells where the clocks skip a start and where it comes twice, and at no other", () => {
    const noted = entries.filter(({ kind, note }) => kind === "window" && note !== "");
    assert.deepEqual(
      noted.map(({ uid, from, note }) => [uid.slice(0, 15), new Date(from).toISOString(), note]),
      [
        [
          "window-sunday-1",
          "2026-03-08T07:00:00.000Z",
          "The clocks skip 02:30 on this day; it begins at 03:00.",
        ],
        [
          "window-november",
          "2026-11-01T05:30:00.000Z",
          "01:30 comes twice on this day; it begins at the first.",
        ],
      ],
    );
  });
});
