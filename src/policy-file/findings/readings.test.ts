import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { endsIt, readingsIn } from "./readings.ts";

const TEXT = `a: 1
# The one says A, the other B. Read
# here as: A, because
# it comes first.
# Finding: targets at targets.hotfix
# Finding: due
b: 2 # AA-01
  # Read here as: nothing.
c: 3 # Finding: tags
`;

describe("readingsIn", () => {
  const [first, second, ...rest] = readingsIn(TEXT);

  it("takes the words after the mark, over lines, with the line of the comment", () => {
    assert.equal(first?.reading, "A, because it comes first.");
    assert.equal(first?.line, 2);
    assert.deepEqual(rest, []);
  });

  it("names the findings that it ends; a reading may end none", () => {
    assert.deepEqual(first?.ends, [
      { rule: "targets", at: "targets.hotfix" },
      { rule: "due", at: "" },
    ]);
    assert.deepEqual(second, { reading: "nothing.", line: 8, ends: [] });
  });

  it("ends a finding of its rule at its place, or anywhere where it names none", () => {
    assert.ok(first !== undefined);
    assert.ok(endsIt(first, { rule: "targets", where: "targets.hotfix.within" }));
    assert.ok(endsIt(first, { rule: "due", where: "phases.staging.due" }));
    assert.ok(!endsIt(first, { rule: "targets", where: "targets.hotfixes" }));
    assert.ok(!endsIt(first, { rule: "tags", where: "targets.hotfix" }));
  });
});
