import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { inForce } from "./in-force.ts";

const found = (change: (text: Loose) => void) => inForce(fakePolicy(change));

describe("in-force: whoever holds releases until the policy is in force says from when it is", () => {
  it("finds a gate that nothing can ever let go", () => {
    const [error, ...rest] = found((text) => (text.gates.valid = { "in-force": {} }));
    assert.deepEqual(rest, []);
    assert.equal(error?.severity, "error");
    assert.deepEqual(error?.path, ["gates", "valid"]);
  });

  it("finds nothing where the document has its dates, or nobody waits for them", () => {
    assert.deepEqual(
      found(() => {}),
      [],
    );
    const dated = (text: Loose) => {
      text.gates.valid = { "in-force": {} };
      text.document = { effective: "2026-01-01", review: "2027-01-01" };
    };
    assert.deepEqual(found(dated), []);
  });
});
