import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import semver from "semver";
import { type PlanInput, planVersion } from "./plan.ts";

const BUMPS = {
  feat: "minor",
  fix: "patch",
  perf: "patch",
  hotfix: "patch",
  revert: "patch",
} as const;
const TYPES = {
  patch: { bumps: ["patch"] },
  minor: { bumps: ["minor"] },
  major: { bumps: ["major"] },
} as const;
const id = (at: number) => at.toString(16).padStart(40, "0");

/** Messages oldest first; tags on the commit before them all. */
function input(
  messages: string[],
  tags: string[] = ["v1.0.0"],
  more: Partial<PlanInput> = {},
): PlanInput {
  const commits = messages.map((message, at) => ({
    id: id(at + 1),
    parents: [id(at)],
    author: `dev-${at % 2}@example.test`,
    message,
  }));
  return {
    tags: tags.map((name) => ({ name, commit: id(0) })),
    commits: commits.reverse(),
    versioning: { tag: "v{version}", bumps: BUMPS, first: "0.1.0" },
    types: TYPES,
    ...more,
  };
}
const plan = (...of: Parameters<typeof input>) => {
  const planned = planVersion(input(...of));
  assert.ok(planned.ok, planned.ok ? "" : planned.error.sentence);
  return planned.value;
};
const refusal = (...of: Parameters<typeof input>) => {
  const planned = planVersion(input(...of));
  assert.ok(!planned.ok);
  return planned.error;
};

test("a plan says that it follows a version that was withdrawn, and which numbers it goes past", () => {
  const planned = plan(["fix: a"], ["v1.0.0"], { withdrawn: ["v1.0.0", "v1.0.1"] });
  assert.equal(planned.version, "1.0.2");
  assert.deepEqual(
    planned.reasons.map(({ because }) => because),
    [
      "type fix asks for a patch bump",
      "1.0.1 was withdrawn, and its number is never used again",
      "it follows 1.0.0, which was withdrawn",
    ],
  );
});

test("a plan says version, tag, previous, type, changes and who wrote it", () => {
  const planned = plan(["fix: a", "feat: b\n\nCo-authored-by: Pair <Pair@Example.test>"]);
  const { changes, commits, carried, ...rest } = planned;
  assert.deepEqual(
    [commits, carried].map((all) => all.map((one) => one.id)),
    [
      [id(2), id(1)],
      [id(2), id(1)],
    ],
  );
  assert.deepEqual(
    { ...rest, changes: changes.map(({ message }) => message.header) },
    {
      components: [],
      beside: [],
      warnings: [],
      version: "1.1.0",
      tag: "v1.1.0",
      previous: { tag: "v1.0.0", version: "1.0.0", commit: id(0), means: "release" },
      bump: "minor",
      type: "minor",
      reasons: [
        {
          commit: id(2),
          subject: "feat: b",
          bump: "minor",
          because: "type feat asks for a minor bump",
        },
      ],
      changes: ["feat: b", "fix: a"],
      authors: ["dev-0@example.test", "dev-1@example.test", "pair@example.test"],
    },
  );
});

test("the same history always comes to the version that the rules say, and says by which commit", () => {
  const revert = `Revert "feat: b"\n\nThis reverts commit ${id(2)}.`;
  const table: [string, string[], string, string[], string][] = [
    ["! alone is breaking", ["feat!: x"], "2.0.0", ["v1.0.0"], "feat!: x"],
    ["hyphen footer is breaking", ["fix: x\n\nBREAKING-CHANGE: y"], "2.0.0", ["v1.0.0"], "fix: x"],
    [
      "prose is not breaking",
      ["fix: x\n\nbreaking change for anyone"],
      "1.0.1",
      ["v1.0.0"],
      "fix: x",
    ],
    [
      "a footer counts under any header",
      ["words\n\nBREAKING CHANGE: y"],
      "2.0.0",
      ["v1.0.0"],
      "words",
    ],
    [
      "a revert takes its target away",
      ["fix: a", "feat: b", revert],
      "1.0.1",
      ["v1.0.0"],
      "fix: a",
    ],
    [
      "other paragraphs are body",
      ["feat: x\n\nfix: two\n\nfeat!: three"],
      "1.1.0",
      ["v1.0.0"],
      "feat: x",
    ],
    ["a leading blank does no harm", [" feat: x"], "1.3.0", ["v1.2.2"], "feat: x"],
    ["hotfix is a type of the table", ["hotfix: x"], "1.2.3", ["v1.2.2"], "hotfix: x"],
    [
      "a hotfix tag is below its base",
      ["fix: x"],
      "1.2.3",
      ["v1.2.2", "v1.2.2-hotfix.1"],
      "fix: x",
    ],
    [
      "other tag lines are not ours",
      ["fix: x"],
      "1.2.3",
      ["v1.2.2", "rc-v1.3.0", "production-v9.0.0"],
      "fix: x",
    ],
    ["highest, not last", ["fix: x"], "1.10.1", ["v1.10.0", "v1.9.0"], "fix: x"],
  ];
  for (const [name, messages, version, tags, by] of table) {
    const planned = plan(messages, tags);
    assert.equal(planned.version, version, name);
    assert.ok(
      planned.reasons.some(({ subject }) => subject === by),
      name,
    );
  }
});

