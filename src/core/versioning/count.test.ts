import assert from "node:assert/strict";
import { test } from "node:test";
import { countVersion } from "./count.ts";
import { lineOf, type Said } from "./given.fake.ts";
import { sayWarning } from "./near.ts";
import type { VersionRules } from "./rules.ts";
import type { Tagged } from "./version.ts";

const tag = (version: string, means: Tagged["means"] = "release"): Tagged => ({
  tag: `v${version}`,
  version,
  commit: "0".repeat(40),
  means,
});
const count = (
  messages: readonly string[],
  { after = "1.2.3", ...rules }: Partial<VersionRules> & { after?: string } = {},
) =>
  countVersion({ previous: tag(after), known: [tag(after)], commits: lineOf(...messages) }, rules);
const version = (...of: Parameters<typeof count>) => count(...of).version;

test("the type table is data: any type to any bump, a scope before its type", () => {
  const bumps = { feat: "patch", docs: "minor", "docs(api)": "major", build: "none" } as const;
  assert.equal(version(["feat: x"], { bumps }), "1.2.4");
  assert.equal(version(["docs: x"], { bumps }), "1.3.0");
  assert.equal(version(["docs(api): x"], { bumps }), "2.0.0");
  assert.equal(count(["build: x"], { bumps }).bump, "none");
  assert.equal(count(["toString: x"], { bumps }).bump, "none");
});

test("the floor is the least that a range with any commit comes to, and says so", () => {
  const counted = count(["chore: x"], { floor: "patch" });
  assert.equal(counted.version, "1.2.4");
  assert.match(counted.reasons[0]?.because ?? "", /every release carry a patch bump/);
  assert.equal(count([], { floor: "patch" }).bump, "none");
  const range = { previous: tag("1.2.3"), known: [], commits: [], released: true };
  assert.equal(countVersion(range, { floor: "patch" }).version, "1.2.4");
});

test("before 1.0.0 the rules say what counts: the same, breaking as minor, or all one lower", () => {
  const at = (message: string, initial: "same" | "minor" | "shift") =>
    version([message], { after: "0.4.1", initial });
  assert.deepEqual(
    (["same", "minor", "shift"] as const).map((initial) => [
      at("feat!: x", initial),
      at("feat: x", initial),
      at("fix: x", initial),
    ]),
    [
      ["1.0.0", "0.5.0", "0.4.2"],
      ["0.5.0", "0.5.0", "0.4.2"],
      ["0.5.0", "0.4.2", "0.4.2"],
    ],
  );
  assert.equal(version(["feat: x"], { initial: "shift" }), "1.3.0");
});

test("`!` marks nothing where the rules say so, BREAKING CHANGE always does", () => {
  assert.equal(version(["feat!: x"], { exclamation: false }), "1.3.0");
  assert.equal(version(["feat!: x\n\nBREAKING CHANGE: y"], { exclamation: false }), "2.0.0");
  assert.equal(version(["fix: x\n\nBREAKING CHANGE: y"], { exclamation: false }), "2.0.0");
});

test("a revert in the range cancels, a revert of what was released is a patch, or both count", () => {
  const revert = 'Revert "feat: b"';
  assert.equal(count(["feat: b", revert]).bump, "none");
  assert.equal(version(["fix: a", "feat: b", revert]), "1.2.4");
  assert.equal(version([revert]), "1.2.4");
  assert.equal(version(["feat: b", revert], { reverts: "count" }), "1.3.0");
  const again = ["feat: b", revert, `Revert "Revert \\"feat: b\\""`];
  assert.equal(version(["feat: b", revert, 'Reapply "feat: b"']), "1.3.0");
  assert.equal(again.length, 3);
});

