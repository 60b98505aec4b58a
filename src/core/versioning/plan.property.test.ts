// What holds of every plan of components, whatever they use, are linked with, were released as and had withdrawn.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { idOf, lineOf, rulesWith } from "./given.fake.ts";
import { type LinePlan, planVersion, type VersionPlan } from "./plan.ts";
import { compareVersions } from "./version.ts";

const NAMES = ["core", "api", "web", "cli"] as const;
const small = fc.nat({ max: 2 });
const version = fc.tuple(small, small, small).map((parts) => parts.join("."));
const component = fc.record({
  uses: fc.subarray([...NAMES]),
  linked: fc.constantFrom(undefined, "one", "two"),
  released: fc.option(version),
});
const commit = fc.record({
  type: fc.constantFrom("feat", "fix", "docs", "feat!"),
  touches: fc.subarray(["readme.md", ...NAMES.map((name) => `${name}/a`)], { minLength: 1 }),
});
const given = fc.record({
  parts: fc.tuple(component, component, component, component),
  whole: version,
  linked: fc.constantFrom(undefined, "one"),
  commits: fc.array(commit, { maxLength: 4 }),
  withdrawn: fc.array(fc.tuple(fc.constantFrom("", ...NAMES.map((name) => `${name}-`)), version), {
    maxLength: 12,
  }),
});
type Given = typeof given extends fc.Arbitrary<infer Value> ? Value : never;

function planOf({ parts, whole, linked, commits, withdrawn }: Given) {
  const components = Object.fromEntries(
    NAMES.map((name, at) => {
      const { uses = [], linked: group } = parts[at] ?? {};
      return [name, { tag: `${name}-v{version}`, paths: [name], uses, linked: group }];
    }),
  );
  const tags = NAMES.flatMap((name, at) => {
    const released = parts[at]?.released ?? null;
    return released === null ? [] : [`${name}-v${released}`];
  });
  const said = commits.map(({ type, touches }, at) => ({
    message: `${type}: change ${at}`,
    files: touches,
  }));
  const planned = planVersion({
    tags: [`v${whole}`, ...tags].map((name) => ({ name, commit: idOf(0) })),
    commits: lineOf("chore: begin", ...said),
    versioning: rulesWith({ components, linked }),
    types: { any: { bumps: ["patch", "minor", "major"] } },
    withdrawn: withdrawn.map(([name, number]) => `${name}v${number}`),
  });
  return {
    planned,
    components,
    taken: new Set(withdrawn.map(([name, number]) => `${name}v${number}`)),
  };
}

/** Every line, by its name; the whole has none. */
function linesOf(plan: VersionPlan): ReadonlyMap<string, LinePlan> {
  const parts = plan.components.map((one): [string, LinePlan] => [one.component, one]);
  return new Map<string, LinePlan>([["", plan], ...parts]);
}

/** Whether a commit asks for a bump, or is the first that there is of a component. */
function isAsked({ commits, parts }: Given): boolean {
  const fresh = NAMES.filter((_, at) => parts[at]?.released === null);
  return commits.some(
    ({ type, touches }) => type !== "docs" || fresh.some((name) => touches.includes(`${name}/a`)),
  );
}

test("a release is planned exactly where a commit asks for one; every line that rises gets a new number after its last", () => {
  fc.assert(
    fc.property(given, (all) => {
      const { planned, taken } = planOf(all);
      assert.equal(planned.ok, isAsked(all), planned.ok ? "" : planned.error.sentence);
      if (!planned.ok) return;
      assert.notEqual(planned.value.bump, "none");
      for (const { previous, bump, version: next, tag } of linesOf(planned.value).values()) {
        if (bump === "none") assert.equal(next, previous?.version ?? "0.1.0");
        else assert.ok(previous === null || compareVersions(next, previous.version) > 0, tag);
        assert.ok(bump === "none" || !taken.has(tag), `${tag} was withdrawn`);
      }
    }),
  );
});

test("what uses a line that rises, rises with it; the whole with any", () => {
  fc.assert(
    fc.property(given, (all) => {
      const { planned, components } = planOf(all);
      if (!planned.ok) return;
      const lines = linesOf(planned.value);
      for (const [name, { uses }] of Object.entries(components)) {
        const used = uses.some((other) => lines.get(other)?.bump !== "none");
        assert.ok(!used || lines.get(name)?.bump !== "none", `${name} stays`);
      }
    }),
  );
});

test("linked lines that rise have one number, and none that stays is behind it", () => {
  fc.assert(
    fc.property(given, (all) => {
      const { planned, components } = planOf(all);
      if (!planned.ok) return;
      const lines = linesOf(planned.value);
      const groups = Map.groupBy(
        [
          ["", all.linked] as const,
          ...NAMES.map((name) => [name, components[name]?.linked] as const),
        ],
        ([, group]) => group ?? "",
      );
      groups.delete("");
      for (const members of groups.values())
        inStep(members.flatMap(([name]) => lines.get(name) ?? []));
    }),
  );
});

function inStep(members: readonly LinePlan[]): void {
  const risen = members.filter(({ bump }) => bump !== "none");
  const [first] = risen;
  if (first === undefined) return;
  for (const one of risen) assert.equal(one.version, first.version);
  for (const one of members) assert.ok(compareVersions(one.version, first.version) >= 0, one.tag);
}
