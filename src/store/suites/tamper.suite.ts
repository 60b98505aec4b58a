// What the verifier finds when somebody changes the database behind the store's back.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Store } from "#app/ports/store.ts";
import type { Head } from "#core/audit/entry.ts";
import { append, event } from "../../../test/appends.ts";
import { verifyJournal } from "../verify-journal.ts";

export interface Tampered {
  readonly store: Store;
  /** Says something to the database, as whoever owns it can. */
  sql(text: string): Promise<void>;
  close(): Promise<void>;
}

const LAST = 12;
const FORGED = "f".repeat(64);

export function tamperSuite(name: string, start: () => Promise<Tampered>, unchecked: string): void {
  describe(name, () => {
    let it: Tampered;
    let kept: Head;
    before(async () => {
      it = await start();
      for (let index = 0; index < LAST / 2; index++) {
        const events = [
          event({ data: { index } }),
          event({ type: "held", data: { text: "\u001f" } }),
        ];
        await it.store.append(append(`r${index % 3}`, 2 * Math.floor(index / 3), { events }));
      }
      kept = await it.store.head();
      assert.equal(kept.position, LAST);
      await it.sql("CREATE TABLE entries_before AS SELECT * FROM entries");
      await it.sql("CREATE TABLE head_before AS SELECT * FROM head");
      await it.sql(unchecked);
    });
    after(() => it.close());
    beforeEach(async () => {
      await it.sql("DELETE FROM entries");
      await it.sql("INSERT INTO entries SELECT * FROM entries_before");
      await it.sql("DELETE FROM head");
      await it.sql("INSERT INTO head SELECT * FROM head_before");
      assert.deepEqual(await verifyJournal(it.store, kept), { ok: true, value: kept });
    });

    const found = async (position: number, against?: Head) => {
      const result = await verifyJournal(it.store, against);
      assert.equal(result.ok ? "not found" : result.error.position, position);
    };
    const change = (
      title: string,
      position: (at: number) => number,
      text: (at: number) => string,
    ) => {
      for (const at of [1, 5, LAST]) {
        test(`${title} is found (entry ${at} of ${LAST})`, async () => {
          await it.sql(text(at));
          await found(position(at));
        });
      }
    };

    const fields: readonly [string, string][] = [
      ["stream", "'forged'"],
      ["seq", "9000"],
      ["type", "'forged'"],
      ["version", "2"],
      ["at", '"at" + 1'],
      ["by", "'forged'"],
      ["data", `'{"index":99}'`],
      ["data", "'no JSON'"],
      ["data", "data || ' '"],
      ["prev", `'${FORGED}'`],
      ["hash", `'${FORGED}'`],
    ];
    for (const [field, value] of fields) {
      change(
        `a changed ${field} (${value})`,
        (at) => at,
        (at) => `UPDATE entries SET "${field}" = ${value} WHERE position = ${at}`,
      );
    }
    change(
      "a changed position",
      (at) => at,
      (at) => `UPDATE entries SET position = 9000 WHERE position = ${at}`,
    );
    change(
      "a dropped entry",
      (at) => at,
      (at) => `DELETE FROM entries WHERE position = ${at}`,
    );

    test("text that says the same in another spelling is found", async () => {
      await it.sql("UPDATE entries SET data = replace(data, '1f', '1F') WHERE position = 2");
      await found(2);
    });

    test("an entry slipped in before the first, behind the last or into a hole is found", async () => {
      const copy = (position: number) => `
        INSERT INTO entries
        SELECT ${position}, 'forged', 1, type, version, "at", "by", data, prev, hash
        FROM entries WHERE position = 3`;
      await it.sql(copy(-7));
      await found(1);
      await it.sql("DELETE FROM entries WHERE position = -7");
      await it.sql(copy(LAST + 1));
      await found(LAST + 1);
      await it.sql(`DELETE FROM entries WHERE position IN (4, ${LAST + 1})`);
      await it.sql(copy(4));
      await found(4);
    });

    test("two entries that were swapped are found at the first of them", async () => {
      for (const [from, to] of [
        [4, 9000],
        [8, 4],
        [9000, 8],
      ]) {
        await it.sql(`UPDATE entries SET position = ${to} WHERE position = ${from}`);
      }
      await found(4);
    });

    test("a cut tail is found against the recorded head", async () => {
      await it.sql("DELETE FROM entries WHERE position > 9");
      await found(10);
    });

    test("a cut tail with a head made to fit is found against a head kept elsewhere", async () => {
      await it.sql("DELETE FROM entries WHERE position > 9");
      await it.sql(
        "UPDATE head SET position = 9, hash = (SELECT hash FROM entries WHERE position = 9)",
      );
      assert.equal((await verifyJournal(it.store)).ok, true);
      await found(10, kept);
    });

    test("a changed or missing record of the head is found", async () => {
      await it.sql(`UPDATE head SET hash = '${FORGED}'`);
      await found(LAST);
      await it.sql(`UPDATE head SET position = ${LAST + 5}`);
      await found(LAST + 1);
      await it.sql("DELETE FROM head");
      await found(1);
    });

    test("a stream with a hole, or with data that nobody wrote, is not read for a decision", async () => {
      const read = () => it.store.read("r1");
      assert.equal((await read()).length, 4);
      await it.sql("DELETE FROM entries WHERE stream = 'r1' AND seq = 3");
      await assert.rejects(read(), { code: "journal-corrupt" });
      await it.sql("UPDATE entries SET data = '{}}' WHERE stream = 'r0' AND seq = 1");
      await assert.rejects(it.store.read("r0"), { code: "journal-corrupt" });
    });
  });
}
