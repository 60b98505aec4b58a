import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { BoardRow } from "#app/ports/store.ts";
import { STATUSES } from "#core/release/state.ts";
import { bySystem, windowOf, withRow } from "./board.ts";
import { statusLook } from "./tone.ts";

const row = (release: string, status: string, system = "Shop"): BoardRow => ({
  ...{ release, status, system, type: "patch", version: "1.0.0", phase: "build" },
  ...{ plannedAt: 1, updatedAt: 1, ended: false },
});

test("what wants a person stands first, in each system; systems by name", () => {
  const groups = bySystem([
    row("a", "working"),
    row("b", "held"),
    row("c", "stopped"),
    row("d", "waiting", "Bank"),
    row("e", "of-tomorrow"),
  ]);
  assert.deepEqual(
    groups.map(({ system, rows }) => [system, rows.map(({ release }) => release).join("")]),
    [
      ["Bank", "d"],
      ["Shop", "cbae"],
    ],
  );
});

test("of a long list exactly what is seen is drawn, and the rest keeps its room", () => {
  const sizes = fc.record({
    count: fc.nat(20_000),
    top: fc.nat(2_000_000),
    height: fc.integer({ min: 1, max: 5000 }),
    row: fc.integer({ min: 10, max: 100 }),
  });
  fc.assert(
    fc.property(sizes, ({ count, top, height, row: size }) => {
      const { from, to, above, below } = windowOf(count, { top, height, row: size });
      assert.equal(above + (to - from) * size + below, count * size);
      const firstSeen = Math.floor(top / size);
      for (const seen of [firstSeen, Math.ceil((top + height) / size) - 1]) {
        if (seen < count) assert.ok(from <= seen && seen < to, `row ${seen} is not drawn`);
      }
      assert.ok(to - from <= height / size + 18, "far more is drawn than is seen");
    }),
  );
});

test("every status has a mark and a word; an unknown one is shown as it is said", () => {
  for (const status of STATUSES) {
    const { mark, word } = statusLook(status);
    assert.equal(word, status.replaceAll("-", " "));
    assert.notEqual(mark, "");
  }
  assert.equal(statusLook("of-tomorrow").word, "of-tomorrow");
  assert.equal(statusLook("constructor").word, "constructor");
});

test("a row that changes takes its place in the pages that were read, or comes with a later one", () => {
  const at = (release: string, plannedAt: number) => ({ ...row(release, "stable"), plannedAt });
  const pages = [
    { releases: [at("e", 50), at("d", 40)], next: "more" },
    { releases: [at("c", 30), at("b", 20)], next: "still more" },
  ];
  const names = (of: readonly { releases: readonly BoardRow[] }[]) =>
    of.map(({ releases }) => releases.map(({ release }) => release).join("")).join("|");
  assert.equal(names(withRow(pages, at("x", 45), true)), "exd|cb");
  assert.equal(names(withRow(pages, at("x", 35), true)), "ed|xcb");
  assert.equal(names(withRow(pages, at("x", 10), true)), "ed|cb", "it comes with its page");
  assert.equal(names(withRow(pages, at("c", 30), true)), "ed|cb");
  assert.equal(names(withRow(pages, at("c", 30), false)), "ed|b");
  const whole = [{ releases: [at("b", 20)], next: null }];
  assert.equal(names(withRow(whole, at("a", 10), true)), "ba");
  assert.equal(names(withRow([{ releases: [], next: null }], at("a", 10), true)), "a");
  fc.assert(
    fc.property(fc.nat(60), fc.boolean(), (plannedAt, known) => {
      const changed = at(known ? "b" : "new", plannedAt);
      const rows = withRow(pages, changed, true).flatMap(({ releases }) => releases);
      assert.deepEqual(
        rows,
        rows.toSorted(
          (one, other) => other.plannedAt - one.plannedAt || (one.release < other.release ? 1 : -1),
        ),
      );
      assert.equal(new Set(rows.map(({ release }) => release)).size, rows.length);
    }),
  );
});
