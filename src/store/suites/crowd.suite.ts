import assert from "node:assert/strict";
import { append, event } from "../../../test/appends.ts";
import { verifyJournal } from "../verify-journal.ts";
import { type Rule, refused } from "./rule.suite.ts";

/** Many at once. */
export function crowdRules(rule: Rule): void {
  rule(
    "fifty clients that append at once leave no gap, no double and no lost entry",
    async ({ store, again }) => {
      const other = await again();
      const acknowledged: string[] = [];
      const client = async (index: number) => {
        const through = index % 2 === 0 ? store : other;
        for (let round = 0; round < 6; round++) {
          const stream = `r${(index + round) % 7}`;
          const request = `${index}/${round}`;
          for (let answer: string = "conflict"; answer === "conflict"; ) {
            const seq = (await through.read(stream)).length;
            const events = Array.from({ length: 1 + (index % 3) }, () =>
              event({ data: { request } }),
            );
            answer = await refused(through, append(stream, seq, { events, request }));
            if (answer === "appended") acknowledged.push(request);
            assert.notEqual(answer, "repeated");
          }
        }
      };
      await Promise.all(Array.from({ length: 50 }, (_, index) => client(index)));
      const entries = await store.readAll(0, 10_000);
      assert.deepEqual(
        entries.map(({ position }) => position),
        entries.map((_, index) => index + 1),
      );
      for (const [stream, own] of Map.groupBy(entries, (entry) => entry.stream)) {
        assert.deepEqual(
          own.map(({ seq }) => seq),
          own.map((_, index) => index + 1),
          stream,
        );
      }
      const kept = new Set(entries.map(({ data }) => (data as { request: string }).request));
      assert.deepEqual([...kept].sort(), acknowledged.sort());
      assert.equal(acknowledged.length, 300);
      assert.equal((await verifyJournal(store)).ok, true);
    },
  );
}
