import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY, HOUR, MINUTE } from "../base/time.ts";
import type { Calendar, Freeze, Window } from "./calendar.ts";
import { nextOpening, openAt, openings, type Wanted } from "./openings.ts";

const NEW_YORK = "America/New_York";
const BERLIN = "Europe/Berlin";

const window = (rule: string, from: string, lasts: number, zone = NEW_YORK): Window => ({
  rule,
  from,
  for: lasts,
  zone,
});
const freeze = (more: Partial<Freeze>): Freeze => ({
  from: "2026-01-01T00:00",
  zone: NEW_YORK,
  reason: "year end",
  except: [],
  ...more,
});
const at = (text: string) => Temporal.ZonedDateTime.from(text).epochMilliseconds;
const ny = (local: string) => at(`${local}[${NEW_YORK}]`);
const calendar = (
  windows: Record<string, Window>,
  freezes: Record<string, Freeze> = {},
): Calendar => ({ windows, freezes });
const wanted = (windows: string[], more: Partial<Wanted> = {}): Wanted => ({
  windows,
  freezes: true,
  type: "minor",
  ...more,
});

const TUESDAYS = window("FREQ=WEEKLY;BYDAY=TU", "2026-01-06T10:00", 2 * HOUR);
const YEAR = 400 * DAY;

test("work may begin from a window's first millisecond until before its end", () => {
  const plain = calendar({ tuesdays: TUESDAYS });
  const opens = ny("2026-06-02T10:00");
  const states = [opens - 1, opens, opens + 2 * HOUR - 1, opens + 2 * HOUR];
  assert.deepEqual(
    states.map((now) => openAt(plain, wanted(["tuesdays"]), now).open),
    [false, true, true, false],
  );
});

test("an open answer holds until the window ends, and says which window and when", () => {
  const now = ny("2026-06-02T10:30");
  assert.deepEqual(openAt(calendar({ tuesdays: TUESDAYS }), wanted(["tuesdays"]), now), {
    open: true,
    why: 'window "tuesdays" is open, until Tue 2026-06-02 12:00 America/New_York',
    until: ny("2026-06-02T12:00"),
  });
});

test("an open answer holds only until a freeze begins", () => {
  const closing = freeze({ from: "2026-06-02T11:15", to: "2026-06-02T18:00" });
  const state = openAt(
    calendar({ tuesdays: TUESDAYS }, { closing }),
    wanted(["tuesdays"]),
    ny("2026-06-02T10:30"),
  );
  assert.ok(state.open);
  assert.equal(state.until, ny("2026-06-02T11:15"));
});

test("a shut window is named", () => {
  const two = calendar({ tuesdays: TUESDAYS, fridays: TUESDAYS });
  const now = ny("2026-06-03T10:30");
  const why = (names: string[]) => openAt(two, wanted(names), now).why;
  assert.equal(why(["tuesdays"]), 'window "tuesdays" is shut');
  assert.equal(why(["tuesdays", "fridays"]), 'none of the windows "tuesdays", "fridays" is open');
});

test("deny wins over allow, and the freeze is named with its reason and its end", () => {
  const closing = freeze({ from: "2026-06-01T00:00", to: "2026-06-03T00:00", reason: "audit" });
  const state = openAt(
    calendar({ tuesdays: TUESDAYS }, { closing }),
    wanted(["tuesdays"]),
    ny("2026-06-02T10:30"),
  );
  assert.deepEqual(state, {
    open: false,
    why: 'freeze "closing" (audit) lasts until Wed 2026-06-03 00:00 America/New_York',
  });
});

test("a freeze lets the types pass that it excepts, and counts only where it is asked for", () => {
  const closing = freeze({ from: "2026-06-01T00:00", to: "2026-06-03T00:00", except: ["hotfix"] });
  const frozen = calendar({ tuesdays: TUESDAYS }, { closing });
  const now = ny("2026-06-02T10:30");
  assert.equal(openAt(frozen, wanted(["tuesdays"]), now).open, false);
  assert.equal(openAt(frozen, wanted(["tuesdays"], { type: "hotfix" }), now).open, true);
  assert.equal(openAt(frozen, wanted(["tuesdays"], { freezes: false }), now).open, true);
});

test("a freeze may come again, every year from its first date on", () => {
  const holidays = freeze({
    rule: "FREQ=YEARLY",
    from: "2024-12-20T00:00",
    for: 14 * DAY,
    reason: "holidays",
  });
  const frozen = calendar({}, { holidays });
  assert.equal(openAt(frozen, wanted([]), ny("2026-12-24T12:00")).open, false);
  assert.equal(openAt(frozen, wanted([]), ny("2027-01-02T23:59")).open, false);
  assert.equal(openAt(frozen, wanted([]), ny("2027-01-03T00:00")).open, true);
  assert.equal(openAt(frozen, wanted([]), ny("2023-12-24T12:00")).open, true);
});

