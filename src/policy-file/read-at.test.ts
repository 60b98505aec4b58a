import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { digestOf } from "#core/base/digest.ts";
import { readSound } from "./check.ts";
import { readPolicyAt } from "./read-at.ts";

const folder = new URL("../../policies/", import.meta.url).pathname;

test("a policy of a commit is the same as that of the disk, with the files beside it", async () => {
  for (const name of ["swipesavvy", "mortgagematch-pro"]) {
    const file = join(folder, name, "holdpoint.yaml");
    const asked: string[] = [];
    const read = await readPolicyAt(file, async (path) => {
      asked.push(path);
      return readFileSync(path, "utf8");
    });
    const sound = await readSound(file);
    assert.ok(read !== null && sound.ok);
    assert.equal(digestOf(read.policy), digestOf(sound.value));
    assert.equal(asked[0], file);
    assert.equal((read.data as { system: string }).system, sound.value.system);
  }
});

test("a commit without a policy, or with a text that is none, has no policy", async () => {
  assert.equal(await readPolicyAt("/x/holdpoint.yaml", async () => null), null);
  assert.equal(await readPolicyAt("/x/holdpoint.yaml", async () => "just words"), null);
  const roster = "holdpoint: 1\nsystem: Shop\nroster: people.yaml\n";
  assert.equal(
    await readPolicyAt("/x/holdpoint.yaml", async (path) =>
      path.endsWith("holdpoint.yaml") ? roster : null,
    ),
    null,
  );
});
