import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dispersionOf, STILL, scatter, scatterBoth } from "./dispersion.ts";

/** The dispersion of counts that each come from 100 requests. */
const of = (counts: readonly number[]) =>
  dispersionOf([counts.reduce((before, bad) => scatter(before, [{ all: 100, bad }]), STILL)]);

test("errors one by one do not scatter more than independent ones; a drift is no scatter", () => {
  assert.ok(of(Array.from({ length: 200 }, (_, index) => (index % 7 === 0 ? 1 : 0))) < 1.01);
  assert.equal(of(Array.from({ length: 90 }, (_, index) => Math.floor(index / 3))), 1);
});

test("errors in clusters scatter by the size of the clusters", () => {
  const clusters = Array.from({ length: 300 }, (_, index) => (index % 10 === 0 ? 5 : 0));
  assert.ok(of(clusters) > 4);
});

test("a burst of one arm counts against itself, even the first", () => {
  assert.ok(of([0, 0, 0, 12]) > 8);
});

test("a cluster that lasts for some seconds, cut by checks, scatters by its whole size", () => {
  const lasting = Array.from({ length: 300 }, (_, index) => (index % 40 < 3 ? 4 : 0));
  assert.ok(of(lasting) > 10, String(of(lasting)));
});

test("a burst weighs less against itself, the more errors came one by one before", () => {
  const singles = Array.from({ length: 400 }, (_, index) => (index % 4 === 0 ? 1 : 0));
  const quiet = Array.from({ length: 400 }, () => 0);
  const [known, unknown] = [singles, quiet].map((past) => of([...past, 3, 2, 3]));
  assert.ok(Number(unknown) > 4 && Number(known) < 1.5, `${unknown} ${known}`);
});

test("where scatter must be shown, that of a few independent counts is none", () => {
  const counts = Array.from({ length: 60 }, (_, index) => 20 + ((index * 7) % 11) - 5);
  const arm = counts.reduce((before, bad) => scatter(before, [{ all: 1000, bad }]), STILL);
  assert.equal(dispersionOf([arm], true), 1);
});

test("whatever counts come, it is a finite number of at least 1", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1e9), fc.nat(1e9)), { maxLength: 40 }), (counts) => {
      const arm = counts.reduce(
        (before, [all, bad]) => scatter(before, [{ all, bad: Math.min(all, bad) }]),
        STILL,
      );
      const dispersion = dispersionOf([arm, STILL]);
      assert.ok(Number.isFinite(dispersion) && dispersion >= 1, String(dispersion));
    }),
  );
});

test("what leaps in both arms at once is an outage that they share: it does not count as scatter", () => {
  const calm = Array.from({ length: 60 }, (_, index) => (index % 5 === 0 ? 1 : 0));
  const outage = Array.from({ length: 12 }, () => 20);
  const counts = [...calm, ...outage, ...calm];
  const told = (bad: number) => [{ all: 100, bad }];
  let [both, one] = [0, 1].map(() => ({ baseline: STILL, canary: STILL }));
  assert.ok(both && one);
  for (const [index, bad] of counts.entries()) {
    both = scatterBoth(both, { baseline: told(bad), canary: told(bad) });
    one = scatterBoth(one, { baseline: told(bad), canary: told(calm[index % 60] ?? 0) });
  }
  assert.ok(dispersionOf([both.baseline, both.canary]) < 1.25);
  assert.ok(dispersionOf([one.baseline, one.canary]) > 2);
});