test("where no window is named any time will do, until the next freeze or for as far as is looked", () => {
  const now = ny("2026-06-01T00:00");
  const soon = freeze({ from: "2026-06-05T00:00", to: "2026-06-06T00:00" });
  const before = openAt(calendar({}, { soon }), wanted([]), now);
  assert.deepEqual(before, {
    open: true,
    why: "no window is asked for, and no freeze is on",
    until: ny("2026-06-05T00:00"),
  });
  const never = openAt(calendar({}), wanted([]), now);
  assert.ok(never.open && never.until === now + 400 * DAY);
});

test("windows that touch or overlap are one opening", () => {
  const days = window("FREQ=DAILY", "2026-01-01T00:00", DAY, "UTC");
  const state = openAt(calendar({ days }), wanted(["days"]), at("2026-06-01T12:00[UTC]"));
  assert.ok(state.open && state.until === at("2026-06-01T12:00[UTC]") + 400 * DAY);
  const odd = window("FREQ=WEEKLY;BYDAY=TU", "2026-01-06T11:00", 4 * HOUR);
  assert.deepEqual(
    nextOpening(
      calendar({ tuesdays: TUESDAYS, odd }),
      wanted(["odd", "tuesdays"]),
      ny("2026-06-01T00:00"),
      YEAR,
    ),
    { from: ny("2026-06-02T10:00"), to: ny("2026-06-02T15:00") },
  );
});

test("the next opening is the one under way, from now on", () => {
  const now = ny("2026-06-02T10:30");
  assert.deepEqual(nextOpening(calendar({ tuesdays: TUESDAYS }), wanted(["tuesdays"]), now, YEAR), {
    from: now,
    to: ny("2026-06-02T12:00"),
  });
});

test("the next opening lies after the freeze, even within a window", () => {
  const closing = freeze({ from: "2026-05-20T00:00", to: "2026-06-16T10:45" });
  const next = nextOpening(
    calendar({ tuesdays: TUESDAYS }, { closing }),
    wanted(["tuesdays"]),
    ny("2026-05-26T11:00"),
    YEAR,
  );
  assert.deepEqual(next, { from: ny("2026-06-16T10:45"), to: ny("2026-06-16T12:00") });
});

test("there is no opening beyond the horizon, and none in a horizon of nothing", () => {
  const plain = calendar({ tuesdays: TUESDAYS });
  const from = ny("2026-06-02T12:00");
  assert.equal(nextOpening(plain, wanted(["tuesdays"]), from, 6 * DAY), null);
  assert.equal(nextOpening(plain, wanted(["tuesdays"]), from, 0), null);
  assert.notEqual(nextOpening(plain, wanted(["tuesdays"]), from, 7 * DAY), null);
});

test("a year away is found: a window of one day a year, frozen the first time", () => {
  const yearly = window("FREQ=YEARLY", "2020-02-29T10:00", HOUR, "UTC");
  const next = nextOpening(
    calendar({ yearly }),
    wanted(["yearly"]),
    at("2025-03-01T00:00[UTC]"),
    4 * 366 * DAY,
  );
  assert.equal(next?.from, at("2028-02-29T10:00[UTC]"));
});

test("a window keeps its local time when clocks change", () => {
  const next = (from: string) =>
    nextOpening(calendar({ tuesdays: TUESDAYS }), wanted(["tuesdays"]), ny(from), YEAR)?.from;
  assert.equal(next("2026-03-04T00:00"), at("2026-03-10T10:00-04:00[America/New_York]"));
  assert.equal(next("2026-10-28T00:00"), at("2026-11-03T10:00-05:00[America/New_York]"));
});

test("a start that a change of clocks skips is the first moment after the gap", () => {
  const nights = window("FREQ=DAILY", "2026-01-01T02:30", HOUR);
  const next = nextOpening(calendar({ nights }), wanted(["nights"]), ny("2026-03-08T00:00"), DAY);
  const gapEnds = at("2026-03-08T03:00-04:00[America/New_York]");
  assert.deepEqual(next, { from: gapEnds, to: gapEnds + HOUR });
});

