import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { notices } from "./notices.ts";

const found = (change: (text: Loose) => void) => notices(fakePolicy(change));

const told = (opens: string | undefined, before: string) => (text: Loose) => {
  text.gates.told = { notice: { channel: "team", message: "shipped", before } };
  text.phases.checks.gates = ["told"];
  if (opens !== undefined) text.phases.checks.opens = opens;
};

test("a notice whose time is over only after T-0 cannot be given in time", () => {
  const [late] = found(told("T-24 h", "48 h"));
  assert.deepEqual(late?.path, ["gates", "told", "notice", "before"]);
  assert.equal(
    late?.counterexample,
    "with T-0 at 2026-01-08 10:00 they are told at 2026-01-07 10:00, and the time is over at 2026-01-09 10:00",
  );
});

test("the opening of an earlier phase counts too", () => {
  const change = (text: Loose) => {
    told(undefined, "48 h")(text);
    text.phases.early = { opens: "T-24 h" };
    text.types.patch.phases.unshift("early");
  };
  assert.equal(found(change).length, 1);
});

test("a notice that fits, or whose phase opens as soon as the release is planned, is in time", () => {
  assert.deepEqual(found(told("T-48 h", "48 h")), []);
  assert.deepEqual(found(told(undefined, "48 h")), []);
});

test("a notice that begins with the planning is shorter than the lead of the type", () => {
  const led = (lead: string | undefined) =>
    notices(
      fakePolicy((text) => {
        text.gates.told = { notice: { channel: "team", message: "shipped", before: "48 h" } };
        text.phases.checks.gates.push("told");
        text.types.patch.cadence = ["tuesday"];
        if (lead !== undefined) text.types.patch.lead = lead;
      }),
    );
  assert.deepEqual(led("48 h"), []);
  const [wrong] = led("24 h");
  assert.equal(wrong?.severity, "warning");
  assert.match(wrong?.sentence ?? "", /may be planned 1 d before T-0/);
  assert.match(led(undefined)[0]?.sentence ?? "", /may be planned at any time/);
});

test("a notice that comes after the work is an error: nobody is told before", () => {
  const [wrong] = notices(
    fakePolicy((text) => {
      text.gates.told = { notice: { channel: "team", message: "shipped", before: "48 h" } };
      text.phases.telling = { gates: ["told"] };
      text.types.patch.phases.push("telling");
    }),
  );
  assert.equal(wrong?.severity, "error");
  assert.match(wrong?.sentence ?? "", /`telling` comes after `production`, where the work is done/);
});
