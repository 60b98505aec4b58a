import assert from "node:assert/strict";
import { test } from "node:test";
import { rulesAt } from "./periods.ts";
import { PLAIN_RULES } from "./plain-rules.ts";
import { DEFAULTS } from "./rules.ts";
import { versioningShape } from "./shape.ts";

test("what the shape fills in is what holds where nobody has written rules", () => {
  assert.deepEqual(versioningShape.parse({}), PLAIN_RULES);
  for (const [key, value] of Object.entries(DEFAULTS))
    assert.deepEqual(PLAIN_RULES[key as keyof typeof DEFAULTS], value, key);
});

test("rules that held for a while hold on their days only, the first that fits", () => {
  const rules = versioningShape.parse({
    floor: "none",
    bumps: { fix: "patch" },
    periods: [
      { until: "2020-01-01", floor: "patch" },
      { since: "2020-01-01", until: "2021-01-01", bumps: { docs: "patch" } },
    ],
  });
  const on = (day: string) => rulesAt(rules, Date.parse(day));
  assert.equal(on("2019-12-31").floor, "patch");
  assert.deepEqual(on("2020-01-01").bumps, { docs: "patch" });
  assert.equal(on("2020-01-01").floor, "none");
  assert.deepEqual(on("2021-01-01").bumps, { fix: "patch" });
});
