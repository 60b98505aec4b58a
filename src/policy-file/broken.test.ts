import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { soundness } from "#core/policy/soundness.ts";
import { rehearse } from "#core/simulation/rehearsal.ts";
import { brokenPolicy, REAL, verdictOn, WAYS, type Way } from "./broken.fake.ts";
import { readPolicy } from "./read.ts";

/** `bench/fuzz.bench.ts` does the same with ten thousand. */
const TIMES = 150;
const FROM = Date.UTC(2026, 2, 2);
/** Large ones take their time. */
const TIMES_LARGE = 8;

describe("a broken policy gets a verdict or diagnostics with their places, and never a crash", () => {
  for (const way of WAYS) {
    const times = way === "large" ? TIMES_LARGE : TIMES;
    it(`${way}: ${times} of them, from their seeds`, () => {
      const seen = { refused: 0, unsound: 0, sound: 0 };
      for (let seed = 0; seed < times; seed += 1) {
        const text = brokenPolicy(way, seed);
        try {
          seen[verdictOn(text)] += 1;
        } catch (error) {
          assert.fail(`${way}, seed ${seed}: ${error instanceof Error ? error.stack : error}`);
        }
      }
      assert.ok(seen.refused > 0, "nothing was refused");
    });
  }

  it("each real policy in a zone that nobody knows: an error, and nothing else breaks", () => {
    const lost = REAL.map((bytes) => {
      const text = bytes.toString("utf8");
      return { text, elsewhere: text.replace(/^( *zone:) .*$/gm, "$1 Nowhere/Land") };
    }).filter(({ text, elsewhere }) => text !== elsewhere);
    assert.ok(lost.length >= 5, `${lost.length} policies name a zone`);
    for (const { elsewhere } of lost) assert.equal(verdictOn(Buffer.from(elsewhere)), "unsound");
  });

  it("what is found sound can be released: in a world where all goes well it comes to be stable", () => {
    const ends = (["bytes", "parts"] as const).flatMap((way) =>
      Array.from({ length: TIMES }, (_, seed) => endsOf(way, seed)).flat(),
    );
    assert.deepEqual(
      ends.filter((end) => !end.endsWith(": stable")),
      [],
    );
    assert.ok(ends.length > 50, `${ends.length} releases`);
  });

  it("the same seed breaks a policy in the same way", () => {
    for (const way of WAYS) assert.deepEqual(brokenPolicy(way, 7), brokenPolicy(way, 7));
  });
});

/** How a release of each type ends under a broken policy that is sound all the same. */
function endsOf(way: Way, seed: number): readonly string[] {
  const read = readPolicy("holdpoint.yaml", brokenPolicy(way, seed));
  if (!read.ok) return [];
  const { policy } = read.value;
  if (soundness(policy).some(({ severity }) => severity === "error")) return [];
  return Object.keys(policy.types).map((type) => {
    const lived = rehearse(policy, { type, from: FROM, seed });
    assert.ok(lived.ok);
    const { stand } = lived.value.release;
    const how = stand.at === "ended" ? stand.how : stand.at;
    return `${way}, seed ${seed}, ${type}: ${how}`;
  });
}
