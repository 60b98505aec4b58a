import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { joins } from "./joins.ts";
import { main } from "./main.ts";
import { fakeWorld } from "./world.fake.ts";

const SOUND = `holdpoint: 1
system: Shop
roles: { lead: [lead@example.test, deputy@example.test, third@example.test] }
services: { web: { start: [node, web.ts] } }
environments: { production: { local: {} } }
gates: { agreed: { signoff: { roles: { lead: 1 } } } }
phases:
  production: { environment: production, gates: [agreed], steps: [{ deploy: {} }, { promote: {} }] }
types: { patch: { bumps: [patch], phases: [production] } }
rollback: { target: 5 min }
`;
const WARNED = SOUND.replace("gates: {", "gates: { never-asked: { debt: {} },");
const WRONG = SOUND.replace("gates: [agreed]", "gates: [nothing]");

async function check(text: string, words: string) {
  const { world, folder, remove } = fakeWorld();
  test.after(remove);
  writeFileSync(join(folder, "p.yaml"), text);
  const out: string[] = [];
  const terminal = { ...world.terminal, out: (line: string) => void out.push(line) };
  const real = { ...world, terminal, joins: { ...world.joins, check: joins.check } };
  const exit = await main(["check", "p.yaml", ...words.split(" ").filter((word) => word)], real);
  return { exit, out: out.join("") };
}

test("`holdpoint check` ends by severity: 0 sound or warned, 1 warned and --strict, 2 wrong", async () => {
  assert.equal((await check(SOUND, "--strict")).exit, 0);
  assert.equal((await check(WARNED, "")).exit, 0);
  assert.match((await check(WARNED, "")).out, /warning/);
  assert.equal((await check(WARNED, "--strict")).exit, 1);
  assert.equal((await check(WRONG, "")).exit, 2);
  assert.equal((await check(WRONG, "--strict")).exit, 2);
});

test("`holdpoint check --sarif` prints the findings as a SARIF log, with paths below the folder", async () => {
  const { exit, out } = await check(WRONG, "--sarif");
  assert.equal(exit, 2);
  const { version, runs } = JSON.parse(out);
  assert.equal(version, "2.1.0");
  const found = runs[0].results.find(({ level }: { level: string }) => level === "error");
  assert.equal(found.ruleId, "references");
  const { artifactLocation, region } = found.locations[0].physicalLocation;
  assert.deepEqual([artifactLocation.uri, region.startLine], ["p.yaml", 8]);
  assert.deepEqual(JSON.parse((await check(SOUND, "--sarif")).out).runs[0].results, []);
});