test("another tag line of the same repository is planned by its own pattern", () => {
  const versioning = { tag: "production-v{version}", bumps: BUMPS, first: "0.1.0" };
  const planned = plan(["fix: x"], ["production-v1.2.2", "rc-v1.3.0", "v8.0.0"], { versioning });
  assert.equal(planned.tag, "production-v1.2.3");
});

test("before 1.0.0 a breaking change asks for a minor bump, and says so", () => {
  const planned = plan(["feat!: x"], ["v0.4.1"]);
  assert.deepEqual([planned.version, planned.bump], ["0.5.0", "minor"]);
  assert.match(planned.reasons[0]?.because ?? "", /before 1\.0\.0/);
  assert.equal(plan(["feat: x"], ["v0.4.1"]).version, "0.5.0");
  assert.equal(plan(["fix: x"], ["v0.4.1"]).version, "0.4.2");
});

test("1.0.0 is reached by naming a type that carries major bumps only", () => {
  const planned = plan(["fix: x"], ["v0.4.1"], { wantedType: "major" });
  assert.deepEqual([planned.version, planned.bump, planned.type], ["1.0.0", "major", "major"]);
  assert.match(planned.reasons[0]?.because ?? "", /type major carries no lower bump/);
});

test("the first release is the policy's first version and takes everything there is", () => {
  const planned = plan(["begin", "feat: x"], []);
  assert.deepEqual([planned.version, planned.previous, planned.type], ["0.1.0", null, "minor"]);
  assert.equal(plan(["begin"], []).version, "0.1.0");
  const stable = { tag: "v{version}", bumps: BUMPS, first: "1.0.0" };
  assert.equal(plan(["feat: x"], ["other-1.0.0"], { versioning: stable }).version, "1.0.0");
  assert.equal(refusal([], []).code, "nothing-to-release");
});

test("a version announced by a release candidate is taken, with the bump that it is", () => {
  const planned = plan(["fix: x"], ["v1.2.0", "v2.0.0-rc.1"]);
  assert.deepEqual([planned.version, planned.bump, planned.type], ["2.0.0", "major", "major"]);
  assert.match(planned.reasons[0]?.because ?? "", /v2\.0\.0-rc\.1 has announced 2\.0\.0/);
});

test("the type is the one that carries the bump, and the least beside it; several must be told apart by name", () => {
  const types = { standard: { bumps: ["patch", "minor"] }, hotfix: { bumps: ["patch"] } } as const;
  assert.equal(plan(["feat: x"], undefined, { types }).type, "standard");
  assert.equal(plan(["fix: x"], undefined, { types }).type, "hotfix");
  const alike = { ...types, quick: { bumps: ["patch"] } } as const;
  const unclear = refusal(["fix: x"], undefined, { types: alike });
  assert.equal(unclear.code, "type-unclear");
  assert.match(unclear.sentence, /hotfix or quick/);
  assert.equal(plan(["fix: x"], undefined, { types: alike, wantedType: "quick" }).type, "quick");
});

test("a type that is not automatic is chosen by its name alone", () => {
  const types = {
    standard: { bumps: ["patch", "minor"] },
    maintenance: { bumps: ["patch"], automatic: false },
  } as const;
  assert.equal(plan(["fix: x"], undefined, { types }).type, "standard");
  assert.equal(
    plan(["fix: x"], undefined, { types, wantedType: "maintenance" }).type,
    "maintenance",
  );
});

test("a type that needs something named is never chosen by itself", () => {
  const types = {
    standard: { bumps: ["patch", "minor"] },
    hotfix: { bumps: ["patch"], needs: ["incident"] },
  } as const;
  assert.equal(plan(["fix: x"], undefined, { types }).type, "standard");
  const only = { hotfix: types.hotfix };
  assert.equal(refusal(["fix: x"], undefined, { types: only }).code, "type-unclear");
  assert.equal(plan(["fix: x"], undefined, { types: only, wantedType: "hotfix" }).type, "hotfix");
});

