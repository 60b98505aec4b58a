import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fakeWorld } from "./world.fake.ts";

const cli = fakeWorld();
after(() => cli.remove());

test("an incident is opened, updated and resolved from the command line, and listed", async () => {
  const empty = await cli.run("incident list");
  assert.match(empty.err, /No incident was ever told of/);
  const opened = await cli.run(
    'incident open --title "Slow checkout" --say "We look." --impact degraded',
  );
  assert.equal(opened.exit, 0, opened.err);
  assert.match(opened.out, /^incident-1 {2}Slow checkout/);
  const updated = await cli.run('incident update incident-1 --stage identified --say "A cache."');
  assert.match(updated.out, /identified, degraded {2}lead@example\.test: A cache\./);
  const resolved = await cli.run('incident resolve incident-1 --say "All is well."');
  assert.equal(resolved.exit, 0);
  assert.match((await cli.run("incident list")).out, /incident-1 +resolved/);
});

test("what is missing or not known is said with what to say instead", async () => {
  for (const [line, told] of [
    ["incident open --say x", /--title/],
    ["incident open --title x", /--say/],
    ["incident update --say x", /which incident/],
    ["incident open --title x --say x --impact bad", /one of none, degraded/],
    ["incident update incident-7 --say x --stage resolved", /one of investigating/],
    ["incident close", /Say `incident list`/],
  ] as const) {
    const { exit, err } = await cli.run(line);
    assert.equal(exit, 2, line);
    assert.match(err, told);
  }
  assert.equal((await cli.run("incident resolve incident-9 --say x")).exit, 1);
});
