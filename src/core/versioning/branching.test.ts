import assert from "node:assert/strict";
import { test } from "node:test";
import { branchIn, missingReleases, placeRefusal } from "./branching.ts";
import { idOf, lineOf } from "./given.fake.ts";
import { planVersion } from "./plan.ts";
import { standing } from "./reverts.ts";
import { versioningShape } from "./shape.ts";
import { tagged } from "./version.ts";

const { branches } = versioningShape.parse({
  branches: {
    main: {},
    "release/{version}": { only: ["fix", "docs"], leaves: "develop" },
    "hotfix/*": { from: "release", leaves: "main" },
    "{version}.x": {},
  },
});
const TYPES = { patch: { bumps: ["patch"] }, any: { bumps: ["minor", "major"] } } as const;
const found = (name: string | null) => {
  const branch = branchIn(branches, name);
  assert.ok(branch.ok && branch.value !== null, name ?? "");
  return branch.value;
};
const plan = (name: string, message: string, ...tags: string[]) =>
  planVersion({
    tags: tags.map((tag) => ({ name: tag, commit: idOf(-1) })),
    commits: lineOf(message),
    versioning: {},
    types: TYPES,
    branch: found(name),
  });
const version = (...of: Parameters<typeof plan>) => {
  const planned = plan(...of);
  return planned.ok ? planned.value.version : planned.error.code;
};

test("a branch is known by its pattern; another and none are refused with the way out", () => {
  assert.equal(found("release/1.4").version, "1.4");
  assert.equal(found("release/v1.4.2").version, "1.4.2");
  assert.equal(found("1.2.x").version, "1.2");
  assert.equal(found("hotfix/incident-7").version, null);
  for (const [name, code] of [
    ["feature/x", "wrong-branch"],
    [null, "detached-head"],
    ["mainly", "wrong-branch"],
  ] as const) {
    const refused = branchIn(branches, name);
    assert.ok(!refused.ok);
    assert.equal(refused.error.code, code);
    assert.notEqual(refused.error.remedy, "");
  }
  const free = branchIn({}, null);
  assert.ok(free.ok && free.value === null);
});

test("git-flow: release/x.y freezes its version, then takes fixes upon it, and nothing beyond", () => {
  assert.equal(version("release/1.4", "fix: x", "v1.3.2"), "1.4.0");
  assert.equal(version("release/1.4", "feat: x", "v1.3.2"), "1.4.0");
  assert.equal(version("release/1.4", "fix: x", "v1.4.0"), "1.4.1");
  assert.equal(version("release/1.4", "feat: x", "v1.4.0"), "out-of-range");
  assert.equal(version("release/1.4.2", "fix: x", "v1.4.2"), "out-of-range");
  const planned = plan("release/1.4", "fix: x", "v1.3.2");
  assert.match(
    planned.ok ? (planned.value.reasons[0]?.because ?? "") : "",
    /release\/1\.4 freezes 1\.4\.0/,
  );
});

test("a maintenance branch keeps to its range, and names the commits that would leave it", () => {
  assert.equal(version("1.x", "feat: x", "v1.2.0"), "1.3.0");
  assert.equal(version("1.2.x", "fix: x", "v1.2.0"), "1.2.1");
  const refused = plan("1.x", "feat!: x", "v1.2.0");
  assert.ok(!refused.ok);
  assert.equal(refused.error.code, "out-of-range");
  assert.deepEqual(
    refused.error.contest.map(({ subject }) => subject),
    ["feat!: x"],
  );
});

test("after the code freeze only the types that the rules name may follow", () => {
  const since = standing(lineOf("fix: a", "feat: b"));
  const place = { since, fork: idOf(9), previous: null };
  const refused = placeRefusal(found("release/1.4"), place);
  assert.ok(!refused.ok);
  assert.equal(refused.error.code, "after-freeze");
  assert.match(refused.error.sentence, /1 change came .* "feat: b"/);
  assert.ok(placeRefusal(found("release/1.4"), { ...place, since: standing(lineOf("fix: a")) }).ok);
});

test("a hotfix begins at the tag of the last release", () => {
  const [previous = null] = tagged([{ name: "v1.0.0", commit: idOf(3) }], "v{version}");
  const at = (fork: string | null) =>
    placeRefusal(found("hotfix/x"), { since: [], fork, previous });
  assert.ok(at(idOf(3)).ok);
  const refused = at(idOf(4));
  assert.ok(!refused.ok);
  assert.equal(refused.error.code, "not-from-release");
  assert.match(refused.error.remedy, /git switch --create hotfix\/x v1\.0\.0/);
});

test("a version released on another branch, between the last and the planned, is missed; older lines are not", () => {
  const line = (...names: string[]) =>
    tagged(
      names.map((name) => ({ name, commit: name })),
      "v{version}",
    );
  const known = line("v1.3.0", "v1.2.0");
  const all = line("v1.3.0", "v1.2.0", "v1.3.1", "v1.2.1", "v2.0.0", "v1.4.0-rc.1");
  const [previous = null] = known;
  const missing = missingReleases({ all, known }, { previous, version: "1.4.0" });
  assert.deepEqual(
    missing.map(({ tag }) => tag),
    ["v1.3.1"],
  );
});