test("a bump that no type carries is refused with the commits that ask for it", () => {
  const none = refusal(["fix: a", "feat!: b"], undefined, { types: { patch: TYPES.patch } });
  assert.equal(none.code, "no-type-fits");
  assert.deepEqual(
    none.contest.map(({ commit }) => commit),
    [id(2)],
  );
  assert.match(none.sentence, /major bump, which is asked for by 00000000 "feat!: b"\.$/);
});

test("a wanted type that may not carry the bump is refused with exactly the commits that contest it", () => {
  const contested = refusal(["fix: a", "feat: b", "feat: c", "docs: d"], undefined, {
    wantedType: "patch",
  });
  assert.equal(contested.code, "type-contested");
  assert.deepEqual(
    contested.contest.map(({ subject }) => subject),
    ["feat: c", "feat: b"],
  );
  assert.match(contested.sentence, /Type patch may not carry a minor bump/);
  const many = refusal(
    Array.from({ length: 9 }, (_, at) => `feat: ${at}`),
    undefined,
    { wantedType: "patch" },
  );
  assert.match(many.sentence, /and 4 more\.$/);
});

test("a type that the policy does not have is refused with those it has", () => {
  for (const wantedType of ["huge", "__proto__", "constructor"]) {
    const unknown = refusal(["fix: x"], undefined, { wantedType });
    assert.equal(unknown.code, "unknown-type");
    assert.match(unknown.remedy, /patch, minor, major/);
  }
});

test("without a change that asks for a bump there is no release, whatever type is wanted", () => {
  const idle = refusal(["docs: x", "Tidy up"], ["v1.0.0"], { wantedType: "patch" });
  assert.equal(idle.code, "nothing-to-release");
  assert.match(
    idle.sentence,
    /None of the 2 changes since v1\.0\.0 asks for a bump \(docs, without a type\)/,
  );
  const undone = refusal(["feat: x", `Revert "feat: x"\n\nThis reverts commit ${id(1)}.`]);
  assert.match(undone.sentence, /no change to release since v1\.0\.0/);
  assert.match(refusal([]).sentence, /no change to release/);
});

test("a first version that is none is refused before anything else", () => {
  for (const first of ["one", "1.0", "v1.0.0", ""]) {
    const versioning = { tag: "v{version}", bumps: BUMPS, first };
    assert.equal(refusal(["feat: x"], [], { versioning }).code, "unreadable-version");
  }
});

test("merging writes nothing: whoever only merged is no author", () => {
  const base = input(["feat: x"]);
  const merge = {
    id: id(9),
    parents: [id(1), id(0)],
    author: "merger@example.test",
    message: "Merge branch 'x'",
  };
  const planned = planVersion({ ...base, commits: [merge, ...base.commits] });
  assert.ok(planned.ok);
  assert.deepEqual(planned.value.authors, ["dev-0@example.test"]);
});

test("a plan is above every reachable version, and its bump is one that its type carries", () => {
  const message = fc.constantFrom(
    "feat: a",
    "fix: b",
    "feat!: c",
    "docs: d",
    "words",
    "revert: feat: a",
  );
  const number = fc.nat({ max: 3 });
  const tag = fc
    .tuple(number, number, number, fc.constantFrom("", "-rc.1", "-hotfix.2"))
    .map(([a, b, c, end]) => `v${a}.${b}.${c}${end}`);
  const wanted = fc.option(fc.constantFrom("patch", "minor", "major"), { nil: undefined });
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 6 }),
      fc.array(tag, { maxLength: 5 }),
      wanted,
      (messages, tags, type) => {
        const planned = planVersion(
          input(messages, tags, type === undefined ? {} : { wantedType: type }),
        );
        if (!planned.ok) {
          assert.ok(planned.error.sentence.endsWith(".") && planned.error.remedy.endsWith("."));
          return;
        }
        const { version, bump, type: chosen, reasons } = planned.value;
        for (const name of tags) assert.ok(semver.gt(version, name.slice(1)), `${version} ${name}`);
        assert.ok(TYPES[chosen as keyof typeof TYPES].bumps.some((one) => one === bump));
        assert.ok(reasons.length > 0);
        if (type !== undefined) assert.equal(chosen, type);
      },
    ),
    { numRuns: 1000 },
  );
});

