import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { graphOf } from "./graph.ts";

/** A random history: each commit's parents stand behind it in the list. */
const history = fc.array(fc.array(fc.nat({ max: 6 }), { maxLength: 3 }), {
  minLength: 1,
  maxLength: 40,
});

test("what lies between two commits is what one reaches and the other does not, newest first", () => {
  fc.assert(
    fc.property(history, fc.nat(), fc.nat(), (steps, one, two) => {
      const commits = steps.map((back, row) => ({
        id: String(row),
        parents: [...new Set(back.map((step) => row + 1 + step))]
          .filter((parent) => parent < steps.length)
          .map(String),
      }));
      const graph = graphOf(commits);
      const reach = (row: number): Set<number> => {
        const seen = new Set<number>();
        const open = [row];
        for (let at = open.pop(); at !== undefined; at = open.pop()) {
          if (seen.has(at)) continue;
          seen.add(at);
          open.push(...graph.parents(at));
        }
        return seen;
      };
      const [to, from] = [one % steps.length, two % steps.length];
      const without = reach(from);
      const expected = [...reach(to)].filter((row) => !without.has(row)).sort((a, b) => a - b);
      assert.deepEqual(graph.between([from], to), expected);
      assert.deepEqual(graph.between([from], to), expected, "the paint is washed off");
    }),
    { numRuns: 500 },
  );
});
