import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { serve } from "#http/server.ts";
import { openTokens } from "#http/tokens.ts";
import { type FakeWorld, fakeWorld, type Said } from "./world.fake.ts";

/** A test in two worlds: on the embedded store, and through the API of a real server. */
export function inBothWorlds(
  title: string,
  body: (world: FakeWorld, where: string) => Promise<void>,
): void {
  test(`${title} (embedded)`, async () => {
    const world = fakeWorld();
    try {
      await body(world, "embedded");
    } finally {
      world.remove();
    }
  });
  test(`${title} (through a server)`, async () => {
    const world = fakeWorld();
    const tokens = openTokens(world.folder);
    const added = tokens.add({ person: "lead@example.test", may: "act", now: 1 });
    assert.ok(added.ok);
    writeFileSync(join(world.folder, "token"), `${added.value.secret}\n`);
    const complaints: string[] = [];
    const server = await serve({
      holdpoint: world.fake.holdpoint,
      tokens,
      listen: { host: "127.0.0.1", port: 0 },
      complain: (line) => complaints.push(line),
    });
    const env = {
      HOLDPOINT_SERVER: server.url,
      HOLDPOINT_TOKEN_FILE: join(world.folder, "token"),
      HOLDPOINT_PERSON: "somebody.else@example.test",
    };
    Object.assign(world.world.around.env, env);
    try {
      await body(world, "server");
    } finally {
      await server.stop();
      world.remove();
    }
    assert.deepEqual(complaints, []);
  });
}

/** What was printed with `--json`. */
export function json<Value>({ out }: Said): Value {
  return JSON.parse(out) as Value;
}
