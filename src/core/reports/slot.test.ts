import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { DAY, HOUR } from "../base/time.ts";
import { openAt } from "../calendar/openings.ts";
import type { PolicyText } from "../policy/policy.ts";
import { planFrom, withSteps } from "../release/given.fake.ts";
import { earliestSlot, isPreferred, planningTime } from "./slot.ts";

const at = (text: string) => Date.parse(text);
const ZONE = "America/New_York";

const policy = (more: Partial<PolicyText> = {}, type: object = {}): PolicyText => ({
  ...withSteps([{ tag: {} }], more),
  zone: ZONE,
  calendar: {
    windows: {
      wednesday: { rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", from: "2026-01-07T10:00", for: "4 h" },
      quarter: { rule: "FREQ=MONTHLY;INTERVAL=3;BYDAY=1WE", from: "2026-01-07T10:00", for: "6 h" },
      office: { rule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", from: "2026-01-05T09:00", for: "8 h" },
    },
    freezes: {
      "year-end": { from: "2026-12-16T00:00", to: "2027-01-04T00:00", reason: "closing" },
    },
  },
  types: {
    minor: {
      bumps: ["minor"],
      phases: ["production"],
      cadence: ["wednesday"],
      yields: ["major"],
      ...type,
    },
    major: { bumps: ["major"], phases: ["production"], cadence: ["quarter"], lead: "4 weeks" },
  },
});
const plan = (text: PolicyText, type: string, now: number) =>
  planFrom(text, { type, plannedAt: now, at: now });
const slot = (text: PolicyText, type: string, now: number) => {
  const of = plan(text, type, now);
  return earliestSlot(of, now, planningTime(of));
};

describe("the earliest legal slot", () => {
  it("AA-05: is every other Wednesday at ten in New York, counted from the first, through changes of clocks", () => {
    assert.equal(slot(policy(), "minor", at("2026-03-05T12:00Z"))?.at, at("2026-03-18T14:00Z"));
    assert.equal(slot(policy(), "minor", at("2026-10-29T00:00Z"))?.at, at("2026-11-11T15:00Z"));
  });

  it("AA-03: of a quarterly major is at least four weeks after it was planned, and says why", () => {
    const late = slot(policy(), "major", at("2026-06-10T12:00Z"));
    assert.equal(late?.at, at("2026-10-07T14:00Z"));
    assert.match(late?.because[0] ?? "", /planned 4 weeks before|planned 28 d before/);
    assert.equal(slot(policy(), "major", at("2026-06-02T12:00Z"))?.at, at("2026-07-01T14:00Z"));
  });

  it("MM-28: yields the day to the type that has it, and jumps over a freeze; both are said", () => {
    const found = slot(policy(), "minor", at("2026-09-30T20:00Z"));
    assert.equal(found?.at, at("2026-10-14T14:00Z"));
    const frozen = slot(policy(), "minor", at("2026-12-10T20:00Z"));
    assert.match(frozen?.because.join() ?? "", /window "wednesday" is shut/);
    assert.ok((frozen?.at ?? 0) > at("2027-01-04T05:00Z"));
  });

  it("MM-29: waits for a notice that is still to be given", () => {
    const gates = {
      told: { notice: { channel: "team", message: "soon", before: "48 h" } },
    };
    const text = {
      ...policy({ gates }, { cadence: ["office"], yields: [] }),
      channels: { team: { console: {} } },
      messages: { soon: { title: "soon" } },
      phases: { production: { gates: ["told"], steps: [{ tag: {} }] } },
    };
    const found = slot(text, "minor", at("2026-06-02T14:00Z"));
    assert.equal(found?.at, at("2026-06-04T14:00Z"));
    assert.match(found?.because[0] ?? "", /told is told 2 d before/);
  });

  it("is none where the windows never open again", () => {
    const text = policy();
    const windows = {
      wednesday: { rule: "FREQ=DAILY;COUNT=1", from: "2026-01-07T10:00", for: "1 h" },
    };
    const gone = {
      ...text,
      calendar: { windows },
      types: {
        minor: { bumps: ["minor" as const], phases: ["production"], cadence: ["wednesday"] },
      },
    };
    assert.equal(slot(gone, "minor", at("2026-06-02T14:00Z")), null);
  });

  it("is legal at that moment and at none before, for any moment", () => {
    const year = { min: at("2026-01-08T00:00Z"), max: at("2028-01-01T00:00Z") };
    fc.assert(
      fc.property(fc.integer(year), (now) => {
        const of = plan(policy(), "minor", now);
        const found = earliestSlot(of, now);
        assert.ok(found !== null && found.at >= now);
        const wanted = {
          windows: ["wednesday"],
          freezes: true,
          type: "minor",
          yields: ["quarter"],
        };
        const open = (moment: number) => openAt(of.terms.calendar, wanted, moment).open;
        assert.ok(open(found.at));
        for (
          let moment = now;
          moment < found.at;
          moment += Math.max(HOUR, Math.floor((found.at - now) / 40))
        )
          assert.ok(!open(moment));
      }),
      { numRuns: 40 },
    );
  });
});

it("AA-04: windows that a type prefers are advice: T-0 outside of them is known, and holds nothing", () => {
  const text = policy({}, { cadence: [], yields: [], prefers: ["office"] });
  assert.equal(isPreferred(plan(text, "minor", at("2026-06-02T14:00Z"))), true);
  const night = at("2026-06-02T03:00Z");
  assert.equal(isPreferred(plan(text, "minor", night)), false);
  assert.equal(slot(text, "minor", night)?.at, night);
  assert.equal(isPreferred(plan(policy(), "major", night + 3 * DAY)), true);
});
