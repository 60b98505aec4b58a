import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { inForce } from "./in-force.ts";

const found = (change: (text: Loose) => void) => inForce(fakePolicy(change));

describe("in-force: whoever holds releases until the policy is in force says from when it is, and has it signed", () => {
  it("finds a gate that nothing can ever let go", () => {
    const [error, ...rest] = found((text) => (text.gates.valid = { "in-force": {} }));
    assert.deepEqual(rest, []);
    assert.equal(error?.severity, "error");
    assert.deepEqual(error?.path, ["gates", "valid"]);
  });

  it("warns of a policy that not all who approve it have signed", () => {
    const signed = { by: "lead@example.test", as: "lead", on: "2026-01-01" };
    const draft = (text: Loose) => {
      text.gates.valid = { "in-force": {} };
      text.document = { effective: "2026-01-01", review: "2027-01-01" };
      text.document.approvers = ["lead", "qa"];
      text.document.signed = [signed];
    };
    const [warning, ...rest] = found(draft);
    assert.deepEqual(rest, []);
    assert.equal(warning?.severity, "warning");
    assert.match(warning?.sentence ?? "", /not signed by qa yet, and `valid` holds every release/);
    assert.deepEqual(
      found((text) => {
        draft(text);
        text.document.signed.push({ by: "qa@example.test", as: "qa", on: "2026-01-02" });
      }),
      [],
    );
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
