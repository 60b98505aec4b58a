import assert from "node:assert/strict";
import { test } from "node:test";
import { channelSuite, MESSAGE } from "./channel.suite.ts";
import { consoleChannel } from "./console.ts";

channelSuite("console", async () => {
  const written: string[] = [];
  return {
    channel: consoleChannel((text) => written.push(text)),
    texts: async () => written,
    seesRepeats: false,
    close: async () => {},
  };
});

test("console: a fact cannot start a line of its own", async () => {
  const written: string[] = [];
  await consoleChannel((text) => written.push(text)).send("k", { ...MESSAGE, body: "" });
  await consoleChannel((text) => written.push(text)).send("k", MESSAGE);
  assert.deepEqual(written, [
    "» Shop 1.4.0 is stable\n",
    "» Shop 1.4.0 is stable\n  because a < b & c\\u{1b}[2J\\u{a}rm\n",
  ]);
});