const BETA = {
  ...TYPES,
  beta: { bumps: ["patch", "minor", "major"], candidate: "beta" },
  rc: { bumps: ["patch", "minor", "major"], candidate: "rc" },
} as const;
const NEXT = {
  name: "next",
  version: null,
  rules: { from: "anywhere", candidate: "beta" },
} as const;
/** Tags where they were set: by the number of commits before them. */
const at = (tags: Readonly<Record<string, number>>) =>
  Object.entries(tags).map(([name, count]) => ({ name, commit: id(count) }));

test("candidates are counted for each version, and the version against the last that is out", () => {
  const next = (messages: string[], tags: Record<string, number>, wantedType = "beta") =>
    plan(messages, [], { types: BETA, wantedType, tags: at({ "v1.2.0": 0, ...tags }) }).version;
  assert.equal(next(["fix: a"], {}), "1.2.1-beta.1");
  assert.equal(next(["feat: a"], {}), "1.3.0-beta.1");
  assert.equal(next(["feat: a", "fix: b"], { "v1.3.0-beta.1": 1 }), "1.3.0-beta.2");
  assert.equal(next(["feat: a", "docs: b"], { "v1.3.0-beta.1": 1 }), "1.3.0-beta.2");
  assert.equal(next(["feat: a", "feat!: b"], { "v1.3.0-beta.4": 1 }), "2.0.0-beta.1");
  assert.equal(next(["feat: a"], { "v1.3.0-beta.4": 1 }, "rc"), "1.3.0-rc.1");
  assert.equal(next(["feat: a", "fix: b"], { "v1.3.0-rc.1": 1 }, "minor"), "1.3.0");
});

test("promoted, a candidate is the version that it announced, with a fix after it too", () => {
  const planned = plan(["feat: a", "fix: b"], [], {
    types: BETA,
    tags: at({ "v1.2.0": 0, "v1.3.0-beta.2": 1 }),
  });
  assert.deepEqual([planned.version, planned.type], ["1.3.0", "minor"]);
  assert.equal(planned.previous?.version, "1.2.0");
});

test("candidates come from a branch that says so, or by the name of their type; never by themselves", () => {
  assert.equal(plan(["feat: a"], ["v1.2.0"], { types: BETA }).type, "minor");
  const branched = plan(["feat: a"], ["v1.2.0"], { types: BETA, branch: NEXT });
  assert.deepEqual([branched.version, branched.type], ["1.3.0-beta.1", "beta"]);
  const wrong = refusal(["feat: a"], ["v1.2.0"], {
    types: BETA,
    branch: NEXT,
    wantedType: "minor",
  });
  assert.equal(wrong.code, "wrong-branch");
  const none = refusal(["feat: a"], ["v1.2.0"], { branch: NEXT });
  assert.equal(none.code, "no-type-fits");
  assert.match(none.sentence, /as a candidate "beta"/);
});

test("a candidate is not announced again without a change, nor under a name that sorts before", () => {
  const tags = at({ "v1.2.0": 0, "v1.3.0-beta.2": 1 });
  const again = refusal(["feat: a"], [], { types: BETA, wantedType: "beta", tags });
  assert.match(again.sentence, /no change to release since v1\.3\.0-beta\.2/);
  const rc = at({ "v1.2.0": 0, "v1.3.0-rc.1": 1 });
  const back = refusal(["feat: a", "fix: b"], [], { types: BETA, wantedType: "beta", tags: rc });
  assert.equal(back.code, "version-not-next");
  assert.match(back.sentence, /1\.3\.0-beta\.1 would come before 1\.3\.0-rc\.1/);
});

test("numbers of withdrawn candidates and fixes are never used again, nor may they be set by hand", () => {
  const beta = { types: BETA, wantedType: "beta", withdrawn: ["v1.3.0-beta.1", "v1.3.0-beta.2"] };
  assert.equal(plan(["feat: a"], ["v1.2.0"], beta).version, "1.3.0-beta.3");
  const types = { ...TYPES, hotfix: { bumps: ["patch"], suffix: "hotfix" } } as const;
  const fix = { types, wantedType: "hotfix", withdrawn: ["v1.2.0-hotfix.1"] };
  assert.equal(plan(["fix: a"], ["v1.2.0"], fix).version, "1.2.0-hotfix.2");
  const byHand = refusal(["fix: a"], ["v1.2.0"], {
    wantedVersion: { version: "2.0.0", reason: "new prices" },
    withdrawn: ["v2.0.0"],
  });
  assert.deepEqual(
    [byHand.code, /was withdrawn/.test(byHand.sentence)],
    ["version-not-next", true],
  );
});
