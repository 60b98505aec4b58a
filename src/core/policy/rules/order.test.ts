import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { order } from "./order.ts";

const found = (change: (text: Loose) => void) =>
  order(fakePolicy(change)).map(({ path, sentence }) => [path.join("."), sentence]);

describe("order: the phases of a release type", () => {
  it("do not come before what they come after", () => {
    const [after, environment, ...rest] = found((text) => {
      text.types.patch.phases = ["production", "staging"];
    });
    assert.equal(after?.[0], "types.patch.phases.0");
    assert.match(after?.[1] ?? "", /`production` before `staging`/);
    assert.match(environment?.[1] ?? "", /reaches `production` before `staging`/);
    assert.deepEqual(rest, []);
  });

  it("may leave out what they come after, but not the environment before", () => {
    assert.deepEqual(
      found((text) => {
        text.phases.checks.after = ["production"];
        text.types.patch.phases = ["checks"];
      }),
      [],
    );
    const [skipped] = found((text) => (text.types.patch.phases = ["checks", "production"]));
    assert.match(skipped?.[1] ?? "", /without having been in `staging`/);
  });

  it("come once each", () => {
    const [twice] = found((text) => text.types.patch.phases.push("checks"));
    assert.deepEqual(twice, [
      "types.patch.phases.3",
      "release type patch has the phase `checks` twice",
    ]);
  });
});
