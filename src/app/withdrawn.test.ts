import assert from "node:assert/strict";
import { test } from "node:test";
import type { BoardRow } from "./ports/store.ts";
import { withdrawnVersions } from "./withdrawn.ts";

test("the versions of a system that were rolled back are withdrawn; those that were aborted or are out are not", async () => {
  const row = (version: string, status: string, system = "Shop") =>
    ({ version, status, system }) as BoardRow;
  const rows = [
    row("1.1.0", "rolled-back"),
    row("1.1.1", "stable"),
    row("1.1.2", "aborted"),
    row("9.0.0", "rolled-back", "Other"),
  ];
  const asked: object[] = [];
  const store = {
    rows: async (filter: object) => {
      asked.push(filter);
      return rows;
    },
  };
  assert.deepEqual(await withdrawnVersions(store, "Shop"), ["1.1.0"]);
  assert.deepEqual(asked, [{ ended: true, limit: 10_000 }]);
});
