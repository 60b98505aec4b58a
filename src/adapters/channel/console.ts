import type { Channel } from "#app/ports/outside.ts";
import { type Escaper, fill } from "#core/reports/message.ts";

/** Nothing that a fact holds may move the cursor or start a line of its own. */
const safe: Escaper = (value) =>
  value.replaceAll(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it spells out
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );

/**
 * Lines on stderr. A terminal cannot be asked what it has shown, so a message whose sending broke off between the line
 * and its record is shown twice.
 */
export function consoleChannel(write: (text: string) => void): Channel {
  return {
    async send(_key, { title, body, facts }) {
      const lines = [title, ...(body === "" ? [] : body.split("\n"))];
      const [first = "", ...rest] = lines.map((line) => safe(fill(line, facts, safe)));
      write(`${[`» ${first}`, ...rest.map((line) => `  ${line}`)].join("\n")}\n`);
      return { outcome: "done", facts: {} };
    },
  };
}
