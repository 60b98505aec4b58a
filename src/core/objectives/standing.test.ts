import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY } from "../base/time.ts";
import { objective } from "./objective.ts";
import { standings } from "./standing.ts";

const objectives = {
  success: objective.parse({ measure: "success", least: "99.9 %" }),
  cache: objective.parse({ measure: "cache-hits", least: "90 %" }),
};

test("it says what is left and what burns, and nothing of what was never measured", () => {
  const told = (bad: number) =>
    standings(
      objectives,
      (name) => () => (name === "success" ? { good: 100_000 - bad, bad } : { good: 0, bad: 0 }),
      () => 30 * DAY,
    );
  assert.deepEqual(told(50), [
    {
      objective: "success",
      left: told(50)[0]?.left,
      alert: null,
      said: "success: 50 % of its error budget is left",
    },
  ]);
  const [spent] = told(2000);
  assert.equal(spent?.alert, "page");
  assert.equal(
    spent?.said,
    "success: its error budget is spent, and it burns 20 times too fast over 1 h and 5 min",
  );
});
