import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { brokenPolicy, REAL, verdictOn, WAYS } from "./broken.fake.ts";

/** `bench/fuzz.bench.ts` does the same with ten thousand. */
const TIMES = 150;
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

  it("the same seed breaks a policy in the same way", () => {
    for (const way of WAYS) assert.deepEqual(brokenPolicy(way, 7), brokenPolicy(way, 7));
  });
});
