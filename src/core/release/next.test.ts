import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR, MINUTE, SECOND } from "../base/time.ts";
import { goAhead, planFrom, story, wellAt, withSteps } from "./given.fake.ts";
import { next } from "./next.ts";

const windowed = (names: string[]) =>
  planFrom(
    withSteps([], {
      calendar: { windows: { hour: { rule: "FREQ=DAILY", from: "1970-01-01T06:00", for: "1 h" } } },
      gates: { window: { window: { in: names } }, ready: { signoff: { roles: { lead: 1 } } } },
      phases: { production: { gates: ["window", "ready"], steps: [{ tag: {} }] } },
    }),
  );

test("a release is looked at again when a window opens, and when it shuts", () => {
  const told = story(windowed(["hour"]));
  assert.equal(next(told.release(), told.now()).wakeAt, 6 * HOUR);
  told.pass(6 * HOUR);
  assert.equal(next(told.release(), told.now()).wakeAt, 7 * HOUR);
});

test("a gate that is open without end is looked at again far ahead, never in the past", () => {
  const told = story(windowed([]));
  for (let passes = 0; passes < 3; passes += 1) {
    const { wakeAt } = next(told.release(), told.now());
    assert.ok(wakeAt !== null && wakeAt > told.now() + 300 * DAY);
    told.pass(wakeAt - told.now());
  }
});

test("the traffic is looked at as often as the policy says, counted from the exposure", () => {
  const look = [{ every: "5 s", for: "20 s" }, { every: "1 min" }];
  const told = story(
    planFrom(
      withSteps([{ deploy: {} }, { shift: { weights: ["5 %"], soak: "1 h" } }], {
        guard: { look },
      }),
    ),
  );
  told.until("production/2-shift");
  told.answer({ outcome: "done", facts: {} }, "production/2-shift");
  const since = told.now();
  const taken: number[] = [];
  for (let looks = 1; looks <= 6; looks += 1) {
    told.until(`look/${looks}`);
    taken.push(told.now() - since);
    told.answer(wellAt(told.now()), "look/");
  }
  assert.deepEqual(
    taken,
    [5, 10, 15, 20, 80, 140].map((seconds) => seconds * SECOND),
  );
});

test("a question is wanted until it is answered, under the same key however much time passes", () => {
  const told = goAhead();
  const before = told.wanted();
  told.pass(10 * MINUTE);
  assert.deepEqual(told.wanted(), before);
});
