import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "../policy.fake.ts";
import { published } from "./published.ts";

const forge = { github: { repository: "example/shop", token: { env: "GITHUB_TOKEN" } } };
const found = (steps: object[], more: object = { forge }) =>
  published(
    fakePolicy((text) => {
      Object.assign(text, more);
      text.phases.checks.steps = steps;
    }),
  ).map(({ sentence }) => sentence);
const pushed = { tag: { push: "origin" } };

describe("published: what is published was tagged and pushed before, on a forge that there is", () => {
  it("finds a publish without a forge", () => {
    assert.match(found([pushed, { publish: {} }], {})[0] ?? "", /has nowhere to go/);
  });

  it("finds a publish whose tag is not pushed before it", () => {
    for (const before of [
      [],
      [{ tag: {} }],
      [{ tag: { pattern: "rc-v{version}", push: "origin" } }],
    ])
      assert.match(found([...before, { publish: {} }])[0] ?? "", /not pushed before/);
    assert.match(found([{ publish: {} }, pushed])[0] ?? "", /not pushed before/);
    assert.deepEqual(found([pushed, { publish: {} }]), []);
  });

  it("finds a tag on what nothing has written", () => {
    const tag = { tag: { of: "written" } };
    assert.match(found([tag, { write: { branch: "main" } }])[0] ?? "", /nothing has written/);
    assert.deepEqual(found([{ write: { branch: "main" } }, tag]), []);
  });
});
