import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  DAY,
  formatDuration,
  formatInstant,
  formatInZone,
  formatSpan,
  HOUR,
  MINUTE,
  parseDuration,
  SECOND,
  WEEK,
} from "./time.ts";

test("a duration is read with its unit, and nothing else is one", () => {
  const good = {
    "5 min": 5 * MINUTE,
    "2h": 2 * HOUR,
    "1.5 s": 1500,
    "3 d": 3 * DAY,
    "1 day": DAY,
    "2 weeks": 2 * WEEK,
    " 7 ms ": 7,
  };
  for (const [text, millis] of Object.entries(good))
    assert.equal(parseDuration(text), millis, text);
  for (const text of [
    "",
    "5",
    "min",
    "-5 min",
    "5 minutes",
    "1 h 30 min",
    "5 MIN",
    "1e3 s",
    ".5 s",
  ])
    assert.equal(parseDuration(text), null, text);
});

test("a duration is written in at most two units", () => {
  const said: readonly (readonly [number, string])[] = [
    [0, "0 ms"],
    [999, "999 ms"],
    [999.9, "1 s"],
    [1500, "1.5 s"],
    [59_940, "59.9 s"],
    [59_990, "1 min"],
    [90 * SECOND, "1 min 30 s"],
    [90 * MINUTE, "1 h 30 min"],
    [2 * DAY, "2 d"],
    [DAY + HOUR + MINUTE, "1 d 1 h"],
    [-5 * MINUTE, "-5 min"],
  ];
  for (const [millis, text] of said) assert.equal(formatDuration(millis), text);
});

test("a duration in one unit is read again as it was written", () => {
  const unit = fc.constantFrom(SECOND, MINUTE, HOUR, DAY);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 23 }), unit, (count, size) => {
      assert.equal(parseDuration(formatDuration(count * size)), count * size);
    }),
  );
});

test("a moment is written to the second in UTC, or with weekday, time and name of its zone", () => {
  const at = 1_795_183_509_000;
  assert.equal(formatInstant(at), "2026-11-20 14:05:09Z");
  assert.equal(formatInZone(at, "America/New_York"), "Fri 2026-11-20 09:05 America/New_York");
  assert.equal(formatInZone(0, "UTC"), "Thu 1970-01-01 00:00 UTC");
});

test("a moment in UTC is reckoned as the zone's own rules have it, in any year", () => {
  const isSame = (moment: number) =>
    assert.equal(formatInZone(moment, "UTC"), formatInZone(moment, "Etc/UTC").replace("Etc/", ""));
  for (const moment of [-1, -DAY, 4_102_444_799_999, 253_402_300_800_000, -62_167_219_200_001])
    isSame(moment);
  const any = fc.oneof(
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
    fc.integer({ min: 0, max: 4_102_444_800_000 }),
  );
  fc.assert(fc.property(any, isSame));
});

test("a stretch names its zone once, and its last day only where that is another", () => {
  const from = Date.parse("2026-11-20T14:05Z");
  const zone = "America/New_York";
  assert.equal(formatSpan(from, null, zone), "Fri 2026-11-20 09:05 America/New_York");
  assert.equal(
    formatSpan(from, from + 2 * HOUR, zone),
    "Fri 2026-11-20 09:05 to 11:05 America/New_York",
  );
  assert.equal(
    formatSpan(from, from + DAY, zone),
    "Fri 2026-11-20 09:05 to Sat 2026-11-21 09:05 America/New_York",
  );
});
