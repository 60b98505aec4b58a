import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY } from "../../base/time.ts";
import { fakePolicy } from "../../policy/policy.fake.ts";
import { type Policy, policyShape } from "../../policy/policy.ts";
import { randomPolicy } from "../../release/random.fake.ts";
import { chanceFrom } from "../../simulation/chance.ts";
import { explained } from "./explain.ts";

const NOW = Date.UTC(2026, 10, 24, 9);

test("the same policy and day give the same document, and another day another calendar", () => {
  const policy = fakePolicy();
  assert.equal(explained(policy, NOW), explained(policy, NOW + 60_000));
  assert.notEqual(explained(policy, NOW), explained(policy, NOW + DAY));
});

test("a type is told with its windows, its phases and the work in them", () => {
  const told = explained(
    fakePolicy((text) => {
      text.types.patch.cadence = ["tuesday"];
      text.phases.production.opens = "T";
      text.phases.production.longest = "2 h";
      text.types.patch.owes = [{ what: "a review", within: "24 h", role: "lead" }];
      text.types.patch.clocks = { soon: { phase: "production", within: "4 h" } };
    }),
    NOW,
  );
  assert.match(told, /\| \*\*patch\*\* \|.*every Tuesday at 10:00, for 6 h/);
  assert.match(told, /\| T<br>works 2 h at most \| \*\*production\*\* in production \| tuesday \|/);
  assert.match(told, /move 10 %, 100 % of the traffic to it, 2 min each<br>watch it for 10 min/);
  assert.match(told, /soon: production has passed within 4 h of the planning; later is told\./);
  assert.match(told, /\| a review \| 1 d \| lead \| every type that asks \|/);
});

test("a gate stands below every role that has a say in it, and what nobody answers below the machines", () => {
  const told = explained(fakePolicy(), NOW);
  const partOf = (title: string) =>
    told.split(`### Answered by ${title}\n`)[1]?.split("\n##")[0] ?? "";
  assert.match(
    partOf("lead"),
    /\*\*agreed\*\*: 1 lead and 1 qa approve, never who wrote it\. \*\(checks\)\*/,
  );
  assert.match(partOf("qa"), /\*\*agreed\*\*/);
  assert.match(partOf("machines, the calendar and the clock"), /\*\*tests\*\*: npm test succeeds/);
});

test("each component is told with its tag, its paths, what it rises with and what it is written into", () => {
  const told = explained(
    fakePolicy((text) => {
      text.versioning = {
        linked: "platform",
        files: [{ path: "package.json" }],
        components: {
          core: { tag: "core-v{version}", paths: ["packages/core"], linked: "platform" },
          web: {
            ...{ tag: "web@{version}", paths: ["packages/web"], uses: ["core"] },
            changelog: "packages/web/CHANGELOG.md",
          },
        },
      };
    }),
    NOW,
  );
  assert.match(
    told,
    /always has the same version as platform\. It is written into package\.json and/,
  );
  assert.match(told, /\| \*\*core\*\* \| core-v\{version\} \| packages\/core \| {2}\| platform \|/);
  assert.match(told, /\*\*web\*\* \| web@.* \| packages\/web \| core \| {2}\| .*CHANGELOG\.md \|/);
  assert.doesNotMatch(explained(fakePolicy(), NOW), /## Components/);
});

test("the way back is told with its derived bound and the step after which there is none", () => {
  const told = explained(fakePolicy(), NOW);
  assert.match(told, /serves alone and is verified 5 min after the decision/);
  assert.match(told, /The new version does not answer its health probe, 3 looks in a row\./);
  assert.match(
    told,
    /\| \*\*patch\*\* \| [\d a-z]+ \| production, step 3 \(shift\) \|.*\| production, step 5: /,
  );
});

test("an opening that a freeze or another type takes away says so beside its date", () => {
  const told = explained(
    fakePolicy((text) => {
      text.types.patch.cadence = ["tuesday"];
      text.calendar.freezes = {
        quiet: { from: "2026-12-01T00:00", to: "2026-12-02T00:00", reason: "the fair" },
      };
    }),
    NOW,
  );
  assert.match(told, /\| Tue 2026-12-01 10:00 \| .* \| Not for patch: freeze "quiet" \(the fair\)/);
  assert.match(
    told,
    /\| Tue 2026-11-24 10:00 \| Tue 2026-11-24 16:00 \| patch: window tuesday \| {2}\|/,
  );
  assert.doesNotMatch(told, /2027-02-25/);
});

test("a document that is not signed or overdue for review says so", () => {
  const document = { effective: "2026-01-01", review: "2026-06-30", approvers: ["lead"] };
  const told = explained(
    fakePolicy((text) => Object.assign(text, { document })),
    NOW,
  );
  assert.match(told, /\*\*This policy is not signed for lead\.\*\*/);
  assert.match(told, /\*\*This policy was to be reviewed by .*2026-06-30/);
});

test("text of the policy is shown, never obeyed: no markup, no link, no mention, no row of its own", () => {
  const hostile = "# A | B <img src=x> [l](https://x.test) @team `c` **b** {{system}}";
  const told = explained(
    fakePolicy((text) => {
      text.system = hostile;
      text.types.patch.description = hostile;
      text.messages.shipped.title = hostile;
      text.tell = [{ on: "stable", channel: "team", message: "shipped" }];
      text.gates.list = { owner: "lead", checklist: { items: { one: hostile } } };
      text.phases.checks.gates.push("list");
    }),
    NOW,
  );
  assert.doesNotMatch(told, /(?<!\\)<img|@team|(?<!\\)\[l\]|(?<!\\)`c|(?<!\\)\*\*b/);
  const rows = told.split("\n").filter((line) => line.startsWith("| **patch** |"));
  for (const row of rows) assert.equal(row.match(/(?<!\\)\|/g)?.length, 6, row);
});

test("every random policy is told without a crash, with every type, phase, gate and role in it", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const policy: Policy = policyShape.parse(randomPolicy(chanceFrom(seed)));
      const told = explained(policy, NOW);
      const named = [policy.types, policy.phases, policy.gates, policy.roles, policy.environments];
      for (const name of named.flatMap(Object.keys)) assert.ok(told.includes(`**${name}**`), name);
      for (const table of told.split(/\n\n/).filter((block) => block.startsWith("| "))) {
        const widths = table.split("\n").map((row) => row.match(/(?<!\\)\|/g)?.length);
        assert.equal(new Set(widths).size, 1, table);
      }
    }),
    { numRuns: 200, seed: 7 },
  );
});

test("what the public sees is told with its areas, its maintenance and who may tell of incidents", () => {
  const page = {
    title: "Shop status",
    url: "https://status.example.test/",
    areas: { shop: { title: "Online shop", environment: "production" } },
  };
  const of = (more: object) =>
    explained(
      fakePolicy((told) => Object.assign(told, { "status-page": { ...page, ...more } })),
      NOW,
    );
  const told = of({ maintenance: { types: ["patch"], windows: ["tuesday"] } });
  assert.match(told, /at least every 15 min\./);
  assert.match(told, /\| \*\*Online shop\*\* \| production \|/);
  assert.match(told, /up to 14 d before: patch and window tuesday\./);
  assert.match(told, /Nobody may tell of incidents by hand\. Holdpoint tells by itself/);
  const quiet = of({ incidents: { roles: ["lead"], automatic: false }, versions: true });
  assert.match(quiet, /lead may tell of incidents by hand\.\n/);
  assert.match(quiet, /, with its version: /);
  assert.doesNotMatch(explained(fakePolicy(), NOW), /What the public sees/);
});
