import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { tagStatement } from "./tag-statement.ts";

const found = (change: (text: Loose) => void) => tagStatement(fakePolicy(change));

const tags = (stated: string, pattern?: string) =>
  found((text) => {
    text.types.patch.tag = stated;
    text.phases.production.steps.push({ tag: pattern === undefined ? {} : { pattern } });
  });

test("tags are named as it is said of the type", () => {
  assert.deepEqual(tags("v{version}"), []);
  assert.deepEqual(tags("hotfix-v{version}", "hotfix-v{version}"), []);
  const [other] = tags("hotfix-v{version}");
  assert.deepEqual(other?.path, ["types", "patch", "tag"]);
  assert.match(other?.counterexample ?? "", /tagged `v1.2.3`, and who looks for `hotfix-v1.2.3`/);
});

test("a suffix of the version is still of the same series", () => {
  assert.deepEqual(tags("v{version}-hotfix.1"), []);
});
