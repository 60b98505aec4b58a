import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { canonical } from "#core/base/canonical.ts";
import { channelSuite, MESSAGE } from "./channel.suite.ts";
import { fileChannel } from "./file.ts";

const open = async () => {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-channel-"));
  const path = join(folder, "told", "messages.jsonl");
  return {
    path,
    channel: fileChannel(path),
    texts: async () => readFileSync(path, "utf8").split("\n").slice(0, -1),
    seesRepeats: true,
    close: async () => rmSync(folder, { recursive: true }),
  };
};

channelSuite("file", open);

test("file: each line is canonical JSON with key, text and facts", async () => {
  const { channel, texts, close } = await open();
  await channel.send("r/tell/1", MESSAGE);
  const [line = ""] = await texts();
  const read = JSON.parse(line);
  assert.equal(line, canonical(read));
  assert.equal(read.key, "r/tell/1");
  assert.deepEqual(read.facts, MESSAGE.facts);
  await close();
});

test("file: a line that a crash cut short is closed off and its message written again, once", async () => {
  const { path, channel, texts, close } = await open();
  await channel.send("r/tell/1", MESSAGE);
  const [line = ""] = await texts();
  appendFileSync(path, line.replace("r/tell/1", "r/tell/2").slice(0, -9));
  await fileChannel(path).send("r/tell/2", MESSAGE);
  await fileChannel(path).send("r/tell/2", MESSAGE);
  const keys = (await texts()).flatMap((text) => {
    try {
      return [JSON.parse(text).key];
    } catch {
      return [];
    }
  });
  assert.deepEqual(keys, ["r/tell/1", "r/tell/2"]);
  await close();
});
