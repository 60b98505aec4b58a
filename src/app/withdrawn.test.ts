import assert from "node:assert/strict";
import { test } from "node:test";
import type { BoardRow } from "./ports/store.ts";
import { withdrawnVersions } from "./withdrawn.ts";

test("versions of a system that were rolled back or withdrawn are never used again; those that were aborted or are out stay", async () => {
  const row = (version: string, status: string, system = "Shop", phase = "ended") =>
    ({ version, status, system, phase }) as BoardRow;
  const rows = [
    row("1.1.0", "rolled-back"),
    row("1.1.1", "stable"),
    row("1.1.2", "aborted"),
    row("1.1.3", "withdrawn"),
    row("1.1.4", "withdrawing", "Shop", "withdrawal"),
    row("1.1.5", "stopped", "Shop", "withdrawal"),
    row("1.1.6", "stopped", "Shop", "production"),
    row("9.0.0", "rolled-back", "Other"),
  ];
  const asked: object[] = [];
  const store = {
    rows: async (filter: object) => {
      asked.push(filter);
      return rows;
    },
  };
  assert.deepEqual(await withdrawnVersions(store, "Shop"), ["1.1.0", "1.1.3", "1.1.4", "1.1.5"]);
  assert.deepEqual(asked, [{ limit: 10_000 }]);
});
