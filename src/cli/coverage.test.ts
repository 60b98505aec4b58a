import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { POLICY_TEXT } from "#policy-file/policy-text.fake.ts";
import { EXIT } from "./exit-codes.ts";
import { type FakeWorld, fakeWorld } from "./world.fake.ts";

const ROWS =
  "| XY-01 | a checked commit | said | `gates.lint` |\n| XY-02 | wings | not yet | no |\n";

const SLO = `apiVersion: openslo/v1
kind: SLO
metadata: { name: answered, annotations: { holdpoint/measure: success } }
spec:
  service: shop
  indicator:
    metadata: { name: answered }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: Prometheus, spec: { query: 'sum(ok_total)' } } }
        total: { metricSource: { type: Prometheus, spec: { query: 'sum(all_total)' } } }
  timeWindow: [{ duration: 4w, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ displayName: Answered, target: 0.999 }]
`;

function shop(rows = ROWS): FakeWorld {
  const world = fakeWorld();
  const folder = join(world.folder, "policies", "shop");
  mkdirSync(folder, { recursive: true });
  const list = `The document has the clauses XY-01 to XY-02.\n\n${rows}`;
  writeFileSync(join(folder, "COVERAGE.md"), list);
  writeFileSync(join(folder, "holdpoint.yaml"), POLICY_TEXT.replace("lint:", "lint: # XY-01\n   "));
  writeFileSync(join(world.folder, "shop.test.ts"), 'it("XY-01: lint holds it", () => {});\n');
  return world;
}

test("`coverage` prints of each clause its state, its place in the policy and its tests", async () => {
  const world = shop();
  const { exit, out } = await world.run("coverage");
  assert.equal(exit, EXIT.ok);
  assert.match(out, /^Shop: 2 clauses, 1 said, 1 not yet\n/);
  assert.match(out, /^XY-01 +said +gates.lint +shop +a checked commit$/m);
  assert.match(out, /^XY-02 +not yet +- +- +wings$/m);
  const [one] = JSON.parse((await world.run("coverage shop --json")).out);
  assert.equal(one.clauses[0].tests[0].file, "shop.test.ts");
  world.remove();
});

test("a policy with its people in a roster and its objectives in OpenSLO is read with both", async () => {
  const world = shop();
  const folder = join(world.folder, "policies", "shop");
  const roles = "roles:\n  lead: [lead@example.test, deputy@example.test, third@example.test]\n";
  const text = POLICY_TEXT.replace("lint:", "lint: # XY-01\n   ").replace(
    roles,
    "roster: people.yaml\nopenslo: [slo.yaml]\nroles: {}\n",
  );
  writeFileSync(join(folder, "holdpoint.yaml"), text);
  const without = await world.run("coverage shop");
  assert.equal(without.exit, EXIT.failed);
  assert.match(without.out, /holdpoint\.yaml:1:1: the policy cannot be read/);
  writeFileSync(join(folder, "people.yaml"), roles);
  writeFileSync(join(folder, "slo.yaml"), SLO);
  assert.deepEqual((await world.run("coverage shop")).exit, EXIT.ok);
  world.remove();
});

test("`coverage` fails where the list is not true, and says where", async () => {
  const world = shop(ROWS.replace("gates.lint", "gates.wings"));
  const { exit, out } = await world.run("coverage policies/shop");
  assert.equal(exit, EXIT.failed);
  assert.match(out, /^policies\/shop\/COVERAGE\.md:3:3: the policy has no gates\.wings\. /m);
  world.remove();
});

test("`coverage` says how to begin where there is no list, or none of that name", async () => {
  const world = fakeWorld();
  const nothing = await world.run("coverage");
  assert.equal(nothing.exit, EXIT.usage);
  assert.match(nothing.err, /There is no COVERAGE\.md beside the policy/);
  const none = await world.run("coverage shop");
  assert.match(none.err, /There is no COVERAGE\.md in shop or in policies\/shop/);
  world.remove();
});
