// A squash merge keeps the headers of what it squashed as bullets of its body.
import { type CommitMessage, readCommit } from "./commit.ts";
import type { VersionRules } from "./rules.ts";

/** A bullet at the start of a line, as forges write it, whose text has the form of a header. */
const BULLET = /^\* (?=\p{L}[\p{L}\p{N}_-]{0,40}(?:\([^()]*\))?!?: \S)/u;

/**
 * What a commit says: its message, or those that its bullets hold. `untyped`: bullets count where the header names no
 * type, for then nothing else says what the commit is. `every`: bullets count beside the header, whatever it says.
 * @param text the whole message, as it was read
 */
export function partsOf(
  message: CommitMessage,
  text: string,
  when: NonNullable<VersionRules["squash"]>,
): readonly CommitMessage[] {
  if (when === "never" || (when === "untyped" && message.type !== null)) return [message];
  const parts = bulletsOf(message, text);
  if (parts.length === 0) return [message];
  const isLost = message.breaking && !parts.some(({ breaking }) => breaking);
  return message.type !== null || isLost ? [message, ...parts] : parts;
}

/** The messages that stand as bullets in the body of another. */
export function bulletsOf({ body }: CommitMessage, text: string): readonly CommitMessage[] {
  if (!body.includes("* ")) return [];
  const pieces: string[][] = [];
  for (const line of text.split(/\r\n|\n|\r/).slice(1)) {
    if (BULLET.test(line)) pieces.push([line.replace(BULLET, "")]);
    else if (line.startsWith("* ")) pieces.push([]);
    else pieces.at(-1)?.push(line);
  }
  return pieces
    .filter(([header]) => header !== undefined)
    .map((lines) => readCommit(lines.join("\n")));
}
