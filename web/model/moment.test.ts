import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { awayFrom, localMoment, tMinus, utcMoment } from "./moment.ts";

const AT = Date.UTC(2026, 10, 20, 14, 5, 9);
const MIN = 60_000;

test("a moment is told in the reader's zone and in UTC, also where the day differs", () => {
  assert.equal(localMoment(AT, { zone: "Europe/Berlin" }), "Fri, 20 Nov 2026, 15:05");
  assert.equal(
    localMoment(AT, { zone: "Pacific/Auckland", seconds: true }),
    "Sat, 21 Nov 2026, 03:05:09",
  );
  assert.equal(utcMoment(AT), "2026-11-20 14:05:09 UTC");
});

test("a zone's two ten-past-two on the night the clocks go back are told apart by UTC", () => {
  const first = Date.UTC(2026, 9, 25, 0, 10);
  const second = first + 60 * MIN;
  const zone = "Europe/Berlin";
  assert.equal(localMoment(first, { zone }), localMoment(second, { zone }));
  assert.notEqual(utcMoment(first), utcMoment(second));
});

test("T-0 is counted to the minute, before and after", () => {
  assert.equal(tMinus(AT, AT - 48 * 60 * MIN), "T-2 d");
  assert.equal(tMinus(AT, AT + 35 * MIN + 20_000), "T+35 min");
  assert.equal(tMinus(AT, AT + 20_000), "T-0");
});

test("how far a moment is away: the same distance before and after, and `now` in between", () => {
  assert.equal(awayFrom(AT + 125 * MIN, AT), "in 2 h 5 min");
  assert.equal(awayFrom(AT - 3 * 24 * 60 * MIN, AT), "3 d ago");
  assert.equal(awayFrom(AT + 59_000, AT), "now");
  assert.equal(awayFrom(AT + 59_000, AT, true), "in 59 s");
  fc.assert(
    fc.property(fc.integer({ min: MIN, max: 400 * 24 * 60 * MIN }), (away) => {
      assert.equal(awayFrom(AT + away, AT).slice(3), awayFrom(AT - away, AT).slice(0, -4));
    }),
  );
});
