import assert from "node:assert/strict";
import { test } from "node:test";
import { changed } from "../policy-text.fake.ts";
import { contradictionsIn, findingsPage } from "./page.ts";

const WRITTEN = changed("types:\n", "flags: { hash: random } # XX-07 chosen at random\ntypes:\n");
const POLICY = `a: 1
# The page says random. Read here as: the same for everyone.
# Finding: flag-hash
b: 2
`;

test("a finding stands with its place, its clauses, its case, its remedy and the reading that ends it", () => {
  const [one] = contradictionsIn({ written: WRITTEN, policy: POLICY }).filter(
    ({ code }) => code === "flag-hash",
  );
  assert.deepEqual(one?.clauses, ["XX-07"]);
  assert.equal(one?.reading?.line, 2);
  const page = findingsPage({ system: "Shop", written: WRITTEN, policy: POLICY });
  const line = WRITTEN.split("\n").findIndex((text) => text.startsWith("flags")) + 1;
  assert.ok(
    page.includes(`[as-written.yaml:${line}:16](as-written.yaml#L${line}), \`flags.hash\`, XX-07`),
  );
  assert.match(page, /- \*\*Such as\*\*: two calls for one user draw two numbers\.\n/);
  assert.match(page, /- \*\*Remedy\*\*: Use a hash without a salt/);
  assert.match(page, /- \*\*Read as\*\*: the same for everyone\. \(\[holdpoint\.yaml:2\]/);
});

test("a finding without a reading has none, and a text that is no policy is refused", () => {
  const [one] = contradictionsIn({ written: WRITTEN, policy: "" });
  assert.equal(one?.reading, null);
  assert.throws(() => contradictionsIn({ written: "{", policy: "" }), /as-written\.yaml: /);
});
