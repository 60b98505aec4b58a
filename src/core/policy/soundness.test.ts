import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "./policy.fake.ts";
import { RULES } from "./rules/table.ts";
import { soundness } from "./soundness.ts";

describe("soundness", () => {
  it("finds nothing in a sound policy", () => {
    assert.deepEqual(soundness(fakePolicy()), []);
  });

  it("names the rule of each finding, and finds what several rules find", () => {
    const policy = fakePolicy((text) => {
      text.zone = "Mars/Olympus";
      text.messages.shipped.title = "{{versoin}}";
    });
    assert.deepEqual(
      soundness(policy).map(({ rule, severity }) => [rule, severity]),
      [
        ["placeholders", "error"],
        ["zones", "error"],
      ],
    );
  });

  it("is total: no rule stumbles over a policy in which no name leads anywhere", () => {
    const policy = fakePolicy((text) => {
      for (const part of ["gates", "services", "objectives", "channels", "messages", "calendar"])
        delete text[part];
      text.environments = { production: { after: "nowhere", services: ["none"], local: {} } };
      text.types.patch.phases = ["nothing", "production", "nothing"];
    });
    for (const rule of Object.keys(RULES)) {
      const own = soundness(policy).filter((found) => found.rule === rule);
      assert.ok(own.every(({ sentence, path }) => sentence !== "" && path.length > 0));
    }
    assert.ok(soundness(policy).some(({ rule }) => rule === "references"));
  });
});
