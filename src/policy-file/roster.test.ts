import assert from "node:assert/strict";
import { test } from "node:test";
import { POLICY_TEXT } from "./policy-text.fake.ts";
import { readPolicy } from "./read.ts";

const TEXT = `roster: people/all.yaml\n${POLICY_TEXT}`;
const GOOD =
  "roles:\n  on-call: [Oncall@example.test]\n  rm:\n    people: [rm@example.test]\n    deputies: [lead@example.test]\n";
const read = (roster: string | null, text = TEXT) => {
  const asked: string[] = [];
  const result = readPolicy("shop/holdpoint.yaml", text, (path) => {
    asked.push(path);
    return roster;
  });
  return { asked, result };
};
const told = (roster: string | null, text = TEXT) => {
  const { result } = read(roster, text);
  return result.ok
    ? []
    : result.error.map(
        ({ file, line, column, sentence }) => `${file}:${line}:${column} ${sentence}`,
      );
};

test("the roles of a roster stand beside the policy's own, from a file below the policy's folder", () => {
  const { asked, result } = read(GOOD);
  assert.ok(result.ok);
  assert.deepEqual(asked, ["shop/people/all.yaml"]);
  assert.deepEqual(result.value.policy.roles["on-call"], ["oncall@example.test"]);
  assert.deepEqual(result.value.policy.staff["rm"]?.deputies, ["lead@example.test"]);
});

test("what is wrong in a roster is told at its own line", () => {
  const [first = ""] = told("roles:\n  on-call:\n    - nobody\n");
  assert.match(first, /^shop\/people\/all\.yaml:[23]:\d+ the roster says roles/);
  assert.match(told("roles: {on-call: [a@example.test]}\nmore: 1\n").join(), /all\.yaml:/);
  assert.match(told("roles: [").join(), /all\.yaml:1/);
});

test("a roster that is missing, outside the folder, too large or repeats a role is an error at the policy's line", () => {
  assert.match(told(null).join(), /holdpoint\.yaml:1:9 there is no roster/);
  for (const path of ["../people.yaml", "/etc/passwd", "a/../../b.yaml"]) {
    const { asked, result } = read(GOOD, TEXT.replace("people/all.yaml", path));
    assert.deepEqual(asked, []);
    assert.ok(!result.ok && /below it/.test(result.error[0]?.sentence ?? ""));
  }
  assert.match(told(`# ${"x".repeat(300_000)}\n${GOOD}`).join(), /more than 262144 bytes/);
  assert.match(
    told("roles:\n  lead: [a@example.test]\n").join(),
    /the role lead stands in the roster, too/,
  );
});
