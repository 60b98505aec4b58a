import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Brought, type DatedTag, historyOf, pastReleases } from "./history.ts";

const tag = (name: string, commit: string): DatedTag => ({ name, commit, at: 0 });

/** Which commits each release brought; `now` for what is not released. */
function brought(
  commits: readonly (readonly [id: string, ...parents: string[]])[],
  tags: readonly DatedTag[],
) {
  const found: Brought[] = [];
  const history = historyOf(pastReleases(tags, "v{version}"), (one) => found.push(one));
  for (const [id, ...parents] of commits) history.take({ id, parents, author: "", message: id });
  history.end();
  const names = found.map(({ release }) => release?.version ?? "now");
  assert.equal(new Set(names).size, names.length, "each release is handed out once");
  return Object.fromEntries(
    found.map(({ release, commits: of }) => [
      release?.version ?? "now",
      of.map(({ id }) => id).join(""),
    ]),
  );
}

test("every commit belongs to the first release that contains it", () => {
  const line = [["e", "d"], ["d", "c"], ["c", "b"], ["b", "a"], ["a"]] as const;
  assert.deepEqual(brought(line, [tag("v1.0.0", "b"), tag("v1.1.0", "d")]), {
    now: "e",
    "1.1.0": "dc",
    "1.0.0": "ba",
  });
});

test("a merged branch of an older line is the older release's, although a newer one contains it too", () => {
  const graph = [["m", "t", "h"], ["t", "s"], ["s", "r"], ["h", "r"], ["r"]] as const;
  assert.deepEqual(brought(graph, [tag("v1.0.0", "r"), tag("v1.0.1", "h"), tag("v2.0.0", "m")]), {
    now: "",
    "2.0.0": "mts",
    "1.0.1": "h",
    "1.0.0": "r",
  });
});

test("two releases of one commit, and a release without commits of its own, are all there", () => {
  const line = [["b", "a"], ["a"]] as const;
  assert.deepEqual(brought(line, [tag("v1.0.0", "b"), tag("v1.1.0", "b")]), {
    now: "",
    "1.1.0": "",
    "1.0.0": "ba",
  });
});

test("a tag that the history does not reach is no release of it", () => {
  assert.deepEqual(brought([["a"]], [tag("v1.0.0", "elsewhere")]), { now: "a" });
});

test("a pre-release counts until its version is released", () => {
  const versions = (...names: string[]) =>
    pastReleases(
      names.map((name) => tag(name, name)),
      "v{version}",
    ).map(({ version }) => version);
  assert.deepEqual(versions("v2.0.0-rc.1", "v1.0.0", "v1.0.0-rc.1", "x"), ["1.0.0", "2.0.0-rc.1"]);
});

test("in any history, each commit comes once and goes to the lowest release that reaches it", () => {
  const graph = fc.integer({ min: 1, max: 14 }).chain((size) =>
    fc.tuple(
      fc.array(fc.array(fc.nat({ max: 3 }), { maxLength: 2 }), {
        minLength: size,
        maxLength: size,
      }),
      fc.uniqueArray(fc.tuple(fc.nat({ max: size - 1 }), fc.nat({ max: 5 })), {
        selector: ([, version]) => version,
        maxLength: 5,
      }),
    ),
  );
  fc.assert(
    fc.property(graph, ([steps, tags]) => {
      // Commit n has parents among those after it, and always the next, so that all are reached from the first.
      const last = steps.length - 1;
      const parents = steps.map((back, at) =>
        at === last
          ? []
          : [...new Set([at + 1, ...back.map((step) => Math.min(at + 1 + step, last))])],
      );
      const reach = (from: number): Set<number> =>
        new Set([from, ...(parents[from] ?? []).flatMap((parent) => [...reach(parent)])]);
      const found = brought(
        parents.map((of, at) => [`${at};`, ...of.map((one) => `${one};`)] as const),
        tags.map(([commit, version]) => tag(`v${version}.0.0`, `${commit};`)),
      );
      for (const at of parents.keys()) {
        const lowest = Math.min(
          ...tags.filter(([commit]) => reach(commit).has(at)).map(([, version]) => version),
        );
        const name = lowest === Infinity ? "now" : `${lowest}.0.0`;
        assert.ok(found[name]?.split(";").includes(String(at)), `${at} is not in ${name}`);
      }
      assert.equal(Object.values(found).join("").split(";").length - 1, parents.length);
    }),
    { numRuns: 300 },
  );
});
