import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HOUR, SECOND } from "../base/time.ts";
import { look, reading, totals } from "./given.fake.ts";
import { remember } from "./history.ts";
import { judgeLimits } from "./limits.ts";
import type { Reading } from "./reading.ts";
import { triggers } from "./triggers.ts";

/** What is remembered after so many looks, 5 s apart. */
function after(looks: number, on: Parameters<typeof triggers.parse>[0]): readonly Reading[] {
  const read = triggers.parse(on);
  let history: readonly Reading[] = [];
  for (let at = 0; at < looks; at += 1)
    history = remember([...history, reading(at * 5 * SECOND)], read);
  return history;
}

test("however long a release is watched, a few hundred readings are kept", () => {
  assert.ok(after(5000, { objectives: { for: "2 h" } }).length < 400);
  assert.ok(after(5000, {}).length <= 3);
});

test("the latest looks are all kept, as many as a rule counts", () => {
  const history = after(500, { health: { failures: 100 } });
  assert.deepEqual(
    history.slice(-101).map(({ at }) => at),
    Array.from({ length: 101 }, (_, index) => (399 + index) * 5 * SECOND),
  );
});

test("for every look back up to the longest there is a reading at its beginning, at most 1/32 of it earlier or one look", () => {
  const history = after(2000, { objectives: { for: "1 h" }, errors: { above: "1 %" } });
  const now = history.at(-1)?.at ?? 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: HOUR }), (span) => {
      const start = history.findLast(({ at }) => at <= now - span);
      assert.ok(start !== undefined);
      const over = now - span - start.at;
      assert.ok(over <= Math.max(5 * SECOND, (span + over) / 32), `${over} ms more than ${span}`);
    }),
  );
});

test("an objective that is broken for an hour turns a release back, as the policy asks", () => {
  const on = triggers.parse({ objectives: { for: "1 h", requests: 10 } });
  const charge = {
    triggers: on,
    objectives: { errors: { measure: "error-rate", most: 100 } },
  } as const;
  let history: readonly Reading[] = [];
  let turned = 0;
  for (let at = 0; at <= 2 * HOUR && turned === 0; at += 5 * SECOND) {
    const seen = reading(at, look(totals(at / 100, at / 1000)), look(totals(at / 100)));
    const readings = [...history, seen];
    if (judgeLimits(readings, charge)?.verdict === "rollback") turned = at;
    history = remember(readings, on);
  }
  assert.equal(turned, HOUR);
});
