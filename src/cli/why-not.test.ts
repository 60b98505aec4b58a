import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeWorld } from "./world.fake.ts";

test("`holdpoint why-not` says the unmet holds and who can lift each, and ends with 3 while it is held", async () => {
  const { run, remove, fake } = fakeWorld();
  test.after(remove);
  await run("release --no-wait");
  const [release] = fake.names();
  const held = await run(`why-not ${release}`);
  assert.equal(held.exit, 3);
  assert.match(
    held.out,
    /^Why not now: 2 holds\n {2}go-no-go: 1 more of lead\n {4}lead approves \(lead@example\.test\)$/m,
  );
  assert.match(held.out, /^ {2}list: 1 of 1 items are open: runbook$/m);
  assert.match(held.err, /holdpoint approve .* go-no-go/);
  const { holds, why, earliest } = JSON.parse((await run(`why-not ${release} --json`)).out);
  assert.deepEqual(
    holds.map(({ name }: { name: string }) => name),
    ["go-no-go", "list"],
  );
  assert.ok(why !== "" && earliest !== undefined);
  await run(`approve ${release} go-no-go`);
  await run(`tick ${release} list runbook`);
  const free = await run(`why-not ${release}`);
  assert.equal(free.exit, 0);
  assert.match(free.out, /Nothing holds it: it goes on by itself\./);
  assert.equal((await run("why-not nothing-there")).exit, 1);
});
