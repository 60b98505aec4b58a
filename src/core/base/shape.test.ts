import assert from "node:assert/strict";
import { test } from "node:test";
import type { z } from "zod";
import { commandFields } from "./command.ts";
import { argv, duration, line, name, share } from "./shape.ts";
import { MINUTE } from "./time.ts";

const CASES: readonly (readonly [string, z.ZodType, readonly unknown[], readonly unknown[]])[] = [
  [
    "a name",
    name,
    ["a", "go-no-go", "v2"],
    ["", "A", "a_b", "-a", "a-", "a--b", "2a", "constructor", "a".repeat(65)],
  ],
  [
    "a duration",
    duration,
    ["5 min", "1.5 h", "2 weeks", "0 s"],
    ["", "5", 5, "five min", "-1 s", "1 year"],
  ],
  ["a share", share, ["0 %", "0.1 %", "5%", "100 %"], ["101 %", "5", 5, "0.001 %", "-1 %"]],
  [
    "a command",
    argv,
    [["npm", "test"]],
    [[], "npm test", [""], Array.from({ length: 65 }, () => "a")],
  ],
  ["a line", line, ["one line", "ä €"], ["", "two\nlines", "bell\u0007", "x".repeat(501)]],
  ["a variable's name", commandFields.env, [[], ["PATH"], ["_A1"]], [["path"], ["A=B"], ["1A"]]],
];
for (const [what, shape, good, bad] of CASES) {
  test(`${what} is taken as written, and nothing else is one`, () => {
    for (const value of good)
      assert.equal(shape.safeParse(value).success, true, JSON.stringify(value));
    for (const value of bad)
      assert.equal(shape.safeParse(value).success, false, JSON.stringify(value));
  });
}

test("a duration is read as milliseconds, a share as basis points, to the last decimal", () => {
  assert.equal(duration.parse("1.5 min"), 90_000);
  assert.deepEqual(
    ["0.29 %", "1.15 %", "99.99 %", "100.00 %"].map((text) => share.parse(text)),
    [29, 115, 9999, 10_000],
  );
});

test("a command that names no time may take 10 minutes", () => {
  assert.equal(commandFields.timeout.parse(undefined), 10 * MINUTE);
});
