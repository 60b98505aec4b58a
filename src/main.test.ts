import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openHoldpoint } from "./main.ts";

test("a store can be looked at where no repository is; planning and working say that one is missing", async () => {
  const root = mkdtempSync(join(tmpdir(), "main-"));
  const policyFile = join(root, "holdpoint.yaml");
  const place = { policyFile, root, dataDir: join(root, ".holdpoint"), databaseUrl: null };
  const opened = await openHoldpoint(place);
  assert.ok(opened.ok);
  const { desk, startWorker, close } = opened.value;
  try {
    assert.deepEqual(await desk.releases({ limit: 10 }), { ok: true, value: [] });
    assert.deepEqual(await desk.log({ after: 0, limit: 10 }), { ok: true, value: [] });
    const planned = await desk.plan({ by: "lead@example.test" });
    assert.equal(planned.ok || planned.error[0]?.code, "no-repository");
    await assert.rejects(startWorker(), /lies in no git repository/);
  } finally {
    await close();
    rmSync(root, { recursive: true });
  }
});
