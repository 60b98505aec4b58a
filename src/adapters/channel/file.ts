import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { Channel, Message } from "#app/ports/outside.ts";
import { canonical } from "#core/base/canonical.ts";
import type { Answer } from "#core/gates/gate.ts";
import { type Escaper, fill } from "#core/reports/message.ts";

/** A line of JSON holds any text; encoding it is all the escaping it needs. */
const asIs: Escaper = (value) => value;

/**
 * Appends one line of canonical JSON per message, once per key: a key that stands in the file already is done. Each
 * line is one write followed by fsync; a line that a crash cut short is closed off, and its message written again.
 * @param path absolute
 */
export function fileChannel(path: string): Channel {
  let before: Promise<unknown> = Promise.resolve();
  return {
    send(key, message) {
      const sent = before.then(() => append(path, key, message));
      before = sent.catch(() => {});
      return sent;
    },
  };
}

async function append(path: string, key: string, message: Message): Promise<Answer> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "a+");
  try {
    const text = await file.readFile("utf8");
    if (text.split("\n").some((line) => keyOf(line) === key)) {
      return { outcome: "done", facts: { repeated: true } };
    }
    const { title, body, facts } = message;
    const line = canonical({
      key,
      title: fill(title, facts, asIs),
      body: fill(body, facts, asIs),
      facts,
    });
    const cutShort = text !== "" && !text.endsWith("\n");
    await file.appendFile(`${cutShort ? "\n" : ""}${line}\n`);
    await file.sync();
    return { outcome: "done", facts: {} };
  } finally {
    await file.close();
  }
}

function keyOf(line: string): unknown {
  try {
    return (JSON.parse(line) as { key?: unknown } | null)?.key;
  } catch {
    return undefined;
  }
}