test("the bullets of a squash merge count where its header names no type, or every time, or never", () => {
  const plain = "Shopping cart (#7)\n\n* feat: vouchers\n\n  more\n\n* fix: round prices";
  assert.equal(version([plain]), "1.3.0");
  assert.equal(count([plain]).changes.length, 2);
  assert.equal(count([plain], { squash: "never" }).bump, "none");
  const typed = "fix: cart (#7)\n\n* feat: vouchers\n* wip";
  assert.equal(version([typed]), "1.2.4");
  assert.equal(version([typed], { squash: "every" }), "1.3.0");
  assert.equal(version(["Cart (#7)\n\n* feat!: vouchers"]), "2.0.0");
  assert.equal(version(["Cart (#7)\n\nBREAKING CHANGE: gone\n\n* fix: a"]), "2.0.0");
});

test("Release-As sets the version, the newest one first, and only forwards", () => {
  const as = (wanted: string) => `chore: release\n\nRelease-As: ${wanted}`;
  assert.equal(version(["feat: x", as("3.0.0")]), "3.0.0");
  assert.equal(version([as("3.0.0"), as("2.5.0")]), "2.5.0");
  assert.equal(version(["feat: x", as("3.0.0")], { overrides: false }), "1.3.0");
  const back = count(["feat: x", as("1.0.0")]);
  assert.equal(back.version, "1.3.0");
  assert.match(back.warnings.map(sayWarning).join(), /does not come after 1\.2\.3/);
  assert.match(
    count(["feat: x", as("next")])
      .warnings.map(sayWarning)
      .join(),
    /is no version/,
  );
});

test("what nearly counted is told with its commit and place", () => {
  const warned = (message: string) => count([message]).warnings.map(sayWarning).join("\n");
  assert.match(
    warned("fix: x\n\nthis is a breaking change"),
    /line 3, column 11: A breaking change/,
  );
  assert.match(warned(" feat: x"), /line 1, column 1: A blank stands before the type/);
  assert.match(warned("feature: x"), /know no type feature/);
  assert.match(warned("feat:x"), /line 1, column 6: A space must follow/);
  assert.match(warned("fix: x (#1)\n\n* feat: more"), /bullet "feat: more" asks for nothing/);
  assert.equal(warned("docs: x"), "");
});

test("a commit that came over two branches is one change", () => {
  const copy = { message: "fix: a\n", authoredAt: 5000 };
  const picked = {
    message: `fix: a\n\n(cherry picked from commit ${"a".repeat(40)})\n`,
    authoredAt: 5000,
  };
  const range = { previous: tag("1.2.3"), known: [] };
  const changes = (...commits: Said[]) =>
    countVersion({ ...range, commits: lineOf(...commits) }, {}).changes.length;
  assert.equal(changes(copy, picked), 1);
  assert.equal(changes(copy, { ...picked, authoredAt: 6000 }), 2);
  assert.equal(changes(copy, { ...picked, author: "other@example.test" }), 2);
});

test("v1.2.2-hotfix.1 comes after v1.2.2, which is said aloud, and 1.2.3 after both", () => {
  const hotfix = tag("1.2.2-hotfix.1", "hotfix");
  const counted = countVersion(
    { previous: hotfix, known: [hotfix], commits: lineOf("fix: x") },
    {},
  );
  assert.equal(counted.version, "1.2.3");
  assert.match(counted.warnings.map(sayWarning).join(), /SemVer itself would sort it before/);
});

test("a candidate that is promoted is the same version", () => {
  const candidate = { ...tag("1.3.0", "candidate"), tag: "rc-v1.3.0" };
  const known = [candidate, tag("1.2.3")];
  const commits = lineOf("feat: x", "fix: y");
  const counted = countVersion({ previous: tag("1.2.3"), known, commits }, {});
  assert.equal(counted.version, "1.3.0");
  assert.match(counted.reasons.at(-1)?.because ?? "", /rc-v1\.3\.0 has announced 1\.3\.0/);
  const more = countVersion({ previous: tag("1.2.3"), known, commits: lineOf("feat!: z") }, {});
  assert.equal(more.version, "2.0.0");
});