test("a start that comes twice is the first of the two, and lasts its length of true time", () => {
  const nights = window("FREQ=DAILY", "2026-01-01T01:30", 2 * HOUR);
  const next = nextOpening(calendar({ nights }), wanted(["nights"]), ny("2026-11-01T00:00"), DAY);
  const first = at("2026-11-01T01:30-04:00[America/New_York]");
  assert.deepEqual(next, { from: first, to: first + 2 * HOUR });
});

test("a freeze whose end comes twice lasts until the second", () => {
  const night = freeze({ from: "2026-10-31T00:00", to: "2026-11-01T01:30" });
  const next = nextOpening(calendar({}, { night }), wanted([]), ny("2026-10-31T12:00"), YEAR);
  assert.equal(next?.from, at("2026-11-01T01:30-05:00[America/New_York]"));
});

test("UNTIL counts on the zone's own clock, a date with its whole day", () => {
  const count = (rule: string) =>
    openings(calendar({ w: window(rule, "2026-06-02T22:00", HOUR) }), wanted(["w"]), {
      from: ny("2026-06-01T00:00"),
      to: ny("2026-08-01T00:00"),
    }).length;
  assert.equal(count("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260616"), 3);
  assert.equal(count("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260616T220000"), 3);
  assert.equal(count("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260617T020000Z"), 3);
  assert.equal(count("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260617T015959Z"), 2);
  assert.equal(count("FREQ=WEEKLY;BYDAY=TU;COUNT=4"), 4);
});

test("what cannot be read is shut: such a window never opens, such a freeze never ends", () => {
  const now = ny("2026-06-02T10:30");
  const bad = [
    window("FREQ=HOURLY", "2026-01-06T10:00", HOUR),
    window("nonsense", "2026-01-06T10:00", HOUR),
    window("FREQ=DAILY", "2026-02-30T10:00", HOUR),
    window("FREQ=DAILY", "2026-01-06T10:00", HOUR, "Mars/Olympus"),
    window("FREQ=DAILY;UNTIL=20269999T000000Z", "2026-01-06T10:00", HOUR),
  ];
  for (const broken of bad) {
    assert.equal(openAt(calendar({ broken }), wanted(["broken"]), now).open, false);
    assert.equal(nextOpening(calendar({ broken }), wanted(["broken"]), now, YEAR), null);
  }
  const freezes = [
    freeze({ rule: "nonsense", for: DAY }),
    freeze({ rule: "FREQ=YEARLY" }),
    freeze({ rule: "FREQ=YEARLY", for: DAY, to: "2026-01-02T00:00" }),
    freeze({}),
    freeze({ from: "2026-13-01T00:00", to: "2026-01-02T00:00" }),
  ];
  for (const broken of freezes) {
    const state = openAt(calendar({}, { broken }), wanted([]), now);
    assert.deepEqual(state, { open: false, why: 'freeze "broken" (year end) is on' });
    assert.equal(nextOpening(calendar({}, { broken }), wanted([]), now, YEAR), null);
  }
});

test("a window that the calendar does not have never opens, and is named", () => {
  for (const name of ["mondays", "__proto__", "toString"]) {
    const state = openAt(calendar({}), wanted([name]), 0);
    assert.deepEqual(state, { open: false, why: `the calendar has no window "${name}"` });
  }
});

// An oracle that shares nothing with the code: it walks local dates and, for each, the minutes of the true time.

type OnDate = (date: Temporal.PlainDate) => boolean;
const RULES: [string, OnDate][] = [
  ["FREQ=DAILY", () => true],
  ["FREQ=WEEKLY;BYDAY=TU,TH", ({ dayOfWeek }) => dayOfWeek === 2 || dayOfWeek === 4],
  ["FREQ=MONTHLY;BYDAY=2SU", ({ dayOfWeek, day }) => dayOfWeek === 7 && day > 7 && day <= 14],
  ["FREQ=MONTHLY;BYMONTHDAY=-1", (date) => date.add({ days: 1 }).day === 1],
  [
    "FREQ=YEARLY;BYMONTH=3,10,11;BYDAY=SU",
    (d) => d.dayOfWeek === 7 && [3, 10, 11].includes(d.month),
  ],
];

function trueStart(date: Temporal.PlainDate, clock: string, zone: string): number {
  const wanted = date.toPlainDateTime(Temporal.PlainTime.from(clock));
  let moment = date.toZonedDateTime("UTC").epochMilliseconds - 14 * HOUR;
  // Quarters of an hour, since a step must not jump over the first of two times that both show the wanted clock.
  for (const step of [15 * MINUTE, MINUTE]) {
    const reached = (when: number) => {
      const shown = Temporal.Instant.fromEpochMilliseconds(when).toZonedDateTimeISO(zone);
      return Temporal.PlainDateTime.compare(shown.toPlainDateTime(), wanted) >= 0;
    };
    while (!reached(moment + step)) moment += step;
  }
  return moment + MINUTE;
}

