import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "../policy.fake.ts";
import { zones } from "./zones.ts";

const found = (zone: string) => zones(fakePolicy((text) => (text.zone = zone)));

describe("zones: every time zone is one that the world knows", () => {
  it("takes IANA zones", () => {
    for (const zone of ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"])
      assert.deepEqual(found(zone), [], zone);
  });

  it("refuses others and proposes the nearest", () => {
    assert.equal(found("Europe/Berlim")[0]?.remedy, "Did you mean `Europe/Berlin`?");
    for (const zone of ["+01:00", "Local", "", "Mars/Olympus"])
      assert.equal(found(zone)[0]?.severity, "error", zone);
  });

  it("warns of a zone that stands still all year", () => {
    const [fixed] = found("EST");
    assert.equal(fixed?.severity, "warning");
    assert.match(fixed?.remedy ?? "", /America\/New_York/);
  });

  it("looks at the zones of windows and freezes too", () => {
    const policy = fakePolicy((text) => {
      text.calendar.windows.tuesday.zone = "Nowhere/X";
      text.calendar.freezes = {
        f: { from: "2026-01-01T00:00", to: "2026-01-02T00:00", zone: "Nowhere/Y", reason: "r" },
      };
    });
    assert.deepEqual(
      zones(policy).map(({ path }) => path.join(".")),
      ["calendar.windows.tuesday.zone", "calendar.freezes.f.zone"],
    );
  });
});

it("an offset that bears the name of a zone is told, with what its sign means", () => {
  const [wrong] = zones(fakePolicy((text) => (text.zone = "Etc/GMT+5")));
  assert.equal(wrong?.severity, "warning");
  assert.match(wrong?.counterexample ?? "", /10:00 Etc\/GMT\+5 is Wed 2026-07-01 15:00 UTC/);
  for (const zone of ["UTC", "Etc/UTC", "Etc/GMT+0", "Pacific/Honolulu", "HST"])
    assert.deepEqual(zones(fakePolicy((text) => (text.zone = zone))), [], zone);
});
