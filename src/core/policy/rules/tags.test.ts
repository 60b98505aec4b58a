import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "../policy.fake.ts";
import { tags } from "./tags.ts";

const found = (tag: string, ...others: string[]) =>
  tags(
    fakePolicy((text) => {
      text.versioning = { tag };
      text.phases.checks.steps = others.map((pattern) => ({ tag: { pattern } }));
    }),
  );

describe("tags: every tag is a name that git takes", () => {
  it("takes what git takes", () => {
    for (const tag of ["v{version}", "{version}", "production-v{version}", "app/web@{version}"])
      assert.deepEqual(found(tag), [], tag);
  });

  it("refuses what git refuses", () => {
    const bad = ["v {version}", "v~{version}", "-v{version}", "/v{version}", "v..{version}"];
    const worse = [".v{version}", "v{version}.lock", "v{version}/", "v:{version}", "v{version}."];
    for (const tag of [...bad, ...worse]) {
      assert.equal(found(tag).length, 1, tag);
    }
  });
});

describe("tags: series of tags", () => {
  it("are few enough to be told apart", () => {
    const named = Array.from({ length: 205 }, (_, index) => [
      `s${index}`,
      { tag: `s${index}-{version}`, paths: [`s${index}`] },
    ]);
    const [only, ...rest] = tags(
      fakePolicy((text) => {
        text.versioning = { components: Object.fromEntries(named) };
      }),
    );
    assert.match(only?.sentence ?? "", /206 ways to name a tag/);
    assert.deepEqual(rest, []);
  });
});

describe("tags: no tag can be read as the version of another series", () => {
  it("keeps series apart that begin differently", () => {
    assert.deepEqual(found("production-v{version}", "rc-v{version}", "hotfix-v{version}"), []);
    assert.deepEqual(found("v{version}", "v{version}"), []);
  });

  it("finds a tag that both patterns read, a pre-release among them", () => {
    const [hotfix] = found("v{version}", "v{version}-hotfix");
    assert.match(hotfix?.sentence ?? "", /`v0\.1\.0-hotfix` could be read by/);
    assert.deepEqual(hotfix?.path, ["phases", "checks", "steps", 0, "tag", "pattern"]);
    assert.equal(found("v{version}", "v1{version}").length, 1);
    assert.equal(found("v{version}", "v{version}+hotfix").length, 1);
  });
});

it("one name does not mean a release and a candidate", () => {
  const [wrong, ...rest] = tags(
    fakePolicy((text) => {
      text.versioning = { tag: "v{version}", line: [{ tag: "v{version}", means: "candidate" }] };
    }),
  );
  assert.deepEqual(rest, []);
  assert.deepEqual(wrong?.path, ["versioning", "line", 0, "tag"]);
  assert.match(wrong?.sentence ?? "", /means a release in one place and a candidate here/);
});
