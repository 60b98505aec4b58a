import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tag, tagName, tagPattern } from "./tag.ts";

const context = {
  system: "Shop",
  version: "1.2.3",
  commit: "c0ffee",
  tag: "v1.2.3",
  objectives: {},
  judged: { verdict: "continue", reason: "nothing is exposed" },
  now: 0,
} as const;
const attempt = { since: 0, answers: [] };

describe("tag", () => {
  it("names the tag as the policy does, or by a pattern of its own", () => {
    const name = (config: { pattern?: string }) => {
      const move = tag.next(config, attempt, context);
      return move.move === "ask" && move.work.ask === "tag" ? move.work.name : null;
    };
    assert.equal(name({}), "v1.2.3");
    assert.equal(name({ pattern: "rc-v{version}" }), "rc-v1.2.3");
  });

  it("takes the version into the pattern as it is, and the pattern with one version only", () => {
    assert.equal(tagName("v{version}", "$&$1"), "v$&$1");
    assert.equal(tagPattern.safeParse("v{version}").success, true);
    for (const pattern of ["v", "{version}{version}", "v{version}{", "{Version}"])
      assert.equal(tagPattern.safeParse(pattern).success, false, pattern);
  });
});
