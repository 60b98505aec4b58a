import assert from "node:assert/strict";
import { test } from "node:test";
import { takeIn } from "#app/meter.ts";
import type { Platform, Target } from "#app/ports/outside.ts";
import type { Totals } from "#app/ports/samples.ts";
import { look, totals } from "#core/judge/given.fake.ts";
import type { Reading } from "#core/judge/reading.ts";
import { counted } from "./table.ts";

const target = (version: string, previous?: string): Target => ({
  ...{ environment: "production", release: `shop-${version}`, version, previous },
  ...{ commit: "c0ffee", services: {} },
});

/** A platform where one version is stable and one new, and a source that says what it is told to. */
function world() {
  const asked: Target[] = [];
  let said: Totals = { canary: null, baseline: null };
  let [now, stable] = [0, "1.0.0"];
  const platform = {
    measure: async ({ version }: Target): Promise<Reading> => ({
      at: now,
      canary: version === stable ? null : { ...look(), version },
      baseline: { ...look(), version: stable },
    }),
  } as unknown as Platform;
  const source = {
    totals: async (about: Target) => {
      asked.push(about);
      return said;
    },
  };
  const { measure } = counted(platform, source);
  return {
    asked,
    promote: (version: string) => {
      stable = version;
    },
    read: (about: Target, canary: number, baseline: number, more: Partial<Totals> = {}) => {
      now += 15_000;
      said = {
        canary: canary < 0 ? null : totals(canary, canary / 2),
        baseline: totals(baseline, baseline / 2),
        ...more,
      };
      return measure(about);
    },
  };
}
const requests = ({ canary, baseline }: Reading) => [
  canary?.counters.requests,
  baseline?.counters.requests,
];

test("what an earlier new version did under the same name is not what this one is judged by", async () => {
  const { read } = world();
  await read(target("1.0.1", "1.0.0"), 0, 100);
  assert.deepEqual(requests(await read(target("1.0.1", "1.0.0"), 800, 900)), [800, 900]);
  const next = target("1.0.2", "1.0.0");
  const first = await read(next, 810, 1000);
  assert.deepEqual([first.canary?.counters.requests, first.canary?.counters.errors], [10, 5]);
  assert.deepEqual(requests(await read(next, 850, 1100)), [50, 1100]);
});

test("a process that begins in the midst of a release counts from there on", async () => {
  const { read } = world();
  const release = target("1.0.1", "1.0.0");
  assert.deepEqual(requests(await read(release, 5000, 9000)), [0, 9000]);
  assert.deepEqual(requests(await read(release, 5010, 9000)), [10, 9000]);
});

test("a version that is not measured stays unmeasured, however long the platform has it running", async () => {
  const { read } = world();
  assert.equal((await read(target("1.0.1", "1.0.0"), -1, 10)).canary, null);
});

test("before the first release the source is asked for the version that the platform has serving", async () => {
  const { read, asked } = world();
  await read(target("none"), -1, 10);
  assert.equal(asked[0]?.previous, "1.0.0");
});

test("the meter counts every request once when the new version becomes the stable one", async () => {
  for (const ofVersions of [true, false]) {
    const { read, promote } = world();
    const release = target("1.0.1", "1.0.0");
    let known: ReturnType<typeof takeIn> | undefined;
    const take = async (reading: Promise<Reading>) => {
      known = takeIn(known, await reading);
      return known.counts?.requests ?? 0;
    };
    await take(read(release, 0, 5000, { ofVersions }));
    assert.equal(await take(read(release, 300, 5300, { ofVersions })), 600);
    promote("1.0.1");
    // Totals of versions go along; totals of arms stay where they are, and the stable arm goes on.
    const baseline = ofVersions ? 340 : 5340;
    assert.equal(await take(read(target("none"), -1, baseline, { ofVersions })), 640);
  }
});
