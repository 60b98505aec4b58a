import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { firstLook } from "./first-look.ts";

const found = (every: string, change: (text: Loose) => void = () => {}) =>
  firstLook(
    fakePolicy((text) => {
      text.guard = { look: [{ every, for: "1 h" }, { every: "1 min" }] };
      change(text);
    }),
  );
const steps =
  (...all: object[]) =>
  (text: Loose) =>
    (text.phases.production.steps = all);

describe("first-look: the traffic is looked at before a step that waits for the judge gives up", () => {
  it("finds looks that come after the patience of the first weight", () => {
    const [error, ...rest] = found("2 d");
    assert.deepEqual(rest, []);
    assert.equal(error?.severity, "error");
    assert.deepEqual(error?.path, ["guard", "look", 0, "every"]);
    assert.match(error?.sentence ?? "", /`shift` in `production` waits for the judge until 32 min/);
  });

  it("counts the soak, the patience and each further attempt", () => {
    const shift = (more: object = {}) =>
      steps({ shift: { weights: ["100 %"], soak: "5 min", patience: "1 min" }, ...more });
    assert.equal(found("7 min", shift()).length, 1);
    assert.deepEqual(found("6 min", shift()), []);
    assert.deepEqual(found("7 min", shift({ retries: 1 })), []);
  });

  it("takes the watch where no weight soaks", () => {
    const watched = steps(
      { shift: { weights: ["100 %"], soak: "0 s" } },
      { watch: { for: "1 h", patience: "1 h" } },
    );
    assert.match(found("3 h", watched)[0]?.sentence ?? "", /`watch` in `production`/);
    assert.deepEqual(found("2 h", watched), []);
  });

  it("finds nothing where nothing waits, or only after people have had their time", () => {
    assert.deepEqual(found("2 d", steps({ shift: { weights: ["100 %"], soak: "0 s" } })), []);
    assert.deepEqual(
      found("2 d", (text) => {
        steps({ shift: { weights: ["100 %"], soak: "0 s" } })(text);
        text.phases.after = { environment: "production", steps: [{ watch: { for: "1 h" } }] };
        text.types.patch.phases.push("after");
      }),
      [],
    );
  });
});
