import assert from "node:assert/strict";
import { inBothWorlds, json } from "./both-worlds.fixture.ts";
import { EXIT } from "./exit-codes.ts";

interface Agenda {
  readonly entries: readonly { readonly kind: string; readonly uid: string }[];
}

inBothWorlds(
  "`calendar` shows windows, freezes and planned releases, in order",
  async ({ run, fake }) => {
    await run("release --no-wait");
    const recorded = fake.recorded();
    const shown = await run("calendar");
    assert.equal(shown.exit, EXIT.ok);
    assert.match(shown.out, /^window {4}Thu 2026-11-19 10:00 to 12:00 UTC {2}Window daily\.$/m);
    assert.match(
      shown.out,
      /^freeze {4}Mon 2026-12-21 00:00 to Mon 2027-01-04 00:00 UTC {2}Freeze year-end: holidays\./m,
    );
    assert.match(
      shown.out,
      /^release {3}Wed 2026-11-18 .* {2}T-0 of patch 1\.4\.0\. shop-1\.4\.0 is held/m,
    );
    assert.equal(fake.recorded(), recorded, "looking records nothing");
    const { entries } = json<Agenda>(await run("calendar --json"));
    assert.equal(shown.out.trimEnd().split("\n").length, entries.length);
  },
);

inBothWorlds("`calendar --ics` is a feed with one event for each line", async ({ run }) => {
  const { entries } = json<Agenda>(await run("calendar --json"));
  const feed = await run("calendar --ics");
  assert.equal(feed.exit, EXIT.ok);
  assert.match(feed.out, /^BEGIN:VCALENDAR\r\n/);
  assert.equal(feed.out.match(/^BEGIN:VEVENT\r$/gm)?.length, entries.length);
});

inBothWorlds(
  "`calendar` refuses days that are none, or that end before they begin",
  async ({ run }) => {
    for (const days of ["--from 2026-02-30", "--to tomorrow", "--from 24.11.2026"]) {
      const refused = await run(`calendar ${days}`);
      assert.equal(refused.exit, EXIT.usage, days);
      assert.match(
        refused.err,
        /The day of --(from|to) is not understood\. \[usage\]\n +Write it like 2026-11-24/,
      );
    }
    for (const [days, why] of [
      [
        "--from 2026-12-24 --to 2026-12-01",
        /would end on 2026-12-01, before it begins on 2026-12-24/,
      ],
      ["--to 2099-12-31", /ten years at most/],
    ] as const) {
      const refused = await run(`calendar ${days}`);
      assert.equal(refused.exit, EXIT.usage, days);
      assert.match(refused.err, why);
    }
  },
);
