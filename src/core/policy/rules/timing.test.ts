import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { timing } from "./timing.ts";

const found = (change: (text: Loose) => void) =>
  timing(fakePolicy(change)).map(({ path, sentence }) => `${path.join(".")}: ${sentence}`);

test("a policy whose clocks and windows can be kept has nothing wrong", () => {
  assert.deepEqual(
    found((text) => {
      text.types.patch.clocks = { out: { phase: "production", within: "24 h", from: "merge" } };
      text.phases.production.longest = "2 h";
      text.calendar.windows.tuesday.longest = "6 h";
      text.calendar.freezes = {
        audit: {
          from: "2026-03-01T00:00",
          to: "2026-03-02T00:00",
          reason: "audit",
          kind: "blackout",
        },
      };
    }),
    [],
  );
});

test("a clock that looks at nothing, at two things, or at what the type does not have, is an error", () => {
  for (const [clock, wrong] of [
    [{}, /one thing/],
    [{ phase: "production", gate: "agreed" }, /one thing/],
    [{ gate: "other" }, /never passes the gate `other`/],
    [{ phase: "other" }, /never passes the phase `other`/],
  ] as const) {
    const [first = ""] = found((text) => {
      text.types.patch.clocks = { out: { ...clock, within: "1 h" } };
    });
    assert.match(first, wrong);
  }
});

test("work that may take longer than its phase or its window allows is an error", () => {
  const phase = found((text) => {
    text.phases.production.longest = "1 min";
  });
  assert.match(phase.join(), /phases.production.longest: its steps may take .* longer than 1 min/);
  const window = found((text) => {
    text.calendar.windows.tuesday.longest = "5 min";
  });
  assert.match(window.join(), /phases.production.gates: .*window `tuesday` at most 5 min/);
  const open = found((text) => {
    text.calendar.windows.tuesday.longest = "7 h";
  });
  assert.match(open.join(), /may take 7 h, but it is open for 6 h/);
});

test("a blackout that leaves a type out is an error", () => {
  const freeze = { from: "2026-03-01T00:00", to: "2026-03-02T00:00", reason: "audit" };
  const [first = ""] = found((text) => {
    text.calendar.freezes = { audit: { ...freeze, kind: "blackout", except: ["patch"] } };
  });
  assert.match(first, /no type may pass a blackout/);
});
