import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { REPORTS } from "../../evidence/table.ts";
import { fakePolicy } from "../policy.fake.ts";
import { figures } from "./figures.ts";

const found = (require: object, format?: string) =>
  figures(
    fakePolicy((text) => {
      text.gates.tests.check.require = require;
      if (format !== undefined) text.gates.tests.check.report = { format, file: "report" };
    }),
  );

describe("figures: a check requires only figures that its report tells", () => {
  it("finds a figure that was misspelt, and proposes the one that was meant", () => {
    const [error, ...rest] = found({ failurs: { most: 0 }, tests: { least: 1 } }, "junit");
    assert.deepEqual(rest, []);
    assert.equal(error?.severity, "error");
    assert.deepEqual(error?.path, ["gates", "tests", "check", "require", "failurs"]);
    assert.equal(error?.sentence, "no junit report tells `failurs`, so `tests` can never pass");
    assert.equal(error?.remedy, "Did you mean `failures`?");
  });

  it("finds a figure of another format, and says which there are", () => {
    const [error] = found({ critical: { most: 0 } }, "lcov");
    assert.equal(error?.remedy, "It tells lines, branches, functions");
  });

  it("finds a figure where there is no report at all", () => {
    const [error] = found({ tests: { least: 1 } });
    assert.match(error?.sentence ?? "", /leaves no report, so it can never pass$/);
    assert.equal(error?.remedy, "Say which `report` the command leaves");
  });

  it("finds nothing in what each format tells, nor in an exit code", () => {
    for (const [format, { figures: told }] of Object.entries(REPORTS))
      assert.deepEqual(
        found(Object.fromEntries(told.map((one) => [one, { most: 1 }])), format),
        [],
      );
    assert.deepEqual(found({ exit: { most: 0 } }), []);
  });
});