interface Case {
  rule: [string, OnDate];
  clock: string;
  lasts: number;
  zone: string;
  day: string;
  shift: number;
  frozen: [number, number];
}

const cases: fc.Arbitrary<Case> = fc.record({
  rule: fc.constantFrom(...RULES),
  clock: fc.constantFrom("00:00", "01:30", "02:00", "02:30", "03:00", "10:00", "23:45"),
  lasts: fc.constantFrom(15 * MINUTE, HOUR, 5 * HOUR, 26 * HOUR),
  zone: fc.constantFrom(NEW_YORK, BERLIN, "Australia/Lord_Howe", "UTC"),
  day: fc.constantFrom("2026-03-06", "2026-03-27", "2026-10-23", "2026-10-30", "2026-04-03"),
  shift: fc.integer({ min: -3 * DAY, max: 3 * DAY }),
  frozen: fc.tuple(fc.integer({ min: 0, max: 4 * 24 }), fc.integer({ min: 1, max: 60 })),
});

function situation({ rule, clock, lasts, zone, day, shift, frozen }: Case) {
  const from = at(`${day}T00:00[${zone}]`) + shift;
  const local = (hours: number) =>
    Temporal.PlainDateTime.from(`${day}T00:00`).add({ hours }).toString({ smallestUnit: "minute" });
  const spring = freeze({ from: local(frozen[0]), to: local(frozen[0] + frozen[1]), zone });
  const known = calendar({ w: window(rule[0], `2024-01-01T${clock}`, lasts, zone) }, { spring });
  const dates = Array.from({ length: 24 }, (_, days) =>
    Temporal.PlainDate.from(day).add({ days: days - 8 }),
  );
  const starts = dates.filter(rule[1]).map((date) => trueStart(date, clock, zone));
  const [denyFrom, denyTo] = [at(`${spring.from}[${zone}]`), at(`${spring.to}[${zone}]`)];
  // A freeze's own ends are placed as they stand; where the clock has them twice or never, that is another test's.
  const isVague = [spring.from, spring.to ?? ""].some((local) => {
    const time = Temporal.PlainDateTime.from(local);
    const placed = (disambiguation: "earlier" | "later") =>
      time.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
    return placed("earlier") !== placed("later");
  });
  const isOpen = (now: number) =>
    starts.some((start) => now >= start && now < start + lasts) &&
    !(now >= denyFrom && now < denyTo);
  return { from, known, isOpen, isVague };
}

test("open or shut at any moment around a change of clocks, as a walk over the true time has it", () => {
  fc.assert(
    fc.property(
      cases,
      fc.array(fc.integer({ min: 0, max: 6 * DAY }), { maxLength: 20 }),
      (one, offsets) => {
        const { from, known, isOpen, isVague } = situation(one);
        fc.pre(!isVague);
        for (const offset of offsets)
          assert.equal(openAt(known, wanted(["w"]), from + offset).open, isOpen(from + offset));
      },
    ),
    { numRuns: 300 },
  );
});

test("an opening is open from its first to its last millisecond, and nothing before it is", () => {
  fc.assert(
    fc.property(
      cases,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 10 }),
      (one, shares) => {
        const { from, known } = situation(one);
        const horizon = 60 * DAY;
        const next = nextOpening(known, wanted(["w"]), from, horizon);
        const open = (now: number) => openAt(known, wanted(["w"]), now).open;
        const end = next?.from ?? from + horizon;
        assert.ok(end >= from);
        for (const share of shares)
          if (end > from) assert.equal(open(from + Math.floor(share * (end - from - 1))), false);
        if (next === null) return;
        assert.ok(open(next.from) && open(next.to - 1));
        if (next.from > from) assert.equal(open(next.from - 1), false);
        assert.equal(open(next.to), next.to === from + horizon && open(next.to));
      },
    ),
    { numRuns: 300 },
  );
});

test("an open answer is true until just before the moment it names, and may change there", () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 0, max: 6 * DAY }), (one, offset) => {
      const { from, known } = situation(one);
      const state = openAt(known, wanted(["w"]), from + offset);
      if (!state.open || state.until >= from + offset + 400 * DAY) return;
      assert.equal(openAt(known, wanted(["w"]), state.until - 1).open, true);
      assert.equal(openAt(known, wanted(["w"]), state.until).open, false);
    }),
    { numRuns: 300 },
  );
});
