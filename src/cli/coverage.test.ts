import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { POLICY_TEXT } from "#policy-file/policy-text.fake.ts";
import { EXIT } from "./exit-codes.ts";
import { type FakeWorld, fakeWorld } from "./world.fake.ts";

const ROWS =
  "| XY-01 | a checked commit | said | `gates.lint` |\n| XY-02 | wings | not yet | no |\n";

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
