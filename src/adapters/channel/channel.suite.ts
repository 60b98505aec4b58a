import assert from "node:assert/strict";
import { test } from "node:test";
import type { Channel, Message } from "#app/ports/outside.ts";

export const MESSAGE: Message = {
  title: "{{system}} {{version}} is {{status}}",
  body: "because {{reason}}{{unknown}}",
  facts: { system: "Shop", version: "1.4.0", status: "stable", reason: "a < b & c\u001b[2J\nrm" },
};

/** What every channel keeps, whatever its kind. `texts`: what arrived, one text per message, repeats dropped. */
export function channelSuite(
  kind: string,
  open: () => Promise<{
    channel: Channel;
    texts: () => Promise<readonly string[]>;
    /** Whether the channel itself can see that a key was sent before. */
    seesRepeats: boolean;
    close: () => Promise<void>;
  }>,
): void {
  test(`${kind}: a message arrives once, filled, unknown names empty`, async () => {
    const { channel, texts, close } = await open();
    assert.equal((await channel.send("r/tell/1", MESSAGE)).outcome, "done");
    const [text = "", ...more] = await texts();
    assert.deepEqual(more, []);
    assert.match(text, /Shop 1\.4\.0 is stable/);
    assert.doesNotMatch(text, /\{\{|unknown/);
    await close();
  });

  test(`${kind}: no fact can bring a raw control character through`, async () => {
    const { channel, texts, close } = await open();
    await channel.send("r/tell/1", MESSAGE);
    const [text = ""] = await texts();
    assert.match(text, /because a/);
    assert.ok(!text.includes("\u001b"));
    await close();
  });

  test(`${kind}: the same key again is done again, and arrives as one message`, async () => {
    const { channel, texts, seesRepeats, close } = await open();
    await channel.send("r/tell/1", MESSAGE);
    assert.equal((await channel.send("r/tell/1", MESSAGE)).outcome, "done");
    await channel.send("r/tell/2", MESSAGE);
    assert.equal((await texts()).length, seesRepeats ? 2 : 3);
    await close();
  });

  test(`${kind}: many messages at once all arrive whole`, async () => {
    const { channel, texts, close } = await open();
    const keys = Array.from({ length: 20 }, (_, at) => `r/tell/${at}`);
    await Promise.all(keys.map((key) => channel.send(key, MESSAGE)));
    const all = await texts();
    assert.equal(all.length, 20);
    assert.ok(all.every((text) => text.includes("Shop 1.4.0 is stable")));
    await close();
  });
}
