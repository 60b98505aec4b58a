import assert from "node:assert/strict";
import { inBothWorlds, json } from "./both-worlds.fixture.ts";
import { EXIT } from "./exit-codes.ts";

const RELEASE = "shop-1.4.0";
const LINK = "https://wiki.example.test/minutes";

inBothWorlds(
  "a waiver is owed until it is discharged with its evidence, and only then",
  async ({ run }) => {
    const nothing = await run("debts");
    assert.equal(nothing.exit, EXIT.ok);
    assert.deepEqual([nothing.out, nothing.err], ["", "Nothing is owed.\n"]);
    await run("release --no-wait");
    await run(`waive ${RELEASE} list --reason "seen by hand"`);
    const owed = await run("debts");
    assert.match(
      owed.out,
      /^owes {6}shop-1\.4\.0 waiver-list: .* \(lead\); open, due 2026-11-19 11:06:40Z$/m,
    );
    assert.match(owed.err, /next: holdpoint discharge shop-1\.4\.0 waiver-list/);

    const settled = await run(`discharge ${RELEASE} waiver-list --link ${LINK}`);
    assert.equal(settled.exit, EXIT.ok);
    assert.match(settled.out, /owes {6}shop-1\.4\.0 waiver-list: .*; settled, https:\/\/wiki/);
    assert.deepEqual(json<{ debts: unknown[] }>(await run("debts --json")).debts, []);
    const log = await run(`log ${RELEASE}`);
    assert.match(log.out, /lead@example\.test settled waiver-list/);
  },
);

inBothWorlds("`discharge` refuses what is no debt, no evidence or no release", async ({ run }) => {
  await run("release --no-wait");
  await run(`waive ${RELEASE} list --reason "seen by hand"`);
  const refused = async (line: string, why: RegExp) => {
    const { exit, err } = await run(`discharge ${line}`);
    assert.notEqual(exit, EXIT.ok, line);
    assert.match(err, why);
  };
  await refused(
    `${RELEASE} owed-9 --link ${LINK}`,
    /has no debt owed-9\. \[no-debt\]\n +It owes waiver-list\./,
  );
  await refused(`${RELEASE} waiver-list`, /link/);
  await refused(`${RELEASE} waiver-list --link "  "`, /link/);
  await refused(`shop-9.9.9 waiver-list --link ${LINK}`, /There is no such release/);
  await refused(RELEASE, /missing required argument 'debt'|argument/);
  const again = `${RELEASE} waiver-list --link ${LINK}`;
  assert.equal((await run(`discharge ${again}`)).exit, EXIT.ok);
  await refused(again, /waiver-list is settled already/);
});
