import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DONE,
  FAILED,
  goAhead,
  LEAD,
  OPS,
  planFrom,
  type Story,
  story,
  UNKNOWN,
  withSteps,
} from "../release/given.fake.ts";
import { rowOf } from "./row.ts";

const deploying = () => {
  const told = goAhead();
  told.until("production/4-deploy");
  return told;
};
const turned = () => {
  const told = deploying();
  told.ask({ ask: "rollback", by: OPS, reason: "complaints" });
  return told;
};
const end = (told: Story) => {
  while (told.release().stand.at === "rollback") told.answer(DONE, "rollback/");
  return told;
};
const aborted = () => {
  const told = story(planFrom());
  told.ask({ ask: "abort", by: LEAD, reason: "not today" });
  return told;
};
const doubtful = () => {
  const told = deploying();
  told.answer(UNKNOWN);
  return told;
};
const stopped = () => {
  const told = goAhead();
  told.answer(FAILED, "production/1-backup");
  return told;
};
const finished = () => {
  const told = story(planFrom(withSteps([{ tag: {} }])));
  told.answer(DONE);
  return told;
};
const later = () => story(planFrom(withSteps([], { phases: { production: { opens: "T+1 h" } } })));

const WORDS: readonly (readonly [string, () => Story, string])[] = [
  ["waiting", later, "production"],
  ["held", () => story(planFrom()), "build"],
  ["working", deploying, "production"],
  ["in-doubt", doubtful, "production"],
  ["rolling-back", turned, "rollback"],
  ["stopped", stopped, "production"],
  ["stable", finished, "ended"],
  ["rolled-back", () => end(turned()), "ended"],
  ["aborted", aborted, "ended"],
];
for (const [status, given, phase] of WORDS) {
  test(`a release is ${status}, and its row says so`, () => {
    const row = rowOf(given().release(), 7);
    assert.deepEqual([row.status, row.phase, row.updatedAt], [status, phase, 7]);
    assert.equal(row.ended, phase === "ended");
    assert.equal(row.release, "sample-1.0.1");
  });
}
