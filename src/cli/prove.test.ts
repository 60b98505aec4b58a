import assert from "node:assert/strict";
import { inBothWorlds } from "./both-worlds.fixture.ts";
import { EXIT } from "./exit-codes.ts";

const RELEASE = "shop-1.4.0";
const LINK = "https://wiki.example.test/drill-7";

inBothWorlds("`prove` adds a record, and the gate that waited for it passes", async ({ run }) => {
  const begun = await run("release --type minor --no-wait");
  assert.match(begun.out, /drill \(evidence\): pending/);
  const old = await run(`prove ${RELEASE} drill --link ${LINK} --when 2026-10-01T09:00Z`);
  assert.equal(old.exit, EXIT.ok);
  assert.match(old.out, /drill \(evidence\): pending; .* is older than 30 d/);
  const young = await run(`prove ${RELEASE} drill --link ${LINK} --when 2026-11-17T10:00+01:00`);
  assert.equal(young.exit, EXIT.ok);
  assert.match(young.out, /▸ production in production: working/);
  const log = await run(`log ${RELEASE}`);
  assert.match(
    log.out,
    /lead@example\.test added a record to rehearsed\/drill, of 2026-11-17 09:00:00Z/,
  );
});

inBothWorlds("`prove` refuses what is no record, no time or not done yet", async ({ run }) => {
  await run("release --no-wait");
  await run("release --type minor --no-wait");
  const minor = "shop-1.4.1";
  const refused = async (line: string, why: RegExp) => {
    const { exit, err } = await run(`prove ${line}`);
    assert.notEqual(exit, EXIT.ok, line);
    assert.match(err, why);
  };
  await refused(`${RELEASE} list --link ${LINK}`, /list is a checklist, which asks for no record/);
  await refused(`${minor} dril --link ${LINK}`, /No gate dril can be answered now/);
  await refused(`${minor} drill`, /link/);
  await refused(
    `${minor} drill --link ${LINK} --when yesterday`,
    /time of --when is not understood/,
  );
  await refused(`${minor} drill --link ${LINK} --when 2027-01-01T00:00Z`, /still to come/);
  await refused(`shop-9.9.9 drill --link ${LINK}`, /There is no such release/);
  assert.match((await run(`status ${minor}`)).out, /drill \(evidence\): pending/);
});
